package dev.plasmite.perf;

import java.util.List;

/**
 * What the samples say.
 *
 * @param outcome the decision
 * @param reason why, when it does not follow from the scenarios: bad data, nothing to compare; else empty
 * @param scenarios one row each, in the order of the samples
 * @param pairs n, the pairs of the scenario that was run most often
 * @param pairNoise pooled standard deviation of one pair's log ratio
 * @param shifts the whole suite's median log ratio in each pair that all scenarios ran
 * @param steady whether the machine was steady enough to stop after two pairs
 */
public record Judgement(
    Outcome outcome,
    String reason,
    List<Row> scenarios,
    int pairs,
    double pairNoise,
    List<Double> shifts,
    boolean steady) {

  public Judgement {
    scenarios = List.copyOf(scenarios);
    shifts = List.copyOf(shifts);
  }

  /** The decision after a look at the samples. */
  public enum Outcome {
    /** Every gated scenario is fine. */
    PASS,
    /** At least one gated scenario is proven slower. */
    REGRESSED,
    /** One more pair of the open scenarios is wanted. */
    CONTINUE,
    /** No more pairs, and not every gated scenario is fine. */
    INCONCLUSIVE
  }

  /** What is known of a scenario. */
  public enum State {
    /** A slowdown of M is ruled out and the estimate is within T. */
    FINE,
    /** Proven slower. */
    REGRESSED,
    /** The estimate is beyond T, and not proven. */
    SLOW,
    /** The estimate is within T, and M is not ruled out. */
    NOISY,
    /** Too fast to be timed. */
    BELOW_FLOOR;

    /** Whether more pairs could tell. */
    public boolean open() {
      return this == SLOW || this == NOISY;
    }
  }

  /**
   * One scenario.
   *
   * @param key the scenario
   * @param gated whether it counts
   * @param state what is known of it
   * @param pairs pairs it was run
   * @param baseMs median cost of the base, in milliseconds
   * @param candidateMs median cost of the candidate, in milliseconds
   * @param ratio candidate to base, by the trimmed mean
   * @param fastRatio candidate to base, by the faster halves
   * @param upper the ratio that is ruled out, by the trimmed mean or by the faster halves
   * @param lower the ratio that is proven, corrected for the number of scenarios
   * @param pairNoise its own standard deviation of one pair's log ratio
   */
  public record Row(
      String key,
      boolean gated,
      State state,
      int pairs,
      double baseMs,
      double candidateMs,
      double ratio,
      double fastRatio,
      double upper,
      double lower,
      double pairNoise) {}

  /** The gated scenarios in a state. */
  public List<Row> gated(State state) {
    return scenarios.stream().filter(r -> r.gated() && r.state() == state).toList();
  }

  /** Keys of the gated scenarios that more pairs could settle. */
  public List<String> open() {
    return scenarios.stream().filter(r -> r.gated() && r.state().open()).map(Row::key).toList();
  }

  static Judgement without(Outcome outcome, String reason, int pairs) {
    return new Judgement(outcome, reason, List.of(), pairs, Double.NaN, List.of(), false);
  }
}
