package dev.plasmite.git;

import java.io.IOException;
import java.util.Collections;
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
    Optional<Set<String>> suspects = new Suspects(repository).find(head);
    if (suspects.isPresent() && suspects.get().isEmpty()) {
      SortedSet<String> none = Collections.emptySortedSet();
      return new WorkTreeStatus(none, none, none, none, operation());
    }
    IndexDiff diff = new IndexDiff(repository, head, new FileTreeIterator(repository));
    diff.setIgnoreSubmoduleMode(IgnoreSubmoduleMode.NONE);
    // A filter of very many paths would cost more than it saves.
    suspects.filter(s -> s.size() <= MOST_SUSPECTS).map(PathFilterGroup::createFromStrings).ifPresent(diff::setFilter);
    diff.diff();
    SortedSet<String> staged = new TreeSet<>(diff.getAdded());
    staged.addAll(diff.getChanged());
    staged.addAll(diff.getRemoved());
    SortedSet<String> modified = new TreeSet<>(diff.getModified());
    modified.addAll(diff.getMissing());
    return new WorkTreeStatus(
        staged, modified, new TreeSet<>(diff.getConflicting()), new TreeSet<>(diff.getUntracked()), operation());
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
