package dev.plasmite.perf;

import java.util.Arrays;
import java.util.List;

/**
 * The robust estimates of one scenario after n pairs; all in natural logarithms of cost, so that 0.1 is about 10 %.
 *
 * @param samples what was measured
 * @param differences d_i = ln(candidate_i) - ln(base_i), in time order
 * @param slowdown m, the trimmed mean of the differences; after two pairs the larger one
 * @param variance of the winsorised differences
 * @param half f, by the faster half of each side's runs
 * @param quarter q, by the fastest quarter of each side's runs, at least two
 * @param belowFloor whether both medians are below the noise floor
 * @param constants of n pairs
 */
record Estimate(
    PairedSamples samples,
    double[] differences,
    double slowdown,
    double variance,
    Faster half,
    Faster quarter,
    boolean belowFloor,
    PairConstants constants) {

  /**
   * What the faster runs of both sides say; other programs only ever make a run slower.
   *
   * @param slowdown the difference between the means of the fastest runs of both sides
   * @param variance of the sides, their mean, when all slower values are pulled in to the fastest ones
   */
  record Faster(double slowdown, double variance) {}

  /** The estimates of at least two pairs of finite values above zero. */
  static Estimate of(PairedSamples samples, double floorMs) {
    int n = samples.pairs();
    double[] base = logs(samples.base());
    double[] candidate = logs(samples.candidate());
    double[] d = new double[n];
    for (int i = 0; i < n; i++) {
      d[i] = candidate[i] - base[i];
    }
    int half = (n + 1) / 2;
    int quarter = Math.max(2, (n + 3) / 4);
    double floor = Math.log(floorMs);
    return new Estimate(
        samples,
        d,
        location(d),
        variance(winsorised(d)),
        faster(base, candidate, half, Math.max(half, 2)),
        faster(base, candidate, quarter, Math.min(n, quarter + 1)),
        median(base) < floor && median(candidate) < floor,
        PairConstants.after(n));
  }

  int pairs() {
    return differences.length;
  }

  /** The variance of one difference, unbiased on normal data. */
  double ownVariance() {
    return variance / constants.pairs().mean();
  }

  /** Pairs that are pulled in at each end for the scale, and that an accusation must do without. */
  static int winsorised(int n) {
    return n >= 6 ? n / 4 : 0;
  }

  /** The (k+1)-th smallest difference. */
  double smallest(int k) {
    return sorted(differences)[k];
  }

  private static double location(double[] d) {
    int n = d.length;
    double[] z = sorted(d);
    if (n == 2) {
      return z[1]; // two pairs: the worse one must do
    }
    int trimmed = n <= 4 ? (n - 1) / 2 : n / 4;
    return mean(Arrays.copyOfRange(z, trimmed, n - trimmed));
  }

  private static double[] winsorised(double[] d) {
    int n = d.length;
    int w = winsorised(n);
    double[] z = sorted(d);
    Arrays.fill(z, 0, w, z[w]);
    Arrays.fill(z, n - w, n, z[n - w - 1]);
    return z;
  }

  /** By the counted smallest values of each side; their variance with all after the kept-th smallest pulled in. */
  private static Faster faster(double[] base, double[] candidate, int counted, int kept) {
    double[] b = sorted(base);
    double[] c = sorted(candidate);
    double slowdown = mean(Arrays.copyOf(c, counted)) - mean(Arrays.copyOf(b, counted));
    Arrays.fill(b, kept, b.length, b[kept - 1]);
    Arrays.fill(c, kept, c.length, c[kept - 1]);
    return new Faster(slowdown, (variance(b) + variance(c)) / 2);
  }

  /** The middle value, or the mean of the two in the middle. */
  static double median(double[] values) {
    double[] z = sorted(values);
    int n = z.length;
    return n % 2 == 1 ? z[n / 2] : (z[n / 2 - 1] + z[n / 2]) / 2;
  }

  static double[] sorted(double[] values) {
    double[] z = values.clone();
    Arrays.sort(z);
    return z;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum / (values.length - 1);
  }

  private static double[] logs(List<Double> values) {
    double[] out = new double[values.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.log(values.get(i));
    }
    return out;
  }
}
