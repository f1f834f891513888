package dev.plasmite.perf;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Runs of the candidate that fall into two groups far from each other, where all of the base's are with the faster one: a
 * slowdown that only some runs have. The faster runs of both sides can be alike all the same, so such a scenario may be
 * fine; it is then pointed out, not judged.
 *
 * @param slow runs of the candidate in the slower group
 * @param runs all its runs
 * @param times how much longer the slower group takes
 */
record TwoGroups(int slow, int runs, double times) {

  /** Fewer runs in a group may be a disturbance of the machine. */
  private static final int FEWEST = 2;

  private static final double LEAST = Math.log(1.3);

  /** The gap between the groups, in reaches of the wider one of what is on its sides. */
  private static final double CLEAR = 2;

  /** The groups, where they are clear. */
  static Optional<TwoGroups> of(List<Double> base, List<Double> candidate) {
    double[] b = logs(base);
    double[] c = logs(candidate);
    int n = c.length;
    if (n < 2 * FEWEST || b.length == 0) {
      return Optional.empty();
    }
    int first = FEWEST; // of the slower group
    for (int i = FEWEST; i <= n - FEWEST; i++) {
      if (c[i] - c[i - 1] > c[first] - c[first - 1]) {
        first = i;
      }
    }
    double gap = c[first] - c[first - 1];
    double reach = Math.max(c[first - 1] - c[0], c[n - 1] - c[first]);
    boolean baseIsFast = b[b.length - 1] < c[first] - gap / 2;
    if (gap < LEAST || gap < CLEAR * Math.max(reach, b[b.length - 1] - b[0]) || !baseIsFast) {
      return Optional.empty();
    }
    double times = Math.exp(mean(c, first, n) - mean(c, 0, first));
    return Optional.of(new TwoGroups(n - first, n, times));
  }

  private static double mean(double[] values, int from, int to) {
    return Arrays.stream(values, from, to).average().orElseThrow();
  }

  private static double[] logs(List<Double> values) {
    return values.stream().mapToDouble(Math::log).sorted().toArray();
  }
}
