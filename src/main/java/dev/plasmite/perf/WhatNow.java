package dev.plasmite.perf;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Verdict;
import dev.plasmite.perf.Judgement.Outcome;
import dev.plasmite.perf.Judgement.Row;
import dev.plasmite.perf.Judgement.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a maintainer does with a verdict: the sentences at the top of the report. */
final class WhatNow {

  /** Names in one sentence. */
  private static final int NAMES = 3;

  private static final int NAME = 60;

  private final PerfReport report;

  private WhatNow(PerfReport report) {
    this.report = report;
  }

  /** One sentence or two for each thing to do, the most important first. */
  static List<String> of(PerfReport report) {
    return new WhatNow(report).sentences();
  }

  private List<String> sentences() {
    Judgement judgement = report.judgement();
    if (report.verdict() == Verdict.PASSED) {
      return List.of(passed());
    }
    if (judgement.outcome() == Outcome.REGRESSED && !judgement.gated(State.REGRESSED).isEmpty()) {
      return List.of(slower(judgement.gated(State.REGRESSED)));
    }
    List<String> out = new ArrayList<>();
    if (judgement.scenarios().isEmpty() || !judgement.reason().isEmpty()) {
      report.findings().stream().filter(Finding::blocks).limit(1)
          .forEach(f -> out.add(sentence(f.what().strip()) + (f.remedy().isEmpty() ? "" : " " + sentence(f.remedy()))));
    }
    List<Row> slow = judgement.gated(State.SLOW);
    List<Row> noisy = judgement.gated(State.NOISY);
    if (!slow.isEmpty()) {
      out.add(counted(slow.size(), "scenario looks", "scenarios look") + " slower, which is not proven: " + names(slow)
          + ". Profile against " + base() + " first: a slowdown that is there does not go away when the gate is run again.");
    }
    if (!noisy.isEmpty()) {
      out.add(counted(noisy.size(), "scenario varies", "scenarios vary") + " too much from run to run to rule a slowdown of "
          + Verdicts.percent(report.criteria().ruledOut()) + " out: " + names(noisy, r -> "pairs differ by " + Verdicts.percent(r.pairNoise())) + ". " + calmer(noisy));
    }
    if (!judgement.scenarios().isEmpty()) {
      out.add("A gate that is run again is recorded beside this one and does not replace it.");
    }
    return out;
  }

  private String passed() {
    Judgement judgement = report.judgement();
    if (judgement.scenarios().isEmpty()) {
      return "Nothing.";
    }
    long gated = judgement.scenarios().stream().filter(Row::gated).count();
    long others = judgement.scenarios().stream().filter(r -> !r.gated() && r.state() == State.REGRESSED).count();
    return "Nothing: a slowdown of " + Verdicts.percent(report.criteria().ruledOut()) + " is ruled out for "
        + (gated == 1 ? "the scenario that counts." : "all " + gated + " scenarios that count.")
        + (others == 0 ? "" : " " + counted((int) others, "other one is", "others are")
            + " slower, and let through as declared.");
  }

  private String slower(List<Row> rows) {
    return counted(rows.size(), "scenario is", "scenarios are") + " slower than " + base() + " for certain: " + names(rows)
        + ". Make " + (rows.size() == 1 ? "it" : "them") + " as fast as before and run the gate again; or, when the slowdown is"
        + " agreed, let it through by name: <perfGate><waivers>.";
  }

  /** How the noisy ones get a chance, by what is known of the machine and the benchmark. */
  private String calmer(List<Row> noisy) {
    double load = report.recording().runs().stream().mapToDouble(run -> run.host().loadPerCore()).max().orElse(-1);
    String busy = load > HostWatch.BUSY
        ? String.format(Locale.ROOT, "The load was up to %.1f per core: end what else runs on this machine, or measure on a"
            + " quiet one. ", load)
        : "";
    Set<String> names = noisy.stream().map(Row::key).collect(Collectors.toCollection(HashSet::new));
    boolean cpu = report.recording().scenarios().stream()
        .anyMatch(s -> names.contains(s.key()) && s.metric().equals("wall") && !s.otherBase().isEmpty());
    return busy + "Let each run of such a scenario last longer"
        + (cpu ? ", or judge it by its CPU time, which the benchmark gives: <perfGate><cpu>." : ".");
  }

  private static String names(List<Row> rows) {
    return names(rows, r -> Verdicts.change(r.ratio()));
  }

  private static String names(List<Row> rows, Function<Row, String> what) {
    List<String> shown = rows.stream().sorted((a, b) -> Double.compare(b.ratio(), a.ratio())).limit(NAMES)
        .map(r -> Shown.name(r.key(), NAME) + " (" + what.apply(r) + ")").toList();
    return String.join(", ", shown) + (rows.size() > NAMES ? " and " + (rows.size() - NAMES) + " more" : "");
  }

  private String base() {
    return Verdicts.base(report.recording());
  }

  private static String counted(int n, String one, String many) {
    return n + " " + (n == 1 ? one : many);
  }

  private static String sentence(String text) {
    String first = text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    return first.endsWith(".") || first.endsWith(">") || first.contains("\n") ? first : first + ".";
  }
}
