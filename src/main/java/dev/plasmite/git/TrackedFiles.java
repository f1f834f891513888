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

/** The files that git tracks in a directory, as the index says: no links, no submodules, none that is checked out sparsely. */
public final class TrackedFiles {

  private TrackedFiles() {}

  /**
   * Reads the index.
   *
   * @param directory the root of a work tree, or a directory in it
   * @return paths relative to {@code directory}, with {@code /}, in git's order
   * @throws Refusal when the directory is in no git work tree
   */
  public static List<String> of(Path directory) {
    Path wanted = directory.toAbsolutePath().normalize();
    try (Repository repository = open(wanted)) {
      Path root = repository.getWorkTree().toPath().toRealPath();
      String prefix = root.relativize(wanted.toRealPath()).toString().replace('\\', '/');
      prefix = prefix.isEmpty() ? "" : prefix + "/";
      DirCache index = index(repository);
      List<String> paths = new ArrayList<>(index.getEntryCount());
      String last = null;
      for (int i = 0; i < index.getEntryCount(); i++) {
        DirCacheEntry entry = index.getEntry(i);
        if (!FileMode.REGULAR_FILE.equals(entry.getRawMode()) && !FileMode.EXECUTABLE_FILE.equals(entry.getRawMode())
            || entry.isSkipWorkTree()) {
          continue;
        }
        String path = entry.getPathString();
        // A file in conflict has an entry a side.
        if (path.startsWith(prefix) && !path.equals(last)) {
          paths.add(path.substring(prefix.length()));
        }
        last = path;
      }
      return paths;
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
