package dev.plasmite.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.artifact.Digests;
import dev.plasmite.client.Redactor;
import dev.plasmite.client.Surroundings;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Progress;
import dev.plasmite.gate.Receipt;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import dev.plasmite.gate.Verdict;
import dev.plasmite.git.GitRepository;
import dev.plasmite.perf.PerfCalibration;
import dev.plasmite.report.FindingsText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs stages: looks up what earlier ones proved, writes down each verdict, and keeps the evidence up to date. The order
 * is that of {@link StageName}; a stage that needs earlier ones demands their receipts itself.
 */
public final class Train {

  private final ReleasePlan plan;
  private final Invocation invocation;
  private final Progress progress;
  private final Surroundings around;
  private final Redactor secrets;
  private final Clock clock = Clock.systemUTC();
  private final Verdicts verdicts = new Verdicts();

  /** A train that may look at this process's own surroundings. */
  public Train(ReleasePlan plan, Invocation invocation, Progress progress) {
    this(plan, invocation, progress, Surroundings.ofThisProcess());
  }

  /**
   * Makes it.
   *
   * @param around the machine, its user and the credentials at hand, for rehearsal and live
   */
  public Train(ReleasePlan plan, Invocation invocation, Progress progress, Surroundings around) {
    this.around = around;
    this.plan = plan;
    this.invocation = invocation;
    this.secrets = new Redactor(new OutsideLogins(around).secrets());
    this.progress = RedactedStage.progress(progress, () -> secrets);
  }

  /**
   * Runs one stage and records its verdict.
   *
   * @return the result; a stage that refuses to work has failed with its refusal's findings
   * @throws Refusal when the train itself cannot run here: another run is under way, the ledger was edited
   * @throws OutsideFailure for what the world got wrong; it is recorded as inconclusive first
   */
  public StageResult run(StageName name) {
    try {
      return recorded(name);
    } catch (RuntimeException e) { // also what the train itself meets, such as an origin that repeats what it was sent
      throw RedactedStage.clean(e, secrets);
    }
  }

  private StageResult recorded(StageName name) {
    try (GitRepository repository = GitRepository.open(plan.repository());
        Ledger ledger = Ledger.open(LedgerHome.of(plan, repository), clock)) {
      Receipt.Binding binding = binding(plan, repository);
      GateEvidence evidence = new GateEvidence(plan, invocation, repository, around.environment(), clock, progress);
      evidence.takeIn(name, ledger, binding);
      Receipts earlier = receipts(ledger.lines(), binding);
      if (standsByReceipt(name, earlier)) {
        progress.line(name.id() + " passed for this very commit before; typed by itself, " + name.id() + " runs again");
        Map<String, String> proof = earlier.of(name).orElseThrow().proof();
        StageResult before = new StageResult(Verdict.PASSED, evidence.standing(name, binding, proof), proof, List.of());
        evidence.record(name, before, binding);
        new EvidenceWriter(plan, invocation, progress).write(ledger, binding, name, before);
        return before;
      }
      progress.line(name.id() + ": " + plan.version() + " at " + shortened(binding.commit()) + ", mode " + plan.mode().id());
      long start = System.nanoTime();
      StageResult result;
      OutsideFailure failure = null;
      try (Assembly assembly = new Assemblies(plan, repository, ledger, clock, progress, around).open()) {
        result = evidence.insteadOf(name, binding).orElseGet(() -> assembly.stage(name).run(earlier));
      } catch (Refusal e) {
        result = StageResult.of(e.findings(), Map.of());
      } catch (OutsideFailure e) {
        failure = e;
        result = StageResult.of(List.of(Finding.unknown(secrets.redact(e.getMessage())).remedy("run it again")), Map.of());
      } catch (RuntimeException e) {
        // A fault of ours: an earlier pass must not stand as the newest word on this stage.
        Finding fault = Finding.unknown(name.id() + " broke off: " + secrets.redact(e.toString())).remedy("report it, with the output of mvn -e");
        ledger.append(Ledger.VERDICT, verdicts.write(name, StageResult.of(List.of(fault), Map.of()), binding, 0));
        throw e;
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      result = spelled(failure == null ? evidence.waived(name, result, binding) : result);
      ledger.append(Ledger.VERDICT, verdicts.write(name, result, binding, Math.round(seconds * 1000) / 1000.0));
      evidence.record(name, result, binding);
      new EvidenceWriter(plan, invocation, progress).write(ledger, binding, name, result);
      blockerFiling(repository).file(name, result, binding);
      progress.line(String.format(Locale.ROOT, "%s: %s in %.1f s", name.id(), result.verdict().id(), seconds));
      if (failure != null) {
        throw failure;
      }
      return result;
    }
  }

  /** The result with its remedies' commands as they are to be typed here. */
  private StageResult spelled(StageResult result) {
    List<Finding> findings = result.findings().stream().map(f -> invocation.spelled(f, plan.mode())).toList();
    return new StageResult(result.verdict(), findings, result.proof(), result.channels());
  }

  private BlockerFiling blockerFiling(GitRepository repository) {
    return new BlockerFiling(plan, invocation, () -> new BlockerHome(plan, repository, around.environment(), clock).open(), progress);
  }

  /** A trial of the performance gate itself. */
  public enum Calibration {
    /** A release against itself. */
    AA,
    /** An injected slowdown. */
    SELF_TEST;

    /** The trial of that name: {@code aa} or {@code self-test}. */
    public static Optional<Calibration> named(String name) {
      return Stream.of(values()).filter(c -> c.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name)).findFirst();
    }
  }

  /** Tries the performance gate on this machine. It is written down, and is nobody's receipt. */
  public StageResult calibrate(Calibration kind) {
    try (GitRepository repository = GitRepository.open(plan.repository());
        Ledger ledger = Ledger.open(LedgerHome.of(plan, repository), clock);
        Assembly assembly = new Assemblies(plan, repository, ledger, clock, progress, around).open()) {
      PerfCalibration calibration = assembly.calibration();
      StageResult result = kind == Calibration.AA ? calibration.aa() : calibration.selfTest();
      ObjectNode line = verdicts.write(StageName.PERF_GATE, result, binding(plan, repository), 0);
      ledger.append("calibration", line.put("kind", kind.name().toLowerCase(Locale.ROOT)));
      FindingsText.lines(result.findings()).forEach(progress::line);
      progress.line(kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + ": " + result.verdict().id() + " " + result.proof());
      return result;
    }
  }

  /**
   * Shows where the release stands, when all stages have run.
   *
   * @throws Refusal when a stage has no receipt: it was skipped, or dropped from the build
   */
  public void conclude() {
    try (GitRepository repository = GitRepository.open(plan.repository())) {
      Path file = LedgerHome.of(plan, repository);
      Receipt.Binding binding = binding(plan, repository);
      List<JsonNode> lines = Ledger.peek(file);
      new EvidenceWriter(plan, invocation, progress).show(lines, binding, file);
      receipts(lines, binding).demandAll();
    }
  }

  /** What verdicts of this plan on this commit are bound to. */
  static Receipt.Binding binding(ReleasePlan plan, GitRepository repository) {
    String commit = repository.head().commit().orElse("0".repeat(40));
    String configuration = Digests.sha256(plan.configuration().getBytes(StandardCharsets.UTF_8));
    return new Receipt.Binding(plan.version().toString(), commit, plan.mode().id(), configuration);
  }

  private Receipts receipts(List<JsonNode> lines, Receipt.Binding binding) {
    return new Receipts(verdicts.read(lines).stream().map(Verdicts.Recorded::receipt).toList(), binding);
  }

  /**
   * The performance gate takes long and says the same of the same commit, so that its receipt stands in for it, unless it
   * was asked for by name. All other gates look again: what they look at may have changed under the commit.
   */
  private boolean standsByReceipt(StageName name, Receipts earlier) {
    return name == StageName.PERF_GATE
        && !invocation.asked(name.id())
        && earlier.of(name).filter(Receipt::passed).isPresent();
  }

  private static String shortened(String commit) {
    return commit.substring(0, Math.min(10, commit.length()));
  }
}
