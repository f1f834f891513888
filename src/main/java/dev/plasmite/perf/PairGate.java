package dev.plasmite.perf;

import dev.plasmite.perf.Judgement.Outcome;
import dev.plasmite.perf.Judgement.Row;
import dev.plasmite.perf.Judgement.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The decision: paired log ratios, robust estimates, noise pooled over the suite, looks after each pair. A pure
 * function of the samples and the criteria, so that recorded samples give the same verdict again. The formulas and
 * their sources are in docs/perf-gate.md.
 */
public final class PairGate {

  private final Criteria criteria;
  private final double lnT;
  private final double lnTcap;
  private final double lnM;
  private final double lnDelta;

  public PairGate(Criteria criteria) {
    this.criteria = criteria;
    this.lnT = Math.log1p(criteria.threshold());
    this.lnTcap = Math.log1p(criteria.thresholdAtCap());
    this.lnM = Math.log1p(criteria.ruledOut());
    this.lnDelta = Math.log1p(criteria.minimumEffect());
  }

  public Criteria criteria() {
    return criteria;
  }

  /**
   * Judges what has been measured so far.
   *
   * <p>A scenario with fewer pairs than the others has not been run again because it was fine at an earlier look; that
   * is looked up in the samples, not believed.
   *
   * @param suite all comparable scenarios
   * @param last whether no more pairs will be run; never {@link Outcome#CONTINUE} then
   */
  public Judgement judge(List<PairedSamples> suite, boolean last) {
    int n = suite.stream().mapToInt(PairedSamples::pairs).max().orElse(0);
    String bad = unusable(suite, n);
    if (!bad.isEmpty()) {
      return Judgement.without(Outcome.INCONCLUSIVE, bad, n);
    }
    Judgement now = look(suite, n, last);
    Set<Integer> earlier = new TreeSet<>();
    suite.stream().filter(s -> s.gated() && s.pairs() < n).forEach(s -> earlier.add(s.pairs()));
    List<String> unproven = new ArrayList<>();
    for (int k : earlier) {
      Set<String> fine = new HashSet<>();
      look(suite, k, false).scenarios().stream().filter(r -> !r.state().open() && r.state() != State.REGRESSED)
          .forEach(r -> fine.add(r.key()));
      suite.stream().filter(s -> s.gated() && s.pairs() == k && !fine.contains(s.key()))
          .forEach(s -> unproven.add(s.key()));
    }
    if (!unproven.isEmpty()) {
      return new Judgement(
          Outcome.INCONCLUSIVE,
          "fewer pairs than the others, and not fine when they ended: " + String.join(", ", unproven),
          now.scenarios(), n, now.pairNoise(), now.shifts(), now.steady());
    }
    return now;
  }

  private String unusable(List<PairedSamples> suite, int n) {
    if (suite.stream().noneMatch(PairedSamples::gated)) {
      return suite.isEmpty() ? "no comparable scenario" : "no gated scenario: all are advisory";
    }
    if (n > criteria.cap() || n > PairConstants.MOST) {
      return n + " pairs, more than the cap of " + criteria.cap();
    }
    Set<String> keys = new HashSet<>();
    for (PairedSamples s : suite) {
      if (!keys.add(s.key())) {
        return "scenario " + s.key() + " is there twice";
      }
      if (s.base().size() != s.candidate().size()) {
        return "scenario " + s.key() + " has " + s.base().size() + " values of the base and " + s.candidate().size()
            + " of the candidate";
      }
      if (s.pairs() < Criteria.FIRST_LOOK) {
        return "scenario " + s.key() + " has fewer than " + Criteria.FIRST_LOOK + " pairs";
      }
      for (List<Double> side : List.of(s.base(), s.candidate())) {
        for (double value : side) {
          if (!(value > 0) || Double.isInfinite(value)) {
            return "scenario " + s.key() + " has the value " + value;
          }
        }
      }
    }
    return "";
  }

  /** The look after n pairs; scenarios with fewer pairs are taken as they are, and as fine. */
  private Judgement look(List<PairedSamples> suite, int n, boolean last) {
    List<Estimate> all = suite.stream().map(s -> Estimate.of(s.first(n), criteria.floorMs())).toList();
    double pooled = median(all, e -> e.variance() / e.constants().varianceMedian());
    double pooledFast = median(all, e -> e.fastVariance() / e.constants().fastMedian());
    List<Double> shifts = shifts(all);
    double limit = Math.log1p(criteria.steady());
    boolean steady = shifts.stream().limit(Criteria.FIRST_LOOK).allMatch(s -> Math.abs(s) <= limit);
    int gated = (int) suite.stream().filter(PairedSamples::gated).count();
    Map<Integer, Margins> margins = new HashMap<>();
    List<Row> rows = new ArrayList<>();
    for (Estimate e : all) {
      Margins t = margins.computeIfAbsent(e.pairs(), k -> Margins.of(criteria, k, gated));
      rows.add(row(e, t, n, last, pooled, pooledFast, steady));
    }
    boolean accused = rows.stream().anyMatch(r -> r.gated() && r.state() == State.REGRESSED);
    boolean open = rows.stream().anyMatch(r -> r.gated() && r.state().open());
    Outcome outcome =
        accused ? Outcome.REGRESSED : !open ? Outcome.PASS : last ? Outcome.INCONCLUSIVE : Outcome.CONTINUE;
    return new Judgement(outcome, "", rows, n, Math.sqrt(pooled), shifts, steady);
  }

  private Row row(Estimate e, Margins t, int n, boolean last, double pooled, double pooledFast, boolean steady) {
    PairConstants c = e.constants();
    double d0 = criteria.priorWeight();
    double df = d0 + c.varianceDf();
    double unit = c.kappa() / Math.sqrt(e.pairs());
    double own = e.ownVariance();
    double se = Math.max(criteria.minimumError(), unit * Math.sqrt((d0 * pooled + c.varianceDf() * own) / df));
    double m = e.slowdown();
    double upper = m + t.pass() * se;
    double lower = m - t.fail() * Math.max(se, unit * Math.sqrt(own));
    double limit = last ? lnTcap : lnT;
    boolean fine = upper <= lnM && m <= limit && (e.pairs() > Criteria.FIRST_LOOK || steady);
    if (e.pairs() >= Criteria.FAST_PAIRS) {
      double fastUpper = e.fastSlowdown() + t.fast() * fastError(e, pooledFast);
      fine |= fastUpper <= lnM && e.fastSlowdown() <= limit;
      upper = Math.min(upper, fastUpper);
    }
    State state;
    if (e.belowFloor()) {
      state = State.BELOW_FLOOR;
    } else if (fine || e.pairs() < n && e.samples().gated()) {
      state = State.FINE;
    } else if (accused(e, lower)) {
      state = State.REGRESSED;
    } else {
      state = m > limit ? State.SLOW : State.NOISY;
    }
    return new Row(
        e.samples().key(),
        e.samples().gated(),
        state,
        e.pairs(),
        median(e.samples().base()),
        median(e.samples().candidate()),
        Math.exp(m),
        Math.exp(e.fastSlowdown()),
        Math.exp(upper),
        Math.exp(lower),
        Math.sqrt(own));
  }

  private double fastError(Estimate e, double pooledFast) {
    PairConstants c = e.constants();
    double d0 = criteria.priorWeight();
    double df = d0 + c.fastDf();
    double variance = (d0 * pooledFast + c.fastDf() * e.fastVariance() / c.fastMean()) / df;
    return Math.max(criteria.minimumError(), c.fastKappa() * Math.sqrt(variance));
  }

  private boolean accused(Estimate e, double lower) {
    int n = e.pairs();
    boolean enough =
        n >= criteria.failPairs() || n >= criteria.grossPairs() && e.slowdown() >= Math.log1p(criteria.gross());
    return enough
        && e.slowdown() >= lnTcap
        && e.fastSlowdown() >= lnTcap
        && e.smallest(Estimate.winsorised(n)) > lnDelta
        && lower > lnDelta;
  }

  /** The suite's median difference in each pair that every scenario ran. */
  private static List<Double> shifts(List<Estimate> all) {
    int common = all.stream().mapToInt(Estimate::pairs).min().orElse(0);
    List<Double> out = new ArrayList<>();
    for (int i = 0; i < common; i++) {
      int pair = i;
      out.add(median(all, e -> e.differences()[pair]));
    }
    return out;
  }

  /** How many standard errors each question needs after n pairs: Student's t quantiles. */
  private record Margins(double pass, double fast, double fail) {

    static Margins of(Criteria criteria, int n, int gated) {
      double df = criteria.priorWeight() + PairConstants.after(n).varianceDf();
      double fastDf = criteria.priorWeight() + PairConstants.after(n).fastDf();
      return new Margins(
          quantile(criteria.alphaPass(), df),
          quantile(criteria.alphaFast(), fastDf),
          quantile(criteria.alphaFail() / Math.max(1, gated), df));
    }

    private static double quantile(double alpha, double degreesOfFreedom) {
      return TDistribution.of(degreesOfFreedom).inverseSurvivalProbability(alpha);
    }
  }

  private static double median(List<Estimate> all, java.util.function.ToDoubleFunction<Estimate> what) {
    return Estimate.median(all.stream().mapToDouble(what).toArray());
  }

  private static double median(List<Double> values) {
    return Estimate.median(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
