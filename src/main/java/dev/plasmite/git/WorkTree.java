package dev.plasmite.git;

import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.IndexDiff;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryState;
import org.eclipse.jgit.submodule.SubmoduleWalk.IgnoreSubmoduleMode;
import org.eclipse.jgit.treewalk.FileTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.WorkingTreeIterator;
import org.eclipse.jgit.treewalk.filter.PathFilterGroup;

/** Compares commit, index and work tree. */
final class WorkTree {

  private static final int MOST_SUSPECTS = 2000;

  private final Repository repository;

  WorkTree(Repository repository) {
    this.repository = repository;
  }

  WorkTreeStatus status() throws IOException {
    ObjectId head = repository.resolve(Constants.HEAD);
    Optional<Suspects.Found> found = new Suspects(repository).find(head);
    SortedSet<String> hidden =
        found.isPresent() && !found.get().marked() ? new TreeSet<>() : new HiddenChanges(repository).paths();
    if (found.isPresent() && found.get().changed().isEmpty() && areIgnored(found.get().unknown())) {
      SortedSet<String> none = Collections.emptySortedSet();
      return new WorkTreeStatus(none, none, none, none, hidden, operation());
    }
    IndexDiff diff = new IndexDiff(repository, head, new FileTreeIterator(repository));
    diff.setIgnoreSubmoduleMode(IgnoreSubmoduleMode.NONE);
    // A filter of very many paths would cost more than it saves.
    found.map(Suspects.Found::all).filter(s -> s.size() <= MOST_SUSPECTS).map(PathFilterGroup::createFromStrings).ifPresent(diff::setFilter);
    diff.diff();
    SortedSet<String> staged = new TreeSet<>(diff.getAdded());
    staged.addAll(diff.getChanged());
    staged.addAll(diff.getRemoved());
    SortedSet<String> modified = new TreeSet<>(diff.getModified());
    modified.addAll(diff.getMissing());
    return new WorkTreeStatus(
        staged,
        modified,
        new TreeSet<>(diff.getConflicting()),
        new TreeSet<>(diff.getUntracked()),
        hidden,
        operation());
  }

  /** Whether all paths are ignored as such; a directory may hold nothing but ignored files, which is not looked into. */
  private boolean areIgnored(Set<String> paths) throws IOException {
    if (paths.isEmpty()) {
      return true;
    }
    Set<String> ignored = new HashSet<>();
    try (TreeWalk walk = new TreeWalk(repository)) {
      walk.addTree(new FileTreeIterator(repository));
      walk.setFilter(PathFilterGroup.createFromStrings(paths));
      while (walk.next()) {
        if (!paths.contains(walk.getPathString())) {
          walk.enterSubtree();
        } else if (walk.getTree(0, WorkingTreeIterator.class).isEntryIgnored()) {
          ignored.add(walk.getPathString());
        }
      }
    }
    return ignored.size() == paths.size();
  }

  Optional<String> operation() {
    RepositoryState state = repository.getRepositoryState();
    return switch (state) {
      case MERGING, MERGING_RESOLVED -> Optional.of("merge");
      case CHERRY_PICKING, CHERRY_PICKING_RESOLVED -> Optional.of("cherry-pick");
      case REVERTING, REVERTING_RESOLVED -> Optional.of("revert");
      case REBASING, REBASING_REBASING, REBASING_MERGE, REBASING_INTERACTIVE, APPLY -> Optional.of("rebase");
      case BISECTING -> Optional.of("bisect");
      case SAFE, BARE -> Optional.empty();
    };
  }
}
