package dev.plasmite.candidate;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.git.GitRepository;
import dev.plasmite.git.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A checkout without a branch, as CI makes it of a tag. It is as good as the release branch when the release tag is at
 * this commit, and the branch that releases come from holds the commit, as far as the last fetch tells.
 */
final class TagCheckout {

  private static final String ORIGIN = "origin";

  private final GitRepository repository;
  private final String commit;
  private final String tag;
  private final Optional<String> releaseBranch;

  TagCheckout(GitRepository repository, String commit, String tag, Optional<String> releaseBranch) {
    this.repository = repository;
    this.commit = commit;
    this.tag = tag;
    this.releaseBranch = releaseBranch;
  }

  List<Finding> findings() {
    if (repository.tag(tag).flatMap(Tag::commit).filter(commit::equals).isEmpty()) {
      return List.of(
          Finding.of(
                  "no branch is checked out (detached HEAD at " + commit.substring(0, 12) + "), and the tag " + tag
                      + " is not here")
              .remedy(
                  "check out the release branch: git switch " + releaseBranch.orElse("BRANCH")
                      + "; where the tag is published from, the tag: git switch --detach " + tag));
    }
    List<Finding> findings = new ArrayList<>();
    Map<String, String> branches = new TreeMap<>(repository.fetchedBranches(ORIGIN));
    releaseBranch.ifPresent(wanted -> branches.keySet().retainAll(List.of(wanted)));
    String which = releaseBranch.map(b -> ORIGIN + "/" + b).orElse("any branch of " + ORIGIN);
    if (branches.isEmpty()) {
      findings.add(
          Finding.unknown("cannot tell whether " + which + " holds " + tag + ": it was never fetched")
              .at(Place.file(tag))
              .remedy("git fetch --tags " + ORIGIN + " (in a CI checkout: fetch all of history)"));
    } else if (branches.values().stream().noneMatch(tip -> repository.isAncestor(commit, tip))) {
      findings.add(
          Finding.of(which + " does not hold commit " + commit.substring(0, 12) + ", which " + tag + " names")
              .at(Place.file(tag))
              .remedy("release what the release branch holds, or fetch it: git fetch " + ORIGIN));
    }
    return findings;
  }
}
