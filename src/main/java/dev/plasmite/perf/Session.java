package dev.plasmite.perf;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Progress;
import dev.plasmite.gate.Refusal;
import dev.plasmite.perf.Judgement.Outcome;
import dev.plasmite.perf.Recording.Run;
import dev.plasmite.perf.format.Measurement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** One comparison: a discarded run of each side, then pairs of runs until the samples are enough for a verdict. */
final class Session {

  /** What the discarded runs are called. */
  static final String SMOKE = "smoke run";

  /** The clocks may part this far without the machine having slept. */
  private static final Duration CLOCK_SLACK = Duration.ofSeconds(5);

  /** Pairs that may be lost to a sleeping machine. */
  private static final int LOST_PAIRS = 3;

  private final BenchCommand bench;
  private final PairGate gate;
  private final Roles roles;
  private final Duration budget;
  private final HostWatch host;
  private final Progress progress;
  private final Ticks ticks;
  private final UnaryOperator<Map<String, Measurement>> lens;

  private final Map<String, Measuring> suite = new LinkedHashMap<>();
  private final List<Run> runs = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final StringBuilder order = new StringBuilder();
  private int lost;

  /**
   * @param budget limit of the measuring; zero for none
   * @param lens through which the candidate's runs are seen; {@link UnaryOperator#identity()} but for self-tests
   */
  Session(
      BenchCommand bench,
      PairGate gate,
      Roles roles,
      Duration budget,
      HostWatch host,
      Progress progress,
      Ticks ticks,
      UnaryOperator<Map<String, Measurement>> lens) {
    this.bench = bench;
    this.gate = gate;
    this.roles = roles;
    this.budget = budget;
    this.host = host;
    this.progress = progress;
    this.ticks = ticks;
    this.lens = lens;
  }

  /**
   * What came of it.
   *
   * @param recording all that was measured
   * @param judgement what it says
   * @param findings what was found besides the numbers: scenarios that are new, that vanished
   */
  record Measured(Recording recording, Judgement judgement, List<Finding> findings) {}

  /**
   * Measures; at most once for a session.
   *
   * @throws Refusal when a run fails or its result is unusable
   */
  Measured measure(Side base, Side candidate) {
    compare(base, timed(base, 0, Set.of()), timed(candidate, 0, Set.of()));
    if (findings.stream().anyMatch(Finding::blocks)) {
      return new Measured(
          recording(base, candidate, false, "the scenarios of both sides differ", findings),
          Judgement.without(Outcome.INCONCLUSIVE, "the scenarios of both sides differ", 0),
          Most.of(findings));
    }
    long start = ticks.nanos();
    int cap = gate.criteria().cap();
    Set<String> open = new LinkedHashSet<>(suite.keySet());
    Judgement judgement = Judgement.without(Outcome.CONTINUE, "", 0);
    String stopped = "";
    for (int n = 1; n <= cap; n++) {
      long pairStart = ticks.nanos();
      Optional<String> hopeless = host.hopeless();
      if (hopeless.isPresent()) {
        stopped = hopeless.get() + " after " + (n - 1) + " pairs";
        break;
      }
      while (!pair(base, candidate, n, open)) {
        if (++lost > LOST_PAIRS) {
          throw new Refusal(
              Finding.unknown("the machine slept, or its clock was set, in " + lost + " pairs of runs")
                  .remedy("keep it awake while the gate measures"));
        }
      }
      if (n < Criteria.FIRST_LOOK) {
        progress.line("perf-gate: pair " + n + " of at most " + cap + ": " + Shown.scenarios(suite.size())
            + left(start, pairStart, cap - n));
        continue;
      }
      judgement = gate.judge(suite.values().stream().map(m -> m.recorded().paired()).toList(), n == cap);
      show(n, cap, judgement, left(start, pairStart, cap - n));
      if (judgement.outcome() != Outcome.CONTINUE) {
        break;
      }
      if (!budget.isZero() && ticks.nanos() - start > budget.toNanos()) {
        stopped = "the time budget of " + budget.toSeconds() + " s is used up after " + n + " pairs";
        break;
      }
      if (bench.filters()) {
        open = openOf(judgement);
      }
    }
    boolean last = judgement.pairs() == cap;
    return new Measured(recording(base, candidate, last, stopped, List.of()), Verdicts.stopped(judgement, stopped), Most.of(findings));
  }

  /** What there is when a build, the host or {@link #measure} refused. */
  Measured broken(Side base, Side candidate, List<Finding> findings) {
    String why = findings.get(0).what();
    return new Measured(
        recording(base, candidate, false, why, findings), Judgement.without(Outcome.INCONCLUSIVE, why, 0), findings);
  }

  private static Set<String> openOf(Judgement judgement) {
    Set<String> out = new LinkedHashSet<>();
    judgement.scenarios().stream().filter(r -> r.state().open()).forEach(r -> out.add(r.key()));
    return out;
  }

  /** Runs a pair; false when the machine slept in between and its values do not count. */
  private boolean pair(Side base, Side candidate, int n, Set<String> open) {
    Instant wall = ticks.wall();
    long nanos = ticks.nanos();
    int firstRun = runs.size();
    boolean baseFirst = RunOrder.baseFirst(n - 1);
    Map<String, Measurement> first = timed(baseFirst ? base : candidate, n, open);
    Map<String, Measurement> second = timed(baseFirst ? candidate : base, n, open);
    Duration parted = Duration.between(wall, ticks.wall()).minusNanos(ticks.nanos() - nanos).abs();
    if (parted.compareTo(CLOCK_SLACK) > 0) {
      progress.line("perf-gate: the machine slept for about " + parted.toSeconds() + " s; pair " + n + " is run again");
      for (int i = firstRun; i < runs.size(); i++) {
        Run r = runs.get(i);
        runs.set(i, new Run(r.side(), r.pair(), false, r.started(), r.seconds(), r.host()));
      }
      return false;
    }
    Map<String, Measurement> ofBase = baseFirst ? first : second;
    Map<String, Measurement> ofCandidate = baseFirst ? second : first;
    check(base, n, ofBase, open);
    check(candidate, n, ofCandidate, open);
    for (String key : open) {
      suite.get(key).add(true, ofBase.get(key));
      suite.get(key).add(false, ofCandidate.get(key));
    }
    order.append(baseFirst ? "BC" : "CB");
    return true;
  }

  private Map<String, Measurement> timed(Side side, int pair, Set<String> open) {
    HostState before = host.note();
    Instant started = ticks.wall();
    long nanos = ticks.nanos();
    List<String> wanted =
        open.size() == suite.size() ? List.of() : open.stream().map(key -> suite.get(key).selector()).toList();
    if (pair == 0) {
      progress.line("perf-gate: smoke run of " + side.shown());
    }
    Map<String, Measurement> result = bench.run(side, pair == 0 ? SMOKE : "run " + pair, wanted);
    runs.add(new Run(side.role(), pair, pair > 0, started, (ticks.nanos() - nanos) / 1e9, before));
    return side.role().equals("candidate") ? lens.apply(result) : result;
  }

  private void compare(Side base, Map<String, Measurement> ofBase, Map<String, Measurement> ofCandidate) {
    for (Measurement m : ofBase.values()) {
      Measurement other = ofCandidate.get(m.key());
      if (other == null) {
        findings.add(
            roles.mayVanish(m.key())
                ? Finding.warning("scenario " + m.key() + " was removed, as declared").at(Place.file(m.key()))
                : Finding.of("scenario " + m.key() + " of " + base.shown() + " is gone").at(Place.file(m.key()))
                    .remedy("bring it back, or declare it: <perfGate><removed>"));
        continue;
      }
      String role =
          roles.waiver(m.key()).map(w -> Recording.Scenario.WAIVED + w.name())
              .orElse(roles.gated(m.key()) ? Recording.Scenario.GATED : Recording.Scenario.ADVISORY);
      Measuring measuring = new Measuring(m, roles.onCpuTime(m.key()), role);
      for (Measurement side : List.of(m, other)) {
        String mismatch = measuring.mismatch(side);
        if (!mismatch.isEmpty()) {
          findings.add(Finding.of(mismatch).at(Place.file(m.key()))
              .remedy("mend the benchmark, or the configuration of <perfGate>"));
          break;
        }
      }
      suite.put(m.key(), measuring);
    }
    ofCandidate.keySet().stream()
        .filter(key -> !ofBase.containsKey(key))
        .forEach(key -> findings.add(Finding.warning("scenario " + key + " is new, so it is not judged")
            .at(Place.file(key))));
    roles.withoutUse(suite.keySet()).forEach(w -> findings.add(
        Finding.warning("waiver " + w.name() + " covers no scenario: " + w.scenario())
            .remedy("remove it from <perfGate><waivers>")));
    if (suite.isEmpty()) {
      findings.add(
          Finding.unknown("no scenario is measured on both sides, so nothing can be compared")
              .remedy("compare with a release whose benchmark has the same scenarios: <baseTag>"));
    }
  }

  private void check(Side side, int n, Map<String, Measurement> result, Set<String> open) {
    List<Finding> wrong = new ArrayList<>();
    for (String key : open) {
      Measurement m = result.get(key);
      String what = m == null ? "scenario " + key + " is missing from this run" : suite.get(key).mismatch(m);
      if (!what.isEmpty()) {
        wrong.add(
            Finding.of("run " + n + " of " + side.shown() + ": " + what).at(Place.file(side.shown()))
                .remedy("a benchmark must print the same scenarios in every run"
                    + (bench.filters() ? ", and those that " + BenchCommand.PLACEHOLDER + " names" : "")));
      }
    }
    if (!wrong.isEmpty()) {
      throw new Refusal(Most.of(wrong));
    }
  }

  private void show(int n, int cap, Judgement judgement, String left) {
    int gated = (int) judgement.scenarios().stream().filter(Judgement.Row::gated).count();
    progress.line(
        "perf-gate: pair " + n + " of at most " + cap + ": " + judgement.open().size() + " of " + Shown.scenarios(gated)
            + " open" + (judgement.outcome() == Outcome.CONTINUE ? left : ""));
  }

  /** What is left if all pairs take as long as this one and none is spared; not more than the time budget. */
  private String left(long start, long pairStart, int pairs) {
    Duration all = Duration.ofNanos(ticks.nanos() - pairStart).multipliedBy(pairs);
    Duration budgeted = budget.minusNanos(ticks.nanos() - start);
    long seconds = (budget.isZero() || all.compareTo(budgeted) < 0 ? all : budgeted).toSeconds();
    return seconds <= 0 ? "" : ", at most " + (seconds < 120 ? seconds + " s" : seconds / 60 + " min") + " left";
  }

  private Recording recording(
      Side base, Side candidate, boolean last, String stopped, List<Finding> blocking) {
    return new Recording(
        new Recording.Version(base.shown(), base.commit()),
        new Recording.Version(candidate.shown(), candidate.commit()),
        Optional.of(gate.criteria()),
        order.toString(),
        last,
        stopped,
        blocking.stream().filter(f -> f.severity() == Finding.Severity.ERROR).map(Finding::what).toList(),
        suite.values().stream().map(Measuring::recorded).toList(),
        runs,
        host.host().description());
  }
}
