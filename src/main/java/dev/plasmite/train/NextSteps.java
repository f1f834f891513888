package dev.plasmite.train;

import dev.plasmite.candidate.ChangelogEdit;
import dev.plasmite.candidate.ReleaseNotes;
import dev.plasmite.candidate.blocker.Blocker;
import dev.plasmite.candidate.blocker.GateFailure;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.Verdict;
import dev.plasmite.git.GitRepository;
import dev.plasmite.git.Head;
import dev.plasmite.git.Tag;
import dev.plasmite.git.Upstream;
import dev.plasmite.git.WorkTreeStatus;
import dev.plasmite.report.Evidence;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The next command of a release, from where it stands. The order is the maintainer's way: a version that is free, its
 * section in the changelog, a commit, origin, no blocker, the gates, the tag, the channels.
 */
final class NextSteps {

  private final ReleasePlan plan;
  private final Invocation invocation;
  private final GitRepository repository;
  private final Evidence evidence;
  private final List<Blocker> blockers;
  private final List<Finding> hindering;
  private final OriginView origin;
  private final Clock clock;

  NextSteps(
      ReleasePlan plan,
      Invocation invocation,
      GitRepository repository,
      Evidence evidence,
      List<Blocker> blockers,
      List<Finding> hindering,
      OriginView origin,
      Clock clock) {
    this.plan = plan;
    this.invocation = invocation;
    this.repository = repository;
    this.evidence = evidence;
    this.blockers = blockers;
    this.hindering = hindering;
    this.origin = origin;
    this.clock = clock;
  }

  /** The next step. */
  NextStep next() {
    Head head = repository.head();
    if (passed(StageName.VERIFY_DELIVERY)) {
      return delivered();
    }
    WorkTreeStatus work = repository.status().without(repository.root(), plan.directories().leavings());
    return Stream.<java.util.function.Supplier<Optional<NextStep>>>of(
            () -> unborn(head),
            () -> underWay(work),
            () -> branch(head),
            () -> version(head),
            () -> changelog(),
            () -> commit(work),
            () -> upstream(head),
            () -> blocker(),
            () -> gates(),
            () -> hindered(),
            () -> tag(head))
        .flatMap(step -> step.get().stream())
        .findFirst()
        .orElseGet(this::channels);
  }

  private Optional<NextStep> unborn(Head head) {
    return head.unborn()
        ? Optional.of(NextStep.type("git add --all", "nothing is committed yet: then git commit, and git push -u origin " + head.branch().orElse("main")))
        : Optional.empty();
  }

  private static Optional<NextStep> underWay(WorkTreeStatus work) {
    if (!work.conflicting().isEmpty()) {
      return Optional.of(NextStep.type("git status", work.conflicting().first() + " is in conflict: resolve it and commit it"));
    }
    return work.operation()
        .map(o -> NextStep.type("git status", "a " + o + " is in progress: finish it, or give it up with git " + (o.equals("bisect") ? "bisect reset" : o + " --abort")));
  }

  private Optional<NextStep> branch(Head head) {
    Optional<String> wanted = plan.candidate().releaseBranch();
    if (head.detached()) {
      return here(head)
          ? Optional.empty()
          : Optional.of(NextStep.type("git switch " + wanted.orElse("-"), "no branch is checked out, and " + plan.tag() + " is not at this commit"));
    }
    return wanted
        .filter(branch -> !head.branch().equals(Optional.of(branch)))
        .map(branch -> NextStep.type("git switch " + branch, "releases come from " + branch + ", and " + head.branch().orElse("") + " is checked out"));
  }

  /** A version whose tag is at another commit is released, or was meant for that commit: tags do not move. */
  private Optional<NextStep> version(Head head) {
    Optional<Tag> tag = repository.tag(plan.tag()).or(origin::tag);
    return tag.isEmpty() || tag.get().commit().equals(head.commit())
        ? Optional.empty()
        : Optional.of(
            NextStep.type(
                command("plasmite:bump") + " -Dplasmite.bump=minor",
                plan.tag() + " is at commit " + tag.get().commit().orElse("of none").substring(0, 7)
                    + ", so the next release needs a version of its own: patch, minor, major, or -DnewVersion=..."
                    + (repository.tag(plan.tag()).isPresent() && origin.seen() && origin.tag().isEmpty()
                        ? "; the tag is on no other machine, so it may also go: git tag -d " + plan.tag()
                        : "")));
  }

  private Optional<NextStep> changelog() {
    Optional<String> path = plan.candidate().changelog();
    if (path.isEmpty()) {
      return Optional.empty();
    }
    LocalDate today = LocalDate.now(clock);
    List<Finding> against = ReleaseNotes.standing(plan.repository(), path.get(), plan.version(), today);
    if (against.isEmpty()) {
      return Optional.empty();
    }
    try {
      ChangelogEdit.plan(plan.repository(), path.get(), plan.version(), today);
      return Optional.of(NextStep.type(command("plasmite:changelog"), "moves what stands under [Unreleased] to the section of " + plan.version()));
    } catch (Refusal e) {
      // There is nothing that a command could move: what is wrong has to be written by a person.
      Finding first = against.get(0).what().endsWith("has no section of " + plan.version()) ? e.findings().get(0) : against.get(0);
      return Optional.of(NextStep.byHand("edit " + path.get() + ": " + first.what() + " -> " + first.remedy()));
    }
  }

  private static Optional<NextStep> commit(WorkTreeStatus work) {
    if (!work.untracked().isEmpty()) {
      String more = work.untracked().size() > 1 ? " and " + (work.untracked().size() - 1) + " more" : "";
      return Optional.of(
          NextStep.type("git add --all", work.untracked().first() + more + " is neither tracked nor ignored: commit it, or ignore it (.gitignore), or move it away"));
    }
    if (!work.hidden().isEmpty()) {
      // Before anything is committed: git would leave it out.
      return Optional.of(
          NextStep.type(
              "git update-index --no-assume-unchanged --no-skip-worktree -- '" + work.hidden().first() + "'",
              work.hidden().first() + " is not committed, and git is told not to look at it"));
    }
    return work.notCommitted().isEmpty()
        ? Optional.empty()
        : Optional.of(NextStep.type("git commit --all", work.notCommitted().first() + " is not committed"));
  }

  private Optional<NextStep> upstream(Head head) {
    if (head.detached()) {
      return Optional.empty();
    }
    String branch = head.branch().orElseThrow();
    if (repository.isShallow()) {
      return Optional.of(NextStep.type("git fetch --unshallow --tags", "this clone is shallow, so earlier releases cannot be seen"));
    }
    Optional<Upstream> upstream = repository.upstream();
    if (upstream.isEmpty() || upstream.get().commit().isEmpty()) {
      String remote = upstream.map(Upstream::remote).orElse("origin");
      return Optional.of(
          repository.remote(remote).isPresent()
              ? NextStep.type("git push -u " + remote + " " + branch, "branch " + branch + " is not on " + remote)
              : NextStep.type("git remote add " + remote + " URL", "there is no remote " + remote + " to push to"));
    }
    Upstream there = upstream.get();
    if (there.behind() > 0) {
      return Optional.of(NextStep.type(there.ahead() > 0 ? "git pull --rebase" : "git pull --ff-only", "branch " + branch + " is " + there.behind() + " behind " + there.name()));
    }
    return there.ahead() > 0
        ? Optional.of(NextStep.type("git push", "branch " + branch + " is " + there.ahead() + " ahead of " + there.name()))
        : Optional.empty();
  }

  private Optional<NextStep> blocker() {
    for (Blocker blocker : blockers) {
      Optional<StageName> gate =
          Stream.of(StageName.values()).filter(s -> GateFailure.title(s, plan.version()).equals(blocker.title())).findFirst();
      if (gate.isPresent() && !passed(gate.get())) {
        // Typed as a phase, it would stop at verify-candidate, which finds the blocker.
        String goal = gate.get() == StageName.VERIFY_CANDIDATE ? gate.get().id() : "plasmite:" + gate.get().id();
        return Optional.of(NextStep.type(command(goal), "mend what it found first; blocker " + blocker.id() + " is closed when it passes"));
      }
      return Optional.of(
          NextStep.type(
              command("plasmite:close-blocker") + " -Dplasmite.blocker=" + blocker.id() + " -Dplasmite.reason=\"...\"",
              (gate.isPresent() ? "its gate passes now" : "when it is mended") + ": " + blocker.title()));
    }
    return Optional.empty();
  }

  private Optional<NextStep> hindered() {
    return plan.mode() == Mode.SANDBOX
        ? Optional.empty()
        : hindering.stream().filter(Finding::blocks).findFirst().map(f -> NextStep.byHand(invocation.spelled(f, plan.mode()).toString()));
  }

  private Optional<NextStep> gates() {
    if (plan.mode() == Mode.SANDBOX) {
      return Optional.empty();
    }
    return GateEvidence.localGates().stream()
        .filter(gate -> !passed(gate))
        .findFirst()
        .map(gate -> run(StageName.PERF_GATE, gate));
  }

  private Optional<NextStep> tag(Head head) {
    if (plan.mode() == Mode.SANDBOX || Stream.of(StageName.values()).anyMatch(s -> s.compareTo(StageName.PERF_GATE) > 0 && passed(s))) {
      return Optional.empty();
    }
    boolean pushed = origin.tag().isPresent();
    if (here(head) && (pushed || !origin.seen())) {
      return Optional.empty();
    }
    if (plan.mode() == Mode.REHEARSAL) {
      return Optional.of(NextStep.type(invocation.command("perf-gate", Mode.LIVE), "all before the tag is rehearsed; the tag is made in mode live"));
    }
    return Optional.of(
        NextStep.type(
            command("plasmite:tag") + " -Dplasmite.push",
            (here(head) ? "the tag is here and not on origin: " : "") + "pins this commit with " + plan.tag() + " and pushes it with its evidence, for good"));
  }

  private NextStep channels() {
    StageName first = Stream.of(StageName.values()).filter(s -> !passed(s)).findFirst().orElseThrow();
    return run(first.compareTo(StageName.PUBLISH) > 0 ? StageName.VERIFY_DELIVERY : StageName.PUBLISH, first);
  }

  private NextStep run(StageName goal, StageName first) {
    Verdict verdict = evidence.stage(first).verdict();
    if (first == StageName.PUBLISH && evidence.begunToPublish()) {
      return NextStep.type(command(goal.id()), "publish was stopped in the middle: it goes on from there, and sends nothing twice");
    }
    String why =
        verdict == Verdict.SKIPPED
            ? "the train, from " + first.id() + " to " + goal.id()
            : first.id() + " said " + verdict.id() + ": mend what stands above, then type this again";
    return NextStep.type(command(goal.id()), goal == first && verdict == Verdict.SKIPPED ? "the next stage" : why);
  }

  private NextStep delivered() {
    return switch (plan.mode()) {
      case SANDBOX ->
          NextStep.byHand(
              "nothing is left in the sandbox: every channel there delivers this release; the same against the real services, read only: "
                  + invocation.command(StageName.PERF_GATE.id(), Mode.REHEARSAL));
      case REHEARSAL ->
          NextStep.byHand("nothing is left to rehearse; the release itself: " + invocation.command(StageName.PUBLISH.id(), Mode.LIVE));
      case LIVE -> NextStep.byHand("nothing is left to do: every channel delivers this release");
    };
  }

  private boolean here(Head head) {
    return repository.tag(plan.tag()).filter(t -> t.commit().equals(head.commit())).isPresent();
  }

  private boolean passed(StageName stage) {
    return evidence.stage(stage).verdict() == Verdict.PASSED;
  }

  private String command(String goal) {
    return invocation.command(goal, plan.mode());
  }
}
