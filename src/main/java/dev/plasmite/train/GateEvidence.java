package dev.plasmite.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.candidate.Evidence;
import dev.plasmite.candidate.EvidenceNotes;
import dev.plasmite.candidate.Waiver;
import dev.plasmite.gate.Effect;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Progress;
import dev.plasmite.gate.Receipt;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import dev.plasmite.gate.Verdict;
import dev.plasmite.git.GitRepository;
import dev.plasmite.git.Notes;
import dev.plasmite.git.Remote;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The evidence of the gates that belong to the maintainer's machine, on its way to the machine that publishes: recorded
 * with the commit in git notes here, taken for a receipt there. In the sandbox nothing is recorded and nothing counts.
 */
final class GateEvidence {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final ReleasePlan plan;
  private final Invocation invocation;
  private final GitRepository repository;
  private final Map<String, String> environment;
  private final Clock clock;
  private final Progress progress;
  private final EvidenceNotes notes;

  GateEvidence(
      ReleasePlan plan,
      Invocation invocation,
      GitRepository repository,
      Map<String, String> environment,
      Clock clock,
      Progress progress) {
    this(plan, invocation, repository, environment, clock, progress, List.of());
  }

  /**
   * The same with what was read of another place's notes.
   *
   * @param elsewhere lines about the candidate
   */
  GateEvidence(
      ReleasePlan plan,
      Invocation invocation,
      GitRepository repository,
      Map<String, String> environment,
      Clock clock,
      Progress progress,
      List<String> elsewhere) {
    this.plan = plan;
    this.invocation = invocation;
    this.repository = repository;
    this.environment = environment;
    this.clock = clock;
    this.progress = progress;
    this.notes = new EvidenceNotes(new Notes(repository, clock), invocation.toolVersion(), clock, elsewhere);
  }

  /** The gates whose verdict is demanded before a tag, and travels with it. */
  static Set<StageName> localGates() {
    return EnumSet.range(StageName.VERIFY_CANDIDATE, StageName.PERF_GATE);
  }

  /** Whether this machine is one that only publishes, where nothing is measured. */
  private boolean onCi() {
    return "true".equalsIgnoreCase(environment.get("CI"));
  }

  private boolean counts() {
    return plan.mode() != Mode.SANDBOX;
  }

  /**
   * Takes the performance gate's evidence into the ledger as its receipt, when the ledger has none for this binding. The
   * other local gates look again wherever they run.
   *
   * @param stage the stage that is about to run: origin is asked for its notes only when it may need them
   */
  void takeIn(StageName stage, Ledger ledger, Receipt.Binding binding) {
    if (!counts() || stage.compareTo(StageName.PERF_GATE) < 0 || new Verdicts().of(ledger.lines(), StageName.PERF_GATE, binding).isPresent()) {
      return;
    }
    if (notes.newest(StageName.PERF_GATE, binding).isEmpty()) {
      askOrigin();
    }
    EvidenceNotes.Found found = notes.find(StageName.PERF_GATE, binding);
    if (found.evidence().isPresent()) {
      StageResult result = byEvidence(found, binding);
      if (result.verdict() == Verdict.PASSED) {
        ledger.append(Ledger.VERDICT, new Verdicts().write(StageName.PERF_GATE, result, binding, 0));
      }
      result.findings().forEach(f -> progress.line(f.toString()));
    }
  }

  /**
   * What a stage that must not run here says instead: the performance gate on CI, which nobody asked for by name, passes
   * by evidence or not at all.
   */
  Optional<StageResult> insteadOf(StageName stage, Receipt.Binding binding) {
    if (!counts() || stage != StageName.PERF_GATE || !onCi() || invocation.asked(stage.id())) {
      return Optional.empty();
    }
    EvidenceNotes.Found found = notes.find(stage, binding);
    return Optional.of(
        found.evidence().isPresent()
            ? byEvidence(found, binding)
            : StageResult.of(found.findings(), Map.of()));
  }

  /** A verdict as it counts: let through when a person has waived the gate for this very commit and version. */
  StageResult waived(StageName stage, StageResult result, Receipt.Binding binding) {
    if (!counts() || result.verdict() == Verdict.PASSED || !localGates().contains(stage)) {
      return result;
    }
    Optional<Waiver> decided = notes.waiver(stage, binding.version(), binding.commit());
    if (decided.isEmpty() && (onCi() || repository.tag(plan.tag()).isPresent())) {
      // Waivers travel with the tag: a fresh clone has none until it asks.
      askOrigin();
      decided = notes.waiver(stage, binding.version(), binding.commit());
    }
    return decided
        .map(
            waiver -> {
              List<Finding> findings = new ArrayList<>(List.of(inLargeLetters(waiver)));
              result.findings().forEach(f -> findings.add(f.blocks() ? Finding.warning("waived: " + f.what()).at(f.place()).remedy(f.remedy()) : f));
              Map<String, String> proof = new TreeMap<>(result.proof());
              proof.put("waivedBy", waiver.person());
              proof.put("waivedBecause", waiver.reason());
              proof.put("waivedVerdict", result.verdict().id());
              findings.forEach(f -> progress.line(f.toString()));
              return StageResult.of(findings, proof);
            })
        .orElse(result);
  }

  /** What must not be forgotten of a gate that stands by its receipt: that it was let through. */
  List<Finding> standing(StageName stage, Receipt.Binding binding, Map<String, String> proof) {
    return counts() && proof.containsKey("waivedBy")
        ? notes.waiver(stage, binding.version(), binding.commit()).map(GateEvidence::inLargeLetters).stream().toList()
        : List.of();
  }

  /**
   * Records a local gate's verdict with the commit. What says nothing new is not recorded again, and a failure only where
   * an earlier pass must not stand.
   */
  void record(StageName stage, StageResult result, Receipt.Binding binding) {
    if (!counts() || onCi() || !localGates().contains(stage)) {
      return;
    }
    Optional<Receipt> known = notes.newest(stage, binding).map(Evidence::receipt);
    boolean passed = result.verdict() == Verdict.PASSED;
    boolean news =
        passed
            ? known.filter(r -> r.passed() && r.proof().equals(result.proof())).isEmpty()
            : known.filter(Receipt::passed).isPresent();
    if (!news) {
      return;
    }
    Receipt receipt = new Receipt(stage, result.verdict(), binding, result.proof());
    try {
      notes.record(
          new Evidence(receipt, invocation.toolVersion(), host(result), clock.instant().truncatedTo(ChronoUnit.MILLIS)));
      progress.line(stage.id() + " recorded for commit " + binding.commit().substring(0, 12) + " in " + Notes.REF);
    } catch (Refusal e) {
      progress.line(stage.id() + " NOT RECORDED in " + Notes.REF + ": " + e.getMessage());
    }
  }

  /** The ledger's lines, with what the notes prove and this machine's ledger does not: how a fresh clone sees the release. */
  List<JsonNode> seenWith(List<JsonNode> ledger, Receipt.Binding binding) {
    List<JsonNode> lines = new ArrayList<>(ledger);
    for (StageName gate : counts() ? localGates() : Set.<StageName>of()) {
      Optional<Verdicts.Recorded> own = new Verdicts().of(ledger, gate, binding);
      notes
          .newest(gate, binding)
          .filter(e -> own.isEmpty() || own.get().result().verdict() != e.receipt().verdict() && own.get().at().isBefore(e.recorded()))
          .ifPresent(
              e -> {
                List<Finding> findings = new ArrayList<>(List.of(told(e)));
                findings.addAll(standing(gate, binding, e.receipt().proof()));
                StageResult result = new StageResult(e.receipt().verdict(), findings, e.receipt().proof(), List.of());
                ObjectNode line = new Verdicts().write(gate, result, binding, 0);
                lines.add(line.put("event", Ledger.VERDICT).put("at", e.recorded().toString()));
              });
    }
    return lines;
  }

  /** What is wrong with the note itself, which forbids the tag. */
  List<Finding> damaged(Receipt.Binding binding) {
    return counts() ? notes.damaged(binding.commit()) : List.of();
  }

  /** What was found, as this machine's own verdict; a line that somebody changed is a finding, whatever gate it was of. */
  private StageResult byEvidence(EvidenceNotes.Found found, Receipt.Binding binding) {
    Evidence evidence = found.evidence().orElseThrow();
    Map<String, String> proof = new TreeMap<>(evidence.receipt().proof());
    List<Finding> findings = new ArrayList<>(List.of(told(evidence)));
    findings.addAll(found.findings());
    if (proof.containsKey("waivedBy")) {
      // The decision itself must be there too, not only the word of it.
      Optional<Waiver> waiver = notes.waiver(evidence.receipt().stage(), binding.version(), binding.commit());
      findings.add(
          waiver
              .map(GateEvidence::inLargeLetters)
              .orElseGet(
                  () ->
                      Finding.of("the evidence speaks of a waiver by " + proof.get("waivedBy") + " that is not in the notes")
                          .at(Place.file(Notes.REF))));
    }
    proof.put("evidence", Notes.REF);
    proof.put("evidenceRecorded", evidence.recorded().toString());
    return StageResult.of(findings, proof);
  }

  private static Finding told(Evidence e) {
    return Finding.warning(
            "by evidence: " + e.receipt().stage().id() + " said " + e.receipt().verdict().id() + " at " + e.recorded()
                + " on host " + e.host() + ", plugin " + e.toolVersion())
        .at(Place.file(Notes.REF));
  }

  private static Finding inLargeLetters(Waiver waiver) {
    return Finding.warning(
            "WAIVED: GATE " + waiver.gate().id().toUpperCase(Locale.ROOT) + " DID NOT PASS FOR "
                + waiver.version() + " AT " + waiver.commit().substring(0, 12) + " AND IS LET THROUGH BY "
                + waiver.person() + ", BECAUSE: " + waiver.reason())
        .at(Place.file(Notes.REF));
  }

  private void askOrigin() {
    Optional<Remote> origin = repository.remote("origin");
    if (origin.isEmpty() || !plan.effects().allows(origin.get().local() ? Effect.LOOPBACK : Effect.READ)) {
      return;
    }
    try {
      new Notes(repository, clock).mergeFrom(origin.get(), LIMIT, OriginCredentials.forReading(origin.get(), environment));
    } catch (OutsideFailure e) {
      progress.line("could not see the evidence on origin: " + e.getMessage());
    }
  }

  /** What tells this machine from others: the measuring gate says it; for the others the kind of machine does. */
  private static String host(StageResult result) {
    return result.proof().getOrDefault("host", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
  }
}
