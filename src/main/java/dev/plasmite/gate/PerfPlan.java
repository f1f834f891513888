package dev.plasmite.gate;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How performance is measured and judged.
 *
 * @param build commands that build the benchmark in a checkout, in order
 * @param run the command that runs the benchmark in a checkout and prints its result; {@code {scenarios}} in it is
 *     replaced by the scenarios that are still open, separated by commas, or by nothing when all are wanted
 * @param format the result's format, by name
 * @param resultFile file, relative to the checkout, that holds the result; empty when it is printed
 * @param threshold slowdown that is tolerated, as a fraction: 0.10 for 10 %
 * @param advisory patterns (globs) of scenarios that are shown and not gated
 * @param maxPairs cap on pairs of runs; 0 for the default
 * @param runTimeout limit of one benchmark run
 * @param policy what else the maintainer decided beforehand
 */
public record PerfPlan(
    List<String> build,
    Optional<String> run,
    String format,
    Optional<String> resultFile,
    double threshold,
    List<String> advisory,
    int maxPairs,
    Duration runTimeout,
    PerfPolicy policy) {

  public PerfPlan {
    build = List.copyOf(build);
    advisory = List.copyOf(advisory);
  }

  /** A plan with the default policy. */
  public PerfPlan(
      List<String> build,
      Optional<String> run,
      String format,
      Optional<String> resultFile,
      double threshold,
      List<String> advisory,
      int maxPairs,
      Duration runTimeout) {
    this(build, run, format, resultFile, threshold, advisory, maxPairs, runTimeout, PerfPolicy.defaults());
  }
}
