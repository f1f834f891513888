package dev.plasmite.perf;

/**
 * How the robust estimates of {@link Estimate} behave on normal data after n pairs, found by simulation (300,000 to
 * 400,000 normal samples for each n). docs/perf-gate.md says how they are used.
 *
 * @param pairs of the trimmed mean of the pairs' differences, times sqrt(n), and of their winsorised variance
 * @param half of the difference of the two means of the faster halves, and of the upper-winsorised variance of both sides
 * @param quarter the same of the fastest quarters
 */
record PairConstants(Of pairs, Of half, Of quarter) {

  /**
   * An estimate and its variance on normal data, all in units of the true one.
   *
   * @param kappa standard deviation of the estimate
   * @param median median of the robust variance
   * @param mean mean of the robust variance
   * @param df its effective degrees of freedom
   */
  record Of(double kappa, double median, double mean, double df) {}

  static final int FEWEST = 2;
  static final int MOST = 20;

  /** From two pairs on: kappa, median, mean and df of the pairs, of the halves, of the quarters. */
  private static final double[][] TABLE = {
    {0.9994, 0.4575, 1.0029, 1.0, 1.1668, 0.6932, 1.0019, 1.992, 0.9969, 0.691, 0.9994, 1.9924},
    {1.1592, 0.693, 1.0004, 1.993, 0.8843, 0.2545, 0.3903, 1.733, 0.8812, 0.839, 0.9989, 4.0},
    {1.0926, 0.7869, 0.9993, 2.989, 0.8198, 0.1416, 0.2249, 1.602, 0.8198, 0.4562, 0.5573, 3.5777},
    {1.0657, 0.8379, 0.9996, 3.974, 0.7015, 0.2986, 0.3696, 3.355, 0.776, 0.2992, 0.3708, 3.3516},
    {1.0504, 0.3349, 0.4487, 2.504, 0.6689, 0.2154, 0.2702, 3.221, 0.746, 0.2158, 0.2705, 3.2083},
    {1.041, 0.4249, 0.5242, 3.417, 0.5993, 0.3127, 0.3614, 4.939, 0.7235, 0.166, 0.2097, 3.1049},
    {1.0861, 0.1849, 0.2568, 2.249, 0.5795, 0.2499, 0.2903, 4.799, 0.7014, 0.1332, 0.1695, 3.0242},
    {1.0731, 0.2568, 0.3251, 3.098, 0.5325, 0.32, 0.3566, 6.566, 0.6104, 0.2059, 0.2406, 4.6529},
    {1.0641, 0.3199, 0.3829, 3.991, 0.5194, 0.2694, 0.3011, 6.394, 0.596, 0.1738, 0.2038, 4.5943},
    {1.0565, 0.3736, 0.4321, 4.909, 0.4835, 0.3245, 0.3539, 8.145, 0.5855, 0.1496, 0.1757, 4.5222},
    {1.0864, 0.224, 0.2723, 3.738, 0.4737, 0.2821, 0.3084, 8.0, 0.5763, 0.1307, 0.1542, 4.4312},
    {1.0783, 0.2711, 0.3172, 4.601, 0.4459, 0.327, 0.3517, 9.767, 0.5198, 0.1782, 0.2008, 6.0688},
    {1.0705, 0.3137, 0.3573, 5.485, 0.4395, 0.2908, 0.313, 9.608, 0.5129, 0.1587, 0.1793, 5.9991},
    {1.0649, 0.3512, 0.3933, 6.38, 0.4167, 0.3285, 0.3499, 11.353, 0.5055, 0.1432, 0.1618, 5.9441},
    {1.087, 0.243, 0.2793, 5.227, 0.4111, 0.2973, 0.3166, 11.191, 0.499, 0.1296, 0.147, 5.8689},
    {1.0806, 0.278, 0.3126, 6.132, 0.3926, 0.3304, 0.3487, 12.955, 0.4619, 0.1647, 0.1814, 7.5091},
    {1.0761, 0.3095, 0.3432, 6.98, 0.3885, 0.3022, 0.3194, 12.8, 0.4569, 0.1511, 0.1668, 7.4059},
    {1.0688, 0.3397, 0.3717, 7.867, 0.3728, 0.3313, 0.3479, 14.563, 0.4519, 0.1394, 0.154, 7.3571},
    {1.0883, 0.2542, 0.2832, 6.707, 0.3677, 0.3065, 0.3218, 14.37, 0.4479, 0.1291, 0.1427, 7.3153}
  };

  /** The constants after n pairs, for n from {@value #FEWEST} to {@value #MOST}. */
  static PairConstants after(int n) {
    double[] r = TABLE[n - FEWEST];
    return new PairConstants(
        new Of(r[0], r[1], r[2], r[3]), new Of(r[4], r[5], r[6], r[7]), new Of(r[8], r[9], r[10], r[11]));
  }
}
