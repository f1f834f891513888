package dev.plasmite.perf;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Progress;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.git.SideBySide;
import dev.plasmite.perf.Judgement.Outcome;
import dev.plasmite.perf.format.Measurement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Checks out, builds, compares and writes down; what the gate, the calibration and the creep check have in common. */
final class Comparing {

  private final ReleasePlan plan;
  private final BenchCommand bench;
  private final SideBySide git;
  private final Scratch scratch;
  private final HostWatch watch;
  private final Progress progress;
  private final Ticks ticks;
  private final Map<String, Boolean> built = new HashMap<>();
  private final List<Finding> checkoutWarnings = new ArrayList<>();

  Comparing(Setting setting, BenchCommand bench, SideBySide git, Scratch scratch, HostWatch watch) {
    this.plan = setting.plan();
    this.bench = bench;
    this.git = git;
    this.scratch = scratch;
    this.watch = watch;
    this.progress = setting.progress();
    this.ticks = setting.ticks();
  }

  /**
   * What came of a comparison.
   *
   * @param findings all that was found
   * @param proof facts for the receipt
   * @param judgement what the samples say
   */
  record Ended(List<Finding> findings, Map<String, String> proof, Judgement judgement) {}

  /** A side; its checkout comes with the build. The paths of all sides are equally long, as they can change timing. */
  Side side(String role, String shown, String commit) {
    return new Side(role, shown, commit, scratch.path(role.equals("candidate") ? "cand" : "base"));
  }

  /** Builds a side and runs its benchmark once. */
  void smoke(Side side) {
    build(side);
    progress.line("perf-gate: smoke run of " + side.shown());
    bench.run(side, Session.SMOKE, Set.of());
  }

  private void build(Side side) {
    String directory = side.directory().toString();
    if (built.putIfAbsent(directory, true) == null) {
      progress.line("perf-gate: checking out and building " + side.shown() + " ("
          + side.commit().substring(0, 10) + ")");
      git.checkOut(side.commit(), side.directory()).stream().filter(w -> !checkoutWarnings.contains(w))
          .forEach(checkoutWarnings::add);
      bench.build(side);
    }
  }

  /**
   * Compares two sides and writes the evidence, whatever comes of it.
   *
   * @param kind as in {@link PerfReport}
   * @param lens through which the candidate's runs are seen
   */
  Ended compare(
      String kind,
      Side base,
      Side candidate,
      Criteria criteria,
      Roles roles,
      UnaryOperator<Map<String, Measurement>> lens) {
    List<Finding> findings = new ArrayList<>();
    Session session =
        new Session(
            bench, new PairGate(criteria), roles, plan.perf().policy().timeBudget(), watch, progress, ticks, lens);
    Session.Measured measured;
    try {
      build(base);
      build(candidate);
      watch.awaitCalm();
      measured = session.measure(base, candidate);
      findings.addAll(measured.findings());
      if (findings.stream().noneMatch(Finding::blocks)) {
        findings.addAll(Verdicts.findings(measured.judgement(), measured.recording(), criteria));
      }
      findings.addAll(watch.warnings());
    } catch (Refusal e) {
      findings.addAll(e.findings());
      measured = session.broken(base, candidate, e.findings());
    }
    findings.addAll(checkoutWarnings);
    Outcome outcome = measured.judgement().outcome();
    if (outcome != Outcome.PASS && findings.stream().noneMatch(Finding::blocks)) {
      findings.add(Finding.unknown("the comparison ended as " + outcome + " for no reason that is known")
          .remedy("report this"));
    }
    PerfEvidence evidence = new PerfEvidence(plan.directories().evidence());
    List<PerfReport.Past> history = evidence.history();
    if (kind.equals("gate")) {
      findings.addAll(PerfEvidence.reruns(history, candidate.commit()));
    }
    Recording recording = measured.recording();
    PerfReport report =
        new PerfReport(
            kind, recording, criteria, measured.judgement(), findings, new RecordingFile().sha256(recording), history);
    evidence.write(report, ticks.wall());
    String sha256 = report.samplesSha256();
    progress.line(
        "perf-gate: " + report.verdict().id() + " after " + measured.judgement().pairs() + " pairs, "
            + Shown.scenarios(recording.scenarios().size()));
    Map<String, String> proof = new TreeMap<>();
    proof.put("baseTag", base.shown());
    proof.put("baseCommit", base.commit());
    proof.put("candidateCommit", candidate.commit());
    proof.put("pairs", String.valueOf(measured.judgement().pairs()));
    proof.put("scenarios", String.valueOf(recording.scenarios().size()));
    proof.put("samplesSha256", sha256);
    proof.put("host", watch.host().fingerprint());
    return new Ended(findings, proof, measured.judgement());
  }

  /** An advisory comparison with an older release, for creep that stays under the threshold at each release. */
  List<Finding> creep(SideBySide.Base anchor, Side candidate, Criteria criteria) {
    Side old = new Side("base", anchor.tag(), anchor.commit(), scratch.path("anch"));
    Ended ended = compare("anchor", old, candidate, criteria, new Roles(plan.perf()), UnaryOperator.identity());
    return ended.findings().stream()
        .map(f -> Finding.warning("since " + anchor.tag() + ": " + f.what()).at(f.place()))
        .toList();
  }
}
