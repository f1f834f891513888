package dev.plasmite.candidate;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.git.GitRepository;
import dev.plasmite.git.Head;
import dev.plasmite.git.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the candidate is the head of the release branch and nothing is ahead of or behind what it follows. */
final class BranchCheck {

  private final GitRepository repository;
  private final Head head;
  private final Optional<Upstream> upstream;
  private final Optional<String> releaseBranch;
  private final String tag;

  BranchCheck(
      GitRepository repository, Head head, Optional<Upstream> upstream, Optional<String> releaseBranch, String tag) {
    this.repository = repository;
    this.head = head;
    this.upstream = upstream;
    this.releaseBranch = releaseBranch;
    this.tag = tag;
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    if (head.unborn()) {
      findings.add(
          Finding.of("branch " + head.branch().orElse("HEAD") + " has no commit yet")
              .remedy("commit what is to be released"));
      return findings;
    }
    if (repository.isShallow()) {
      findings.add(
          Finding.of("this clone is shallow, so earlier releases cannot be seen")
              .remedy("fetch all of history: git fetch --unshallow --tags"));
    }
    if (head.detached()) {
      findings.addAll(new TagCheckout(repository, head.commit().get(), tag, releaseBranch).findings());
      return findings;
    }
    String branch = head.branch().get();
    releaseBranch
        .filter(wanted -> !wanted.equals(branch))
        .ifPresent(
            wanted ->
                findings.add(
                    Finding.of("branch " + branch + " is checked out, releases come from " + wanted)
                        .at(Place.file(branch))
                        .remedy("git switch " + wanted)));
    findings.addAll(upstreamFindings(branch));
    return findings;
  }

  private List<Finding> upstreamFindings(String branch) {
    List<Finding> findings = new ArrayList<>();
    if (upstream.isEmpty()) {
      boolean origin = repository.remote("origin").isPresent();
      findings.add(
          Finding.of("branch " + branch + " has no upstream" + (origin ? "" : ", and there is no remote origin"))
              .at(Place.file(branch))
              .remedy((origin ? "" : "git remote add origin URL, then ") + "git push -u origin " + branch));
      return findings;
    }
    Upstream there = upstream.get();
    if (there.commit().isEmpty()) {
      findings.add(
          Finding.of("the upstream " + there.name() + " of branch " + branch + " was never fetched, or is gone")
              .at(Place.file(branch))
              .remedy("git push -u " + there.remote() + " " + branch));
      return findings;
    }
    if (there.ahead() > 0) {
      findings.add(
          Finding.of("branch " + branch + " is " + there.ahead() + " ahead of " + there.name())
              .at(Place.file(branch))
              .remedy("git push"));
    }
    if (there.behind() > 0) {
      findings.add(
          Finding.of("branch " + branch + " is " + there.behind() + " behind " + there.name())
              .at(Place.file(branch))
              .remedy(there.ahead() > 0 ? "git pull --rebase, then git push" : "git pull --ff-only"));
    }
    return findings;
  }
}
