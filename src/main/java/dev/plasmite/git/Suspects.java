package dev.plasmite.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * Finds quickly which paths may differ between commit, index and work tree, so that only those are compared in full.
 * A path is left out only when git's own rule says it is unchanged: its tree is the commit's, its size, time and mode
 * are the index's, and it was not written in the same moment as the index ("racy git" in git's technical
 * documentation).
 */
final class Suspects {

  private final Repository repository;
  private final Path root;

  Suspects(Repository repository) {
    this.repository = repository;
    this.root = repository.getWorkTree().toPath();
  }

  /**
   * What may differ.
   *
   * @param changed tracked paths
   * @param unknown what is not tracked, ignored or not; a directory stands for all that is in it
   * @param marked whether the index says of any file not to look at it
   */
  record Found(Set<String> changed, Set<String> unknown, boolean marked) {

    Set<String> all() {
      Set<String> all = new TreeSet<>(changed);
      all.addAll(unknown);
      return all;
    }
  }

  /**
   * The paths to look at; empty when the file system does not tell what is needed, so that all must be looked at.
   *
   * @param head the commit's id; null when there is none
   */
  Optional<Found> find(ObjectId head) throws IOException {
    if (!Files.getFileStore(root).supportsFileAttributeView("posix")) {
      return Optional.empty();
    }
    Path indexFile = repository.getIndexFile().toPath();
    if (!Files.exists(indexFile)) {
      return Optional.empty();
    }
    // Three looks that do not need each other: the commit's tree, the files' times, the directories' names.
    CompletableFuture<ObjectId> tree = aside(() -> tree(head));
    // Before the index is read: whoever writes it afterwards makes it newer, and so this time only the more careful.
    Instant written = Files.getLastModifiedTime(indexFile).toInstant();
    DirCache index = repository.readDirCache();
    CompletableFuture<Set<String>> uneven = aside(() -> new Directories(root, index).toCompare());
    CompletableFuture<Set<String>> staged = tree.thenApply(id -> unchecked(() -> staged(index, id)));
    Set<String> suspects = new TreeSet<>(changed(index, written));
    // A tracked file that is gone, and a name that came, leave the number as it was.
    Set<String> toCompare = new HashSet<>(joined(uneven));
    suspects.forEach(path -> toCompare.addAll(Directories.around(path)));
    suspects.addAll(joined(staged));
    return Optional.of(new Found(suspects, toCompare.isEmpty() ? Set.of() : unknown(index, toCompare), marked(index)));
  }

  private interface Look<T> {
    T at() throws IOException;
  }

  private static <T> T unchecked(Look<T> look) {
    try {
      return look.at();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** On a thread of its own, for the common pool is busy with the files. */
  private static <T> CompletableFuture<T> aside(Look<T> look) {
    return CompletableFuture.supplyAsync(
        () -> unchecked(look),
        task -> {
          Thread thread = new Thread(task, "plasmite-looking");
          thread.setDaemon(true);
          thread.start();
        });
  }

  private static <T> T joined(CompletableFuture<T> look) throws IOException {
    try {
      return look.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException io) {
        throw io.getCause();
      }
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }

  /** The commit's tree; null when there is no commit. */
  private ObjectId tree(ObjectId head) throws IOException {
    if (head == null) {
      return null;
    }
    try (RevWalk commits = new RevWalk(repository)) {
      return commits.parseCommit(head).getTree().copy();
    }
  }

  /** Paths whose entry in the index is not the commit's; equal directories are passed over by their tree's id. */
  private Set<String> staged(DirCache index, ObjectId tree) throws IOException {
    Set<String> paths = new HashSet<>();
    try (TreeWalk walk = new TreeWalk(repository)) {
      if (tree == null) {
        walk.addTree(new EmptyTreeIterator());
      } else {
        walk.addTree(tree);
      }
      walk.addTree(new DirCacheIterator(index));
      walk.setFilter(TreeFilter.ANY_DIFF);
      walk.setRecursive(true);
      while (walk.next()) {
        paths.add(walk.getPathString());
      }
    }
    return paths;
  }

  private static boolean marked(DirCache index) {
    return IntStream.range(0, index.getEntryCount())
        .mapToObj(index::getEntry)
        .anyMatch(entry -> entry.isAssumeValid() || entry.isSkipWorkTree());
  }

  private Set<String> changed(DirCache index, Instant written) {
    boolean modes = repository.getConfig().getBoolean("core", "filemode", true);
    ConcurrentLinkedQueue<String> changed = new ConcurrentLinkedQueue<>();
    IntStream.range(0, index.getEntryCount())
        .parallel()
        .mapToObj(index::getEntry)
        .filter(entry -> !entry.isAssumeValid() && !entry.isSkipWorkTree())
        .forEach(
            entry -> {
              if (!same(entry, written, modes)) {
                changed.add(entry.getPathString());
              }
            });
    return new HashSet<>(changed);
  }

  private boolean same(DirCacheEntry entry, Instant written, boolean modes) {
    if (entry.getStage() != DirCacheEntry.STAGE_0 || entry.isIntentToAdd()) {
      return false;
    }
    PosixFileAttributes file;
    try {
      file =
          Files.readAttributes(
              root.resolve(entry.getPathString()), PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      return false; // gone, behind what was a directory, not to be read: whatever it is, it wants a full look
    }
    FileMode mode = entry.getFileMode();
    boolean typeIsTheSame =
        mode == FileMode.SYMLINK
            ? file.isSymbolicLink()
            : (mode == FileMode.REGULAR_FILE || mode == FileMode.EXECUTABLE_FILE)
                && file.isRegularFile()
                && (!modes
                    || file.permissions().contains(PosixFilePermission.OWNER_EXECUTE)
                        == (mode == FileMode.EXECUTABLE_FILE));
    Instant modified = file.lastModifiedTime().toInstant();
    return typeIsTheSame
        && (int) file.size() == entry.getLength()
        && modified.equals(entry.getLastModifiedInstant())
        && modified.isBefore(written);
  }

  /** What lies in some directories of tracked files and is not tracked; a directory stands for all that is in it. */
  private Set<String> unknown(DirCache index, Set<String> directories) throws IOException {
    Map<String, Set<String>> known = new HashMap<>();
    directories.forEach(directory -> known.put(directory, new HashSet<>()));
    known.computeIfPresent("", (root, names) -> new HashSet<>(Set.of(".git")));
    String last = null;
    for (int i = 0; i < index.getEntryCount(); i++) {
      String path = index.getEntry(i).getPathString();
      String directory = Directories.directory(path);
      name(known, path);
      if (!directory.equals(last)) {
        last = directory;
        for (String below = directory; !below.isEmpty(); below = Directories.directory(below)) {
          name(known, below);
        }
      }
    }
    Set<String> unknown = new HashSet<>();
    for (Map.Entry<String, Set<String>> directory : known.entrySet()) {
      Path place = root.resolve(directory.getKey());
      if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
        // A link to a directory would show the same files; with it all below is looked at.
        unknown.add(directory.getKey());
        continue;
      }
      for (String name : names(place)) {
        if (!directory.getValue().contains(name)) {
          unknown.add(directory.getKey().isEmpty() ? name : directory.getKey() + "/" + name);
        }
      }
    }
    return unknown;
  }

  private static void name(Map<String, Set<String>> known, String path) {
    Set<String> names = known.get(Directories.directory(path));
    if (names != null) {
      names.add(path.substring(path.lastIndexOf('/') + 1));
    }
  }

  private static List<String> names(Path directory) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        names.add(file.getFileName().toString());
      }
    } catch (java.nio.file.DirectoryIteratorException e) {
      throw e.getCause();
    }
    return names;
  }
}
