package dev.plasmite.git;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;

/**
 * Counts names. When every tracked file is there, a directory that holds as many names as are tracked in it holds no
 * other: comparing the names themselves costs several times as much, and is seldom needed.
 */
final class Directories {

  private final Path root;

  Directories(Path root) {
    this.root = root;
  }

  /**
   * Whether each directory of tracked files holds as many names as the index has for it; false also when that cannot be
   * told: an entry that is not meant to be there, a directory that is a link or cannot be read.
   */
  boolean holdAsManyNamesAs(DirCache index) {
    Map<String, int[]> tracked = new HashMap<>();
    tracked.put("", new int[] {1}); // .git
    String last = "";
    for (int i = 0; i < index.getEntryCount(); i++) {
      DirCacheEntry entry = index.getEntry(i);
      if (entry.isSkipWorkTree() || entry.isAssumeValid() || entry.getStage() != DirCacheEntry.STAGE_0) {
        return false;
      }
      String directory = directory(entry.getPathString());
      if (!directory.equals(last)) {
        add(tracked, directory);
        last = directory;
      }
      tracked.get(directory)[0]++;
    }
    for (Map.Entry<String, int[]> each : tracked.entrySet()) {
      Path place = root.resolve(each.getKey());
      // A link to a directory would show another's names.
      String[] names = Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS) ? place.toFile().list() : null;
      if (names == null || names.length != each.getValue()[0]) {
        return false;
      }
    }
    return true;
  }

  private static void add(Map<String, int[]> tracked, String directory) {
    if (tracked.putIfAbsent(directory, new int[1]) == null) {
      String parent = directory(directory);
      add(tracked, parent);
      tracked.get(parent)[0]++;
    }
  }

  private static String directory(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }
}
