package dev.plasmite.train;

import dev.plasmite.candidate.EvidenceNotes;
import dev.plasmite.candidate.Waiver;
import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.Effect;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.Progress;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StageName;
import dev.plasmite.git.GitRepository;
import dev.plasmite.git.Notes;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a person decides: that a blocker is closed, that a gate is let through. Both carry the name that git knows. */
public final class Decisions {

  private final ReleasePlan plan;
  private final Invocation invocation;
  private final Map<String, String> environment;
  private final Clock clock;
  private final Progress progress;

  /**
   * Decisions.
   *
   * @param environment where GitHub's address and token may be
   */
  public Decisions(ReleasePlan plan, Invocation invocation, Map<String, String> environment, Clock clock, Progress progress) {
    this.plan = plan;
    this.invocation = invocation;
    this.environment = Map.copyOf(environment);
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Closes a blocker: in the repository in every mode, as the person who types it edits their own files; on GitHub where
   * the mode lets it.
   *
   * @param blocker its name in its home; null when none was given
   * @param reason why; null when none was given
   * @throws Refusal when one of them is missing, or there is no such open blocker
   */
  public void close(String blocker, String reason) {
    List<Finding> missing = new ArrayList<>();
    demand(missing, blocker, "no blocker is named", "-Dplasmite.blocker=ID, as plasmite:status names it");
    demand(missing, reason, "no reason is given", "-Dplasmite.reason=\"...\"");
    throwIfAny(missing);
    try (GitRepository repository = GitRepository.open(plan.repository())) {
      String person = repository.person(clock);
      var home = new BlockerHome(plan, repository, environment, clock).open();
      if (home.open(plan.version()).stream().noneMatch(open -> open.id().equals(blocker))) {
        throw new Refusal(
            Finding.of("there is no open blocker " + blocker + " of " + plan.tag() + " in " + home.home())
                .remedy("see the open ones: " + invocation.command("plasmite:status", plan.mode())));
      }
      home.close(blocker, person, reason);
      progress.line("blocker " + blocker + " in " + home.home() + " closed by " + person + ": " + reason);
    }
  }

  /**
   * Lets a local gate through for the commit that is checked out.
   *
   * @param gate its name; null when none was given
   * @param reason why; null when none was given
   * @throws Refusal when one of them is missing, or the gate is none that can be waived
   */
  public void waive(String gate, String reason) {
    List<Finding> missing = new ArrayList<>();
    StageName stage = GateEvidence.localGates().stream().filter(s -> s.id().equals(gate)).findFirst().orElse(null);
    if (stage == null) {
      missing.add(
          Finding.of(gate == null ? "no gate is named" : "'" + gate + "' is no gate that can be waived")
              .remedy("-Dplasmite.gate=verify-candidate, verify-alignment or perf-gate"));
    }
    demand(missing, reason, "a waiver gives its reason", "-Dplasmite.reason=\"...\"");
    demandOutside(missing, "waive a gate");
    throwIfAny(missing);
    try (GitRepository repository = GitRepository.open(plan.repository())) {
      String commit =
          repository.head().commit().orElseThrow(() -> new Refusal(Finding.of("there is no commit to waive anything for").remedy("commit the product first")));
      Waiver waiver =
          new Waiver(stage, plan.version().toString(), commit, repository.person(clock), reason, clock.instant().truncatedTo(ChronoUnit.MILLIS));
      new EvidenceNotes(new Notes(repository, clock), invocation.toolVersion(), clock).record(waiver);
      progress.line(
          "WAIVED for " + plan.tag() + " at " + commit.substring(0, 12) + " by " + waiver.person() + ": gate " + stage.id() + ", because: " + reason);
      progress.line("it counts when the gate has run again: " + invocation.command(stage.id(), plan.mode()));
    }
  }

  private static void demand(List<Finding> missing, String value, String what, String remedy) {
    if (value == null || value.isBlank()) {
      missing.add(Finding.of(what).remedy(remedy));
    }
  }

  /** A decision is about the release itself; what leaves this machine is asked of {@link EffectGate} once more by whoever sends it. */
  private void demandOutside(List<Finding> missing, String what) {
    if (!plan.effects().allows(Effect.READ)) {
      missing.add(
          Finding.of("mode " + Mode.SANDBOX.id() + " leaves the repository and its tasks alone, so it does not " + what)
              .remedy("-Dplasmite.mode=live"));
    }
  }

  private static void throwIfAny(List<Finding> missing) {
    if (!missing.isEmpty()) {
      throw new Refusal(missing);
    }
  }
}
