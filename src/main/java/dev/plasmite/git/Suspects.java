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
   * The paths to look at; empty when the file system does not tell what is needed, so that all must be looked at.
   *
   * @param head the commit's id; null when there is none
   */
  Optional<Set<String>> find(ObjectId head) throws IOException {
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
    CompletableFuture<Boolean> asMany = aside(() -> new Directories(root).holdAsManyNamesAs(index));
    CompletableFuture<Set<String>> staged = tree.thenApply(id -> unchecked(() -> staged(index, id)));
    Set<String> suspects = new TreeSet<>(changed(index, written));
    suspects.addAll(joined(staged));
    // Every tracked file is where it was, and no directory holds a name more: then there is none that git does not know.
    if (!suspects.isEmpty() || !joined(asMany)) {
      suspects.addAll(unknown(index));
    }
    return Optional.of(suspects);
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

  /** What lies in directories of tracked files and is not tracked; a directory stands for all that is in it. */
  private Set<String> unknown(DirCache index) throws IOException {
    Map<String, Set<String>> known = new HashMap<>();
    known.put("", new HashSet<>(Set.of(".git")));
    String lastDirectory = "";
    for (int i = 0; i < index.getEntryCount(); i++) {
      String path = index.getEntry(i).getPathString();
      int slash = path.lastIndexOf('/');
      String directory = slash < 0 ? "" : path.substring(0, slash);
      if (!directory.equals(lastDirectory)) {
        addDirectories(known, directory);
        lastDirectory = directory;
      }
      known.get(directory).add(path.substring(slash + 1));
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

  private static void addDirectories(Map<String, Set<String>> known, String directory) {
    if (known.putIfAbsent(directory, new HashSet<>()) == null) {
      int slash = directory.lastIndexOf('/');
      String parent = slash < 0 ? "" : directory.substring(0, slash);
      addDirectories(known, parent);
      known.get(parent).add(directory.substring(slash + 1));
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
