package dev.plasmite.perf;

import dev.plasmite.client.Processes;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Progress;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StageResult;
import dev.plasmite.git.SideBySide;
import dev.plasmite.perf.Judgement.Outcome;
import dev.plasmite.perf.Judgement.State;
import dev.plasmite.perf.format.Measurement;
import dev.plasmite.perf.format.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Tries the gate itself, on this machine, with the product's own benchmark: a release compared with itself must pass
 * and shows how noisy the machine is; the same with a slowdown added to one scenario must be caught. Neither says
 * anything about the candidate, so neither is a gate's receipt.
 */
public final class PerfCalibration {

  private final Setting setting;

  /**
   * @param environment all variables of every build and run; this process's own are not added
   */
  public PerfCalibration(ReleasePlan plan, Processes processes, Map<String, String> environment, Progress progress) {
    this(Setting.here(plan, processes, environment, progress));
  }

  PerfCalibration(Setting setting) {
    this.setting = setting;
  }

  /**
   * A/A: the base tag (without one, the candidate) against itself.
   *
   * @return passed with {@code pairNoise}, the standard deviation of one pair's log ratio; else the gate cannot be
   *     believed on this machine just now
   */
  public StageResult aa() {
    Comparing.Ended ended = comparison("aa", UnaryOperator.identity());
    List<Finding> findings = new ArrayList<>(ended.findings());
    if (ended.judgement().outcome() == Outcome.REGRESSED) {
      findings.add(
          0,
          Finding.of("a release compared with itself was called slower: the benchmark or this machine cannot be trusted")
              .remedy("look for what differs between two runs: caches, data left behind, a program in the background"));
    }
    Map<String, String> proof = new TreeMap<>(ended.proof());
    if (Double.isFinite(ended.judgement().pairNoise())) {
      proof.put("pairNoise", String.format(Locale.ROOT, "%.4f", ended.judgement().pairNoise()));
    }
    return StageResult.of(findings, proof);
  }

  /**
   * Self-test: the same with the candidate's first scenario made slower by five times the threshold, after it was
   * measured.
   *
   * @return passed when exactly that was caught
   */
  public StageResult selfTest() {
    double factor = 1 + 5 * setting.plan().perf().threshold();
    String[] injected = new String[1];
    UnaryOperator<Map<String, Measurement>> lens =
        run -> {
          if (injected[0] == null) {
            injected[0] = run.keySet().iterator().next();
          }
          Map<String, Measurement> seen = new LinkedHashMap<>(run);
          seen.computeIfPresent(injected[0], (key, m) -> slower(m, factor));
          return seen;
        };
    Comparing.Ended ended = comparison("selftest", lens);
    Judgement judgement = ended.judgement();
    Map<String, String> proof = new TreeMap<>(ended.proof());
    List<String> accused = judgement.gated(State.REGRESSED).stream().map(Judgement.Row::key).toList();
    if (judgement.outcome() == Outcome.REGRESSED && accused.equals(List.of(String.valueOf(injected[0])))) {
      proof.put("injected", injected[0]);
      return StageResult.of(List.of(), proof);
    }
    if (judgement.scenarios().isEmpty()) {
      return StageResult.of(ended.findings(), proof);
    }
    String what = String.format(Locale.ROOT, "a slowdown of %s was added to %s", Verdicts.percent(factor - 1),
        injected[0]);
    Finding finding =
        judgement.outcome() == Outcome.PASS
            ? Finding.of(what + " and not seen: the gate cannot be trusted here")
            : judgement.outcome() == Outcome.REGRESSED
                ? Finding.of(what + ", and " + String.join(", ", accused) + " was accused")
                : Finding.unknown(what + " and not proven: this machine is too noisy");
    return StageResult.of(
        List.of(finding.at(Place.file(String.valueOf(injected[0])))
            .remedy("measure on a quieter machine, with longer scenarios")), proof);
  }

  private Comparing.Ended comparison(String kind, UnaryOperator<Map<String, Measurement>> lens) {
    ReleasePlan plan = setting.plan();
    Criteria criteria = Criteria.of(plan.perf());
    BenchCommand bench = setting.bench();
    try (SideBySide git = SideBySide.of(plan.repository())) {
      String head = git.head();
      SideBySide.Base release =
          git.base(plan.baseTag(), head, plan.version()).orElse(new SideBySide.Base("the candidate", head));
      return setting.comparing(
          bench,
          git,
          comparing ->
              comparing.compare(
                  kind,
                  comparing.side("base", release.tag(), release.commit()),
                  comparing.side("candidate", release.tag() + " again", release.commit()),
                  criteria,
                  Roles.allGated(plan.perf()),
                  lens));
    }
  }

  private static Measurement slower(Measurement m, double factor) {
    double by = m.unit().better() == Unit.Better.LOWER ? factor : 1 / factor;
    OptionalDouble cpu = m.cpu().isPresent() ? OptionalDouble.of(m.cpu().getAsDouble() * by) : m.cpu();
    return new Measurement(m.key(), m.selector(), m.unit(), m.value() * by, cpu, m.runtime());
  }
}
