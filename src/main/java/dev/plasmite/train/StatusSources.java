package dev.plasmite.train;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plasmite.candidate.BlockerCheck;
import dev.plasmite.candidate.blocker.Blocker;
import dev.plasmite.candidate.blocker.Blockers;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Receipt;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StageName;
import dev.plasmite.git.GitRepository;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where {@link Status} looks beside the ledger, and what it may ask. */
final class StatusSources {

  private final ReleasePlan plan;
  private final Invocation invocation;
  private final GitRepository repository;
  private final Map<String, String> environment;
  private final boolean offline;
  private final Clock clock;

  StatusSources(
      ReleasePlan plan,
      Invocation invocation,
      GitRepository repository,
      Map<String, String> environment,
      boolean offline,
      Clock clock) {
    this.plan = plan;
    this.invocation = invocation;
    this.repository = repository;
    this.environment = environment;
    this.offline = offline;
    this.clock = clock;
  }

  /**
   * Origin, when what it shows can change the answer: a local gate has no pass here, or the tag is here and may not be
   * there. Once a stage after the tag has passed it cannot.
   */
  OriginView origin(List<JsonNode> ledger, Receipt.Binding binding) {
    if (plan.mode() == Mode.SANDBOX) {
      return OriginView.notNeeded();
    }
    List<JsonNode> here = notes(OriginView.notNeeded()).seenWith(ledger, binding);
    boolean allPassed = GateEvidence.localGates().stream().allMatch(gate -> passed(here, gate, binding));
    boolean beyond = EnumSet.range(StageName.PUBLISH, StageName.VERIFY_DELIVERY).stream().anyMatch(s -> passed(here, s, binding));
    return beyond || allPassed && repository.tag(plan.tag()).isEmpty()
        ? OriginView.notNeeded()
        : OriginView.of(plan, repository, environment, binding.commit(), offline);
  }

  /** The evidence in the notes, here and on origin. */
  GateEvidence notes(OriginView origin) {
    return new GateEvidence(plan, invocation, repository, environment, clock, line -> {}, origin.notes());
  }

  /**
   * The open blockers.
   *
   * @param blockers as their home lists them
   * @param findings the same, or why they cannot be read, which blocks too
   * @param unseen why they were not asked for; empty when they were
   */
  record Open(List<Blocker> blockers, List<Finding> findings, Optional<String> unseen) {}

  Open blockers() {
    boolean issues = plan.candidate().blockers().home().equals("github");
    if (issues && (offline || plan.mode() == Mode.SANDBOX)) {
      String why = offline ? "Maven is offline" : "mode sandbox asks nobody outside";
      return new Open(List.of(), List.of(), Optional.of("the issues on GitHub were not asked for blockers (" + why + ")"));
    }
    try {
      Blockers home = new BlockerHome(plan, repository, environment, clock).open();
      List<Blocker> open = home.open(plan.version());
      return new Open(open, new BlockerCheck(home, plan.version()).findings(open), Optional.empty());
    } catch (Refusal e) {
      return new Open(List.of(), e.findings(), Optional.empty());
    } catch (OutsideFailure e) {
      Finding unread = Finding.unknown("cannot tell whether a blocker is open: " + e.getMessage()).remedy("see to it that the tracker can be read");
      return new Open(
          List.of(), List.of(unread), Optional.of("the blockers could not be read, which forbids tag and publish: " + e.getMessage()));
    }
  }

  private static boolean passed(List<JsonNode> lines, StageName stage, Receipt.Binding binding) {
    return new Verdicts().of(lines, stage, binding).filter(r -> r.receipt().passed()).isPresent();
  }
}
