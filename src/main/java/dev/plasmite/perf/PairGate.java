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
    Pooled pooled =
        new Pooled(
            median(all, e -> e.variance() / e.constants().pairs().median()),
            median(all, e -> e.half().variance() / e.constants().half().median()),
            median(all, e -> e.quarter().variance() / e.constants().quarter().median()));
    List<Double> shifts = shifts(all);
    double limit = Math.log1p(criteria.steady());
    boolean steady = shifts.stream().limit(Criteria.FIRST_LOOK).allMatch(s -> Math.abs(s) <= limit);
    int gated = (int) suite.stream().filter(PairedSamples::gated).count();
    Map<Integer, Margins> margins = new HashMap<>();
    List<Row> rows = new ArrayList<>();
    for (Estimate e : all) {
      Margins t = margins.computeIfAbsent(e.pairs(), k -> Margins.of(criteria, k, gated));
      rows.add(row(e, t, n, last, pooled, steady));
    }
    boolean accused = rows.stream().anyMatch(r -> r.gated() && r.state() == State.REGRESSED);
    boolean open = rows.stream().anyMatch(r -> r.gated() && r.state().open());
    Outcome outcome =
        accused ? Outcome.REGRESSED : !open ? Outcome.PASS : last ? Outcome.INCONCLUSIVE : Outcome.CONTINUE;
    return new Judgement(outcome, "", rows, n, Math.sqrt(pooled.pairs()), shifts, steady);
  }

  private Row row(Estimate e, Margins t, int n, boolean last, Pooled pooled, boolean steady) {
    PairConstants c = e.constants();
    double m = e.slowdown();
    double root = Math.sqrt(e.pairs());
    double se = Math.max(criteria.minimumError(), error(c.pairs(), pooled.pairs(), e.variance()) / root);
    double upper = m + t.pass() * se;
    double lower = m - t.fail() * Math.max(se, c.pairs().kappa() * Math.sqrt(e.ownVariance()) / root);
    double limit = last ? lnTcap : lnT;
    boolean fine = upper <= lnM && m <= limit && (e.pairs() > Criteria.FIRST_LOOK || steady);
    if (e.pairs() >= Criteria.HALF_PAIRS) {
      double half = e.half().slowdown() + t.half() * error(c.half(), pooled.half(), e.half());
      fine |= half <= lnM && e.half().slowdown() <= limit;
      upper = Math.min(upper, half);
    }
    if (e.pairs() >= Criteria.QUARTER_PAIRS && m - t.sign() * se <= lnT) {
      double quarter = e.quarter().slowdown() + t.quarter() * error(c.quarter(), pooled.quarter(), e.quarter());
      fine |= quarter <= lnM && e.quarter().slowdown() <= limit;
      upper = Math.min(upper, quarter);
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
        Math.exp(e.half().slowdown()),
        Math.exp(upper),
        Math.exp(lower),
        Math.sqrt(e.ownVariance()));
  }

  /** The standard error of an estimate, by its own variance moderated with the pooled one. */
  private double error(PairConstants.Of c, double pooled, double variance) {
    double d0 = criteria.priorWeight();
    return c.kappa() * Math.sqrt((d0 * pooled + c.df() * variance / c.mean()) / (d0 + c.df()));
  }

  private double error(PairConstants.Of c, double pooled, Estimate.Faster faster) {
    return Math.max(criteria.minimumError(), error(c, pooled, faster.variance()));
  }

  private boolean accused(Estimate e, double lower) {
    int n = e.pairs();
    boolean enough =
        n >= criteria.failPairs() || n >= criteria.grossPairs() && e.slowdown() >= Math.log1p(criteria.gross());
    return enough
        && e.slowdown() >= lnTcap
        && e.half().slowdown() >= lnTcap
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

  /** The noise that all scenarios have in common: variances of a pair's difference, and of the faster runs. */
  private record Pooled(double pairs, double half, double quarter) {}

  /** How many standard errors each question needs after n pairs: Student's t quantiles. */
  private record Margins(double pass, double half, double quarter, double fail, double sign) {

    static Margins of(Criteria criteria, int n, int gated) {
      PairConstants c = PairConstants.after(n);
      double df = criteria.priorWeight() + c.pairs().df();
      return new Margins(
          quantile(criteria.alphaPass(), df),
          quantile(criteria.alphaFast(), criteria.priorWeight() + c.half().df()),
          quantile(criteria.alphaFast(), criteria.priorWeight() + c.quarter().df()),
          quantile(criteria.alphaFail() / Math.max(1, gated), df),
          quantile(Criteria.ALPHA_SIGN, df));
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
