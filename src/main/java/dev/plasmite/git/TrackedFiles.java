package dev.plasmite.git;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * What git tracks in a directory, as the index says; nothing of submodules, which are repositories of their own. All paths
 * are relative to the directory, with {@code /}, in git's order.
 *
 * @param files regular files that are checked out
 * @param links symbolic links
 * @param absent regular files that are not to be in the work tree (sparse checkout, skip-worktree)
 */
public record TrackedFiles(List<String> files, List<String> links, List<String> absent) {

  public TrackedFiles {
    files = List.copyOf(files);
    links = List.copyOf(links);
    absent = List.copyOf(absent);
  }

  /**
   * Reads the index.
   *
   * @param directory the root of a work tree, or a directory in it
   * @throws Refusal when the directory is in no git work tree
   */
  public static TrackedFiles of(Path directory) {
    Path wanted = directory.toAbsolutePath().normalize();
    try (Repository repository = open(wanted)) {
      Path root = repository.getWorkTree().toPath().toRealPath();
      String prefix = root.relativize(wanted.toRealPath()).toString().replace('\\', '/');
      prefix = prefix.isEmpty() ? "" : prefix + "/";
      DirCache index = index(repository);
      List<String> files = new ArrayList<>(index.getEntryCount());
      List<String> links = new ArrayList<>();
      List<String> absent = new ArrayList<>();
      String last = null;
      for (int i = 0; i < index.getEntryCount(); i++) {
        DirCacheEntry entry = index.getEntry(i);
        boolean link = FileMode.SYMLINK.equals(entry.getRawMode());
        if (!link && !FileMode.REGULAR_FILE.equals(entry.getRawMode()) && !FileMode.EXECUTABLE_FILE.equals(entry.getRawMode())) {
          continue;
        }
        String path = entry.getPathString();
        // A file in conflict has an entry a side.
        if (path.startsWith(prefix) && !path.equals(last)) {
          (link ? links : entry.isSkipWorkTree() ? absent : files).add(path.substring(prefix.length()));
        }
        last = path;
      }
      return new TrackedFiles(files, links, absent);
    } catch (IOException e) {
      throw new OutsideFailure("cannot read git's index of " + wanted, e);
    }
  }

  private static DirCache index(Repository repository) throws IOException {
    try {
      return repository.readDirCache();
    } catch (IOException e) {
      throw UnreadableIndex.of(repository).map(RuntimeException.class::cast).orElseThrow(() -> e);
    }
  }

  private static Repository open(Path directory) throws IOException {
    QuietSystemReader.install();
    FileRepositoryBuilder builder = new FileRepositoryBuilder().findGitDir(directory.toFile());
    if (builder.getGitDir() == null) {
      throw new Refusal(
          Finding.of(directory + " is in no git repository")
              .remedy("run this in the work tree of the product's repository, or make it one: git init"));
    }
    return builder.build();
  }
}
