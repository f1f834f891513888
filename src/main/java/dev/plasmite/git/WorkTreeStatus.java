package dev.plasmite.git;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How the work tree differs from the commit that is checked out. Paths are relative to the root, with {@code /}.
 *
 * @param staged files whose change is in the index and not in the commit
 * @param modified files that differ from the index or are gone, and submodules whose own work tree or commit differs
 * @param conflicting files in conflict
 * @param untracked files that git does not know and does not ignore
 * @param hidden tracked files that differ though the index is told not to look at them ({@code assume-unchanged},
 *     {@code skip-worktree}); what a sparse checkout leaves out is none of them
 * @param operation what is under way: {@code merge}, {@code rebase}, {@code cherry-pick}, {@code revert},
 *     {@code bisect}; empty when nothing is
 */
public record WorkTreeStatus(
    SortedSet<String> staged,
    SortedSet<String> modified,
    SortedSet<String> conflicting,
    SortedSet<String> untracked,
    SortedSet<String> hidden,
    Optional<String> operation) {

  public WorkTreeStatus {
    staged = Collections.unmodifiableSortedSet(new TreeSet<>(staged));
    modified = Collections.unmodifiableSortedSet(new TreeSet<>(modified));
    conflicting = Collections.unmodifiableSortedSet(new TreeSet<>(conflicting));
    untracked = Collections.unmodifiableSortedSet(new TreeSet<>(untracked));
    hidden = Collections.unmodifiableSortedSet(new TreeSet<>(hidden));
  }

  /** Whether the work tree is exactly the commit, and nothing is under way. */
  public boolean clean() {
    return notCommitted().isEmpty() && untracked.isEmpty() && operation.isEmpty();
  }

  /**
   * The same without untracked files that are of no interest.
   *
   * @param root the work tree's root
   * @param left files, and directories with all that is in them; absolute. The root itself stands for nothing
   */
  public WorkTreeStatus without(Path root, List<Path> left) {
    List<String> below =
        left.stream()
            .filter(path -> path.startsWith(root) && !path.equals(root))
            .map(path -> root.relativize(path).toString().replace('\\', '/'))
            .toList();
    SortedSet<String> others = new TreeSet<>(untracked);
    others.removeIf(file -> below.stream().anyMatch(own -> file.equals(own) || file.startsWith(own + "/")));
    return new WorkTreeStatus(staged, modified, conflicting, others, hidden, operation);
  }

  /** Tracked files with changes that are in no commit. */
  public SortedSet<String> notCommitted() {
    SortedSet<String> all = new TreeSet<>(staged);
    all.addAll(modified);
    all.addAll(conflicting);
    all.addAll(hidden);
    return all;
  }
}
