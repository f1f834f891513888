package dev.plasmite.perf;

import dev.plasmite.artifact.Digests;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.PerfPlan;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.StageResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Judges recorded samples alone: no git, no build, no POM. A recording of this plugin carries its criteria and gives the
 * verdict that it was recorded with. What this says is for people; it is no proof that anything was measured, so it must
 * not become the receipt of a gate.
 */
public final class SamplesGate {

  private static final long LARGEST = 64L * 1024 * 1024;

  private final Optional<PerfPlan> plan;

  /**
   * @param plan by which a recording is judged that carries no criteria; empty for the published criteria
   */
  public SamplesGate(Optional<PerfPlan> plan) {
    this.plan = plan;
  }

  /**
   * What a file says.
   *
   * @param result verdict and findings; the proof has {@code samplesSha256}, {@code pairs}, {@code scenarios},
   *     {@code outcome}. A file that cannot be judged is inconclusive
   * @param table the scenarios as lines for a terminal, worst first; empty when there are none
   */
  public record Judged(StageResult result, List<String> table) {}

  /** Judges a file of recorded samples; whatever is in it, or is not, there is a verdict. */
  public Judged judged(Path file) {
    try {
      PerfReport report = report(file);
      return new Judged(result(report), PerfTable.lines(report));
    } catch (Refusal e) {
      List<Finding> unknown = e.findings().stream()
          .map(f -> Finding.unknown(f.what()).at(f.place()).remedy(f.remedy())).toList();
      return new Judged(StageResult.of(unknown, Map.of()), List.of());
    }
  }

  private static StageResult result(PerfReport report) {
    Map<String, String> proof = new TreeMap<>();
    proof.put("outcome", report.judgement().outcome().name().toLowerCase(Locale.ROOT));
    proof.put("pairs", String.valueOf(report.judgement().pairs()));
    proof.put("scenarios", String.valueOf(report.recording().scenarios().size()));
    proof.put("samplesSha256", report.samplesSha256());
    return StageResult.of(report.findings(), proof);
  }

  /**
   * The report of a file of recorded samples.
   *
   * @throws Refusal when there is no such file, or it holds no recorded samples
   */
  public PerfReport report(Path file) {
    byte[] bytes = bytes(file);
    Recording recording = new RecordingFile()
        .read(new String(bytes, StandardCharsets.UTF_8), file.getFileName().toString());
    Criteria criteria = recording.criteria().orElseGet(() -> plan.map(Criteria::of).orElseGet(Criteria::published));
    Judgement judgement = Verdicts.of(recording, criteria);
    List<Finding> findings = new ArrayList<>();
    recording.failures().forEach(f -> findings.add(Finding.of(f).at(Place.file(file.getFileName().toString()))
        .remedy("mend it, and measure again")));
    if (findings.isEmpty()) {
      findings.addAll(Verdicts.findings(judgement, recording, criteria));
    }
    return new PerfReport("samples", recording, criteria, judgement, findings, Digests.sha256(bytes), List.of());
  }

  private static byte[] bytes(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new Refusal(
            Finding.of("there is no file " + file).at(Place.file("plasmite.perf.samples"))
                .remedy("give the samples.json of a performance gate: -Dplasmite.perf.samples=FILE"));
      }
      if (Files.size(file) > LARGEST) {
        throw new Refusal(Finding.of(file + " is larger than 64 MiB").at(Place.file("plasmite.perf.samples"))
            .remedy("give recorded samples"));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new OutsideFailure("cannot read " + file, e);
    }
  }
}
