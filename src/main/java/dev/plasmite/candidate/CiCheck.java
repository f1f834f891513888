package dev.plasmite.candidate;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import dev.plasmite.github.GitHubClient;
import dev.plasmite.github.WorkflowRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether CI is green for exactly the candidate. A run counts when it is of the configured workflow file, for this
 * commit, of this repository, and not of a pull request, which tests a merge and not the commit. Of the runs that
 * count the newest decides.
 */
final class CiCheck {

  private static final Set<String> MERGES = Set.of("pull_request", "pull_request_target");

  private final GitHubClient github;
  private final String repository;
  private final String workflow;
  private final String commit;
  private final boolean simulated;

  CiCheck(GitHubClient github, String repository, String workflow, String commit, boolean simulated) {
    this.github = github;
    this.repository = repository;
    this.workflow = workflow;
    this.commit = commit;
    this.simulated = simulated;
  }

  /**
   * What CI says.
   *
   * @param findings all that was found
   * @param run the run that proves the candidate; empty when none does
   */
  record Outcome(List<Finding> findings, Optional<WorkflowRun> run) {}

  Outcome ask() {
    List<WorkflowRun> runs;
    try {
      runs = github.runs(repository, commit);
    } catch (OutsideFailure e) {
      return new Outcome(
          List.of(Finding.unknown("CI could not be asked: " + e.getMessage()).remedy("see to it that GitHub can be asked, then run it again")),
          Optional.empty());
    } catch (Refusal e) {
      return new Outcome(e.findings(), Optional.empty());
    }
    List<WorkflowRun> counting =
        runs.stream().filter(this::counts).sorted(Comparator.comparingLong(WorkflowRun::id).reversed()).toList();
    if (counting.isEmpty()) {
      return new Outcome(none(runs), Optional.empty());
    }
    WorkflowRun newest = counting.get(0);
    if (!newest.successful()) {
      return new Outcome(notGreen(newest, counting), Optional.empty());
    }
    List<Finding> findings =
        simulated
            ? List.of(
                Finding.simulated("CI run " + newest.id() + " of " + workflow + " is the answer of a stand-in")
                    .at(place(newest)))
            : List.of();
    return new Outcome(findings, Optional.of(newest));
  }

  private boolean counts(WorkflowRun run) {
    return run.workflow().equals(workflow)
        && run.headSha().equals(commit)
        && run.headRepository().equalsIgnoreCase(repository)
        && !MERGES.contains(run.event());
  }

  private List<Finding> none(List<WorkflowRun> runs) {
    String shortId = commit.substring(0, 12);
    List<Finding> findings = new ArrayList<>();
    findings.add(
        Finding.of("CI has not tested commit " + shortId + ": no run of " + workflow + " for it in " + repository)
            .at(Place.file(workflow))
            .remedy("push the commit and wait for CI, or start the workflow for it"));
    for (WorkflowRun run : runs) {
      findings.add(
          Finding.warning("run " + run.id() + " was found, which does not count: " + why(run)).at(place(run)));
    }
    return findings;
  }

  private String why(WorkflowRun run) {
    List<String> reasons = new ArrayList<>();
    if (!run.workflow().equals(workflow)) {
      reasons.add("its workflow is " + run.path());
    }
    if (!run.headSha().equals(commit)) {
      reasons.add("its commit is " + run.headSha());
    }
    if (!run.headRepository().equalsIgnoreCase(repository)) {
      reasons.add("its repository is " + (run.headRepository().isEmpty() ? "gone" : run.headRepository()));
    }
    if (MERGES.contains(run.event())) {
      reasons.add("its event is " + run.event() + ", which tests a merge");
    }
    return String.join("; ", reasons);
  }

  private List<Finding> notGreen(WorkflowRun newest, List<WorkflowRun> counting) {
    boolean ended = newest.status().equals("completed");
    List<Finding> findings = new ArrayList<>();
    findings.add(
        Finding.of(
                "CI is not green for commit " + commit.substring(0, 12) + ": run " + newest.id() + " of " + workflow
                    + " (" + newest.event() + ", attempt " + newest.attempt() + ") is " + newest.state())
            .at(place(newest))
            .remedy(ended ? "mend it, or run it again when it was not the commit's fault" : "wait until it has ended"));
    counting.stream()
        .skip(1)
        .map(
            run ->
                Finding.warning("the older run " + run.id() + " is " + run.state() + "; the newest decides")
                    .at(place(run)))
        .forEach(findings::add);
    return findings;
  }

  private static Place place(WorkflowRun run) {
    return Place.file(run.url());
  }
}
