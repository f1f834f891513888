package dev.plasmite.git;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;

/**
 * Counts names. When every tracked file is there, a directory that holds as many names as are tracked in it holds no
 * other: comparing the names themselves costs several times as much, and is needed where the numbers differ only.
 */
final class Directories {

  private final Path root;
  private final Map<String, int[]> tracked = new HashMap<>();
  private final boolean countable;

  /** What the index tracks: files and directories in each directory. */
  Directories(Path root, DirCache index) {
    this.root = root;
    tracked.put("", new int[] {1}); // .git
    boolean all = true;
    String last = "";
    for (int i = 0; i < index.getEntryCount(); i++) {
      DirCacheEntry entry = index.getEntry(i);
      all &= !entry.isSkipWorkTree() && !entry.isAssumeValid() && entry.getStage() == DirCacheEntry.STAGE_0;
      String directory = directory(entry.getPathString());
      if (!directory.equals(last)) {
        add(directory);
        last = directory;
      }
      tracked.get(directory)[0]++;
    }
    countable = all;
  }

  /**
   * The directories of tracked files that may hold a name that is not tracked: those that do not hold as many as the
   * index has for them, that are a link, that cannot be read. Where entries of the index are not meant to be there, all.
   */
  Set<String> toCompare() {
    if (!countable) {
      return Set.copyOf(tracked.keySet());
    }
    Set<String> others = new HashSet<>();
    for (Map.Entry<String, int[]> each : tracked.entrySet()) {
      Path place = root.resolve(each.getKey());
      // A link to a directory would show another's names.
      String[] names = Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS) ? place.toFile().list() : null;
      if (names == null || names.length != each.getValue()[0]) {
        others.add(each.getKey());
      }
    }
    return others;
  }

  /** The directory of a path, and those around it up to the root. */
  static Set<String> around(String path) {
    Set<String> directories = new HashSet<>();
    for (String directory = directory(path); directories.add(directory); ) {
      directory = directory(directory);
    }
    return directories;
  }

  private void add(String directory) {
    if (tracked.putIfAbsent(directory, new int[1]) == null) {
      String parent = directory(directory);
      add(parent);
      tracked.get(parent)[0]++;
    }
  }

  /** The directory that a path is in; that of the root is the root, which is empty. */
  static String directory(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }
}
