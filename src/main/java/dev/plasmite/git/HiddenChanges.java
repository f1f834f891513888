package dev.plasmite.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.FileTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilterGroup;

/**
 * Changes that git itself does not tell, because the index says of the file not to look (git-update-index(1)). What is
 * built is what lies there, so they are looked for by content.
 */
final class HiddenChanges {

  private final Repository repository;

  HiddenChanges(Repository repository) {
    this.repository = repository;
  }

  /** The files; one that is not there counts only when it is no part of what a sparse checkout leaves out. */
  SortedSet<String> paths() throws IOException {
    Path root = repository.getWorkTree().toPath();
    DirCache index = repository.readDirCache();
    SortedMap<String, DirCacheEntry> marked = new TreeMap<>();
    for (int i = 0; i < index.getEntryCount(); i++) {
      DirCacheEntry entry = index.getEntry(i);
      if (entry.isSkipWorkTree()
          ? Files.exists(root.resolve(entry.getPathString()), LinkOption.NOFOLLOW_LINKS)
          : entry.isAssumeValid()) {
        marked.put(entry.getPathString(), entry);
      }
    }
    SortedSet<String> differing = new TreeSet<>(marked.keySet());
    if (marked.isEmpty()) {
      return differing;
    }
    boolean modes = repository.getConfig().getBoolean("core", "filemode", true);
    // Not with the repository's index beside it: with it JGit, too, takes such a file's content from the index.
    try (TreeWalk walk = new TreeWalk(repository)) {
      walk.setOperationType(TreeWalk.OperationType.CHECKIN_OP);
      FileTreeIterator files = new FileTreeIterator(repository);
      walk.addTree(files);
      // JGit converts line ends only where an index is beside the files; this one is empty.
      walk.addTree(new DirCacheIterator(DirCache.newInCore()));
      files.setDirCacheIterator(walk, 1);
      walk.setFilter(PathFilterGroup.createFromStrings(marked.keySet()));
      walk.setRecursive(true);
      while (walk.next()) {
        DirCacheEntry entry = marked.get(walk.getPathString());
        if (entry != null
            && entry.getObjectId().equals(walk.getObjectId(0))
            && (modes
                ? entry.getRawMode() == walk.getRawMode(0)
                : (entry.getRawMode() & FileMode.TYPE_MASK) == (walk.getRawMode(0) & FileMode.TYPE_MASK))) {
          differing.remove(walk.getPathString());
        }
      }
    }
    return differing;
  }
}
