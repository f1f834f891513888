package dev.plasmite.git;

import java.util.Optional;

/**
 * The branch on a remote that a local branch follows, as of the last fetch.
 *
 * @param remote the remote's name, such as {@code origin}
 * @param branch the branch's short name there, such as {@code main}
 * @param commit where it was at the last fetch; empty when it was never fetched or is gone
 * @param ahead commits that are here and not there
 * @param behind commits that are there and not here
 */
public record Upstream(String remote, String branch, Optional<String> commit, int ahead, int behind) {

  /** As people say it: {@code origin/main}. */
  public String name() {
    return remote + "/" + branch;
  }
}
