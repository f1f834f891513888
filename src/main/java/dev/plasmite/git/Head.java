package dev.plasmite.git;

import java.util.Optional;

/**
 * What is checked out.
 *
 * @param commit the commit's id, 40 hex digits; empty on a branch that has no commit yet
 * @param branch the branch's short name; empty when a commit is checked out without a branch (a detached HEAD)
 */
public record Head(Optional<String> commit, Optional<String> branch) {

  /** Whether a commit is checked out without a branch. */
  public boolean detached() {
    return branch.isEmpty();
  }

  /** Whether there is no commit yet. */
  public boolean unborn() {
    return commit.isEmpty();
  }
}
