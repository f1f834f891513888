package dev.plasmite.perf;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.PerfPlan;
import dev.plasmite.gate.PerfPolicy;
import dev.plasmite.gate.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The numbers by which a comparison is judged. Effects are fractions: 0.10 is 10 % slower.
 *
 * @param threshold T, the slowdown that the estimate of a scenario may show
 * @param thresholdAtCap the same at the last look, and what an accusation must reach
 * @param ruledOut M, the slowdown that must be ruled out before a scenario is fine
 * @param minimumEffect delta, the slowdown that must be proven before a scenario is accused
 * @param alphaPass error rate of ruling out M by the trimmed mean
 * @param alphaFast error rate of ruling out M by the fast halves
 * @param alphaFail error rate of an accusation, over the whole suite
 * @param priorWeight d0, the degrees of freedom that the suite's pooled noise stands for
 * @param cap the most pairs
 * @param failPairs pairs before an accusation
 * @param grossPairs pairs before an accusation of {@code gross} or worse
 * @param gross a slowdown that needs fewer pairs
 * @param steady the largest shift of the whole suite within a pair that still allows to stop after two pairs
 * @param minimumError the least standard error of a log ratio
 * @param floorMs below this median on both sides a scenario is not judged, in milliseconds
 */
public record Criteria(
    double threshold,
    double thresholdAtCap,
    double ruledOut,
    double minimumEffect,
    double alphaPass,
    double alphaFast,
    double alphaFail,
    double priorWeight,
    int cap,
    int failPairs,
    int grossPairs,
    double gross,
    double steady,
    double minimumError,
    double floorMs) {

  /** What is wrong with numbers that came from a file; empty when they can be judged by. */
  List<String> problems() {
    List<String> out = new ArrayList<>();
    range(out, "threshold", threshold, 0.001, 2);
    range(out, "thresholdAtCap", thresholdAtCap, threshold, 3);
    range(out, "ruledOut", ruledOut, threshold, 5);
    range(out, "minimumEffect", minimumEffect, 0, threshold);
    range(out, "alphaPass", alphaPass, 1e-9, 0.1);
    range(out, "alphaFast", alphaFast, 1e-9, 0.1);
    range(out, "alphaFail", alphaFail, 1e-9, 0.1);
    range(out, "priorWeight", priorWeight, 0, 100);
    range(out, "cap", cap, FIRST_LOOK, PairConstants.MOST);
    range(out, "failPairs", failPairs, FIRST_LOOK, PairConstants.MOST);
    range(out, "grossPairs", grossPairs, FIRST_LOOK, PairConstants.MOST);
    range(out, "gross", gross, 0, 10);
    range(out, "steady", steady, 0, 0.5);
    range(out, "minimumError", minimumError, 0, 0.1);
    range(out, "floorMs", floorMs, 0, 1000);
    return out;
  }

  private static void range(List<String> out, String name, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      out.add("\"criteria\" has the " + name + " " + value + ", which is not from " + least + " to " + most);
    }
  }

  /** The first look is after this many pairs. */
  static final int FIRST_LOOK = 2;

  /** From this many pairs the faster halves count as a second witness. */
  static final int HALF_PAIRS = 4;

  /** From this many pairs the fastest quarters count as a third witness, where there is no sign of a slowdown. */
  static final int QUARTER_PAIRS = 12;

  /** What is taken for a sign of a slowdown: the trimmed mean is above T at this level. */
  static final double ALPHA_SIGN = 0.05;

  private static final int CAP_FILTERED = 20;
  private static final int CAP_WHOLE = 12;

  /**
   * The published design for a tolerated slowdown of 10 %, scaled to another one.
   *
   * @param threshold the tolerated slowdown, such as 0.10
   * @param minimumEffect what must be proven at least; 0 for half the threshold
   * @param floorMs the noise floor in milliseconds
   * @param maxPairs cap on pairs; 0 for the design's own
   * @param filtered whether the benchmark can be told which scenarios to run; without it each look costs a whole run,
   *     so the design looks less often and accepts a little more risk at each look
   */
  public static Criteria of(double threshold, double minimumEffect, double floorMs, int maxPairs, boolean filtered) {
    return new Criteria(
        threshold,
        1.5 * threshold,
        2.5 * threshold,
        minimumEffect > 0 ? minimumEffect : 0.5 * threshold,
        filtered ? 0.01 : 0.025,
        filtered ? 0.005 : 0.01,
        0.01,
        6,
        maxPairs > 0 ? maxPairs : filtered ? CAP_FILTERED : CAP_WHOLE,
        6,
        4,
        0.50,
        0.05,
        0.002,
        floorMs);
  }

  /** The design as it is published: 10 %, at most 20 pairs, only open scenarios run again. */
  public static Criteria published() {
    return of(0.10, 0, 1e-4, 0, true);
  }

  /**
   * The criteria of a plan.
   *
   * @throws Refusal one finding for each number of the plan that is out of range
   */
  static Criteria of(PerfPlan plan) {
    List<Finding> wrong = new ArrayList<>();
    if (!(plan.threshold() >= 0.01 && plan.threshold() <= 2)) {
      wrong.add(
          Finding.of("<perfGate><threshold> is " + percent(plan.threshold()) + " %")
              .remedy("set it to a percentage from 1 to 200; 10 is a good start"));
    }
    double effect = plan.policy().minimumEffect();
    if (!(effect >= 0 && effect <= plan.threshold())) {
      wrong.add(
          Finding.of("<perfGate><minimumEffect> is " + percent(effect) + " %")
              .remedy("set it to a percentage from 0 to <threshold>, or leave it out"));
    }
    if (!(plan.policy().noiseFloor() >= 0 && plan.policy().noiseFloor() < 1000)) {
      wrong.add(
          Finding.of("<perfGate><noiseFloor> is " + plan.policy().noiseFloor() + " ms")
              .remedy("set it to milliseconds from 0 to 1000; 0.0001 is the default"));
    }
    if (plan.maxPairs() != 0 && (plan.maxPairs() < FIRST_LOOK || plan.maxPairs() > PairConstants.MOST)) {
      wrong.add(
          Finding.of("<perfGate><maxPairs> is " + plan.maxPairs())
              .remedy("set it from " + FIRST_LOOK + " to " + PairConstants.MOST + ", or leave it out"));
    }
    for (PerfPolicy.Waiver waiver : plan.policy().waivers()) {
      if (Stream.of(waiver.name(), waiver.scenario(), waiver.reason()).anyMatch(s -> s == null || s.isBlank())) {
        wrong.add(
            Finding.of("<perfGate><waivers> has a waiver without a name, a scenario or a reason")
                .remedy("a regression is only let through by name: write <name>, <scenario> and <reason>"));
      }
    }
    if (!wrong.isEmpty()) {
      throw new Refusal(wrong);
    }
    boolean filtered = plan.run().filter(command -> command.contains(BenchCommand.PLACEHOLDER)).isPresent();
    return of(plan.threshold(), effect, plan.policy().noiseFloor(), plan.maxPairs(), filtered);
  }

  private static String percent(double fraction) {
    return String.valueOf(Math.round(fraction * 1e6) / 1e4);
  }
}
