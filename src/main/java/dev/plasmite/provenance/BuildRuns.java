package dev.plasmite.provenance;

import dev.plasmite.artifact.BuildRun;
import dev.plasmite.artifact.Shown;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.ProvenancePlan;
import dev.plasmite.gate.Refusal;
import dev.plasmite.github.GitHubBuilds;
import dev.plasmite.github.WorkflowRun;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Finds the one run that built a tag: by workflow path, event, repository, the tag's commit, conclusion; never by name. */
final class BuildRuns {

  /** How many runs that do not fit are told of. */
  private static final int TOLD = 20;

  private final GitHubBuilds github;
  private final String repository;
  private final ProvenancePlan plan;
  private final String workflow;
  private final String event;

  /**
   * @param repository {@code owner/name}
   * @throws Refusal when no build workflow is configured
   */
  BuildRuns(GitHubBuilds github, String repository, ProvenancePlan plan) {
    this.github = github;
    this.repository = repository;
    this.plan = plan;
    this.event = plan.event().orElse("push");
    this.workflow =
        plan.workflow()
            .orElseThrow(
                () ->
                    new Refusal(
                        Finding.of("which workflow builds the artifacts is not configured")
                            .at(Place.file("<configuration><provenance><workflow>"))
                            .remedy("name its file: .github/workflows/build.yml")));
  }

  /**
   * The run.
   *
   * @param tag the release tag
   * @param commit what it pins
   * @throws Refusal when there is none, or more than one; with all runs that were seen, and why each is not it
   */
  BuildRun of(String tag, String commit) {
    WorkflowRun run = plan.buildRun().isPresent() ? named(plan.buildRun().getAsLong(), commit) : theOne(tag, commit);
    String ref = (run.headBranch().equals(tag) ? "refs/tags/" : "refs/heads/") + run.headBranch();
    BuildRun found =
        new BuildRun(repository, workflow, run.event(), run.id(), run.attempt(), run.headSha(), ref);
    List<Finding> problems = found.problems(Place.file("run " + run.id()));
    if (!problems.isEmpty()) {
      throw new Refusal(problems);
    }
    return found;
  }

  private WorkflowRun theOne(String tag, String commit) {
    Map<Long, WorkflowRun> seen = new TreeMap<>();
    github.runsOn(repository, tag).forEach(run -> seen.put(run.id(), run));
    github.runsOf(repository, commit).forEach(run -> seen.put(run.id(), run));
    List<WorkflowRun> good = seen.values().stream().filter(run -> reasons(run, tag, commit).isEmpty()).toList();
    List<WorkflowRun> ofAnotherCommit =
        seen.values().stream().filter(run -> !run.headSha().equals(commit) && reasons(run, tag, run.headSha()).isEmpty()).toList();
    if (!good.isEmpty() && !ofAnotherCommit.isEmpty()) {
      throw new Refusal(
          Finding.of("the tag " + tag + " was built from different commits: " + shown(good) + " and " + shown(ofAnotherCommit))
              .at(Place.file(tag))
              .remedy("find out who moved the tag; when you know, name the run of " + commit + ": -Dplasmite.buildRun="
                  + good.get(0).id()));
    }
    if (good.size() > 1) {
      throw new Refusal(
          Finding.of("more than one run built " + tag + ": " + shown(good))
              .at(Place.file(tag))
              .remedy("say which one: -Dplasmite.buildRun=" + good.get(good.size() - 1).id()));
    }
    if (good.isEmpty()) {
      throw new Refusal(none(tag, commit, seen.values()));
    }
    return good.get(0);
  }

  /** Named by hand, for an incident: the event and the branch it ran on are taken as they are, all else must hold. */
  private WorkflowRun named(long id, String commit) {
    WorkflowRun run =
        github
            .run(repository, id)
            .orElseThrow(
                () ->
                    new Refusal(
                        Finding.of(repository + " has no run " + id)
                            .remedy("take the number from the run's address, or leave -Dplasmite.buildRun away")));
    List<String> reasons = unfit(run, commit);
    if (run.id() != id) {
      reasons.add("GitHub answered with run " + run.id());
    }
    if (!reasons.isEmpty()) {
      throw new Refusal(
          Finding.of("run " + id + " is not the build run: " + String.join("; ", reasons))
              .at(Place.file(run.url()))
              .remedy("name a run that built this tag, or leave -Dplasmite.buildRun away"));
    }
    return run;
  }

  private List<Finding> none(String tag, String commit, Collection<WorkflowRun> seen) {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        Finding.of("no successful run of " + workflow + " (" + event + ") built " + tag + " at " + commit + " in "
                + repository + "; runs seen: " + seen.size())
            .at(Place.file(tag))
            .remedy("let the build workflow run for the tag, and wait until it is green"));
    seen.stream()
        .limit(TOLD)
        .forEach(
            run ->
                findings.add(
                    Finding.of("run " + run.id() + " is not it: " + String.join("; ", reasons(run, tag, commit)))
                        .at(Place.file(run.url()))));
    return findings;
  }

  private List<String> reasons(WorkflowRun run, String tag, String commit) {
    List<String> reasons = unfit(run, commit);
    if (!run.event().equals(event)) {
      reasons.add("its event is " + Shown.text(run.event()));
    }
    if (!run.headBranch().equals(tag)) {
      reasons.add("it ran on " + Shown.text(run.headBranch()));
    }
    return reasons;
  }

  private List<String> unfit(WorkflowRun run, String commit) {
    List<String> reasons = new ArrayList<>();
    if (!run.workflow().equals(workflow)) {
      reasons.add("its workflow is " + Shown.text(run.path()));
    }
    if (!run.headRepository().equals(repository)) {
      reasons.add("it came from " + Shown.text(run.headRepository()));
    }
    if (!run.headSha().equals(commit)) {
      reasons.add("it ran for commit " + Shown.text(run.headSha()));
    }
    if (!run.successful()) {
      reasons.add("it is " + Shown.text(run.state()));
    }
    return reasons;
  }

  private static String shown(List<WorkflowRun> runs) {
    return runs.stream()
        .map(run -> "run " + run.id() + " attempt " + run.attempt() + " at " + run.headSha())
        .collect(Collectors.joining(", "));
  }
}
