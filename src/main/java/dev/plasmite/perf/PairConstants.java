package dev.plasmite.perf;

/**
 * How the robust estimates of {@link Estimate} behave on normal data after n pairs, found by simulation (300,000 to
 * 400,000 normal samples for each n). docs/perf-gate.md says how they are used.
 *
 * @param kappa standard deviation of the trimmed mean, times sqrt(n), in units of the true one
 * @param varianceMedian median of the winsorised variance, in units of the true one
 * @param varianceMean its mean
 * @param varianceDf its effective degrees of freedom
 * @param fastKappa standard deviation of the difference of the two fast-half means
 * @param fastMedian median of the mean upper-winsorised variance of both sides
 * @param fastMean its mean
 * @param fastDf its effective degrees of freedom
 */
record PairConstants(
    double kappa,
    double varianceMedian,
    double varianceMean,
    double varianceDf,
    double fastKappa,
    double fastMedian,
    double fastMean,
    double fastDf) {

  static final int FEWEST = 2;
  static final int MOST = 20;

  private static final double[][] TABLE = {
    {0.9994, 0.4575, 1.0029, 1.0, 1.1668, 0.6932, 1.0019, 1.992},
    {1.1592, 0.693, 1.0004, 1.993, 0.8843, 0.2545, 0.3903, 1.733},
    {1.0926, 0.7869, 0.9993, 2.989, 0.8198, 0.1416, 0.2249, 1.602},
    {1.0657, 0.8379, 0.9996, 3.974, 0.7015, 0.2986, 0.3696, 3.355},
    {1.0504, 0.3349, 0.4487, 2.504, 0.6689, 0.2154, 0.2702, 3.221},
    {1.041, 0.4249, 0.5242, 3.417, 0.5993, 0.3127, 0.3614, 4.939},
    {1.0861, 0.1849, 0.2568, 2.249, 0.5795, 0.2499, 0.2903, 4.799},
    {1.0731, 0.2568, 0.3251, 3.098, 0.5325, 0.32, 0.3566, 6.566},
    {1.0641, 0.3199, 0.3829, 3.991, 0.5194, 0.2694, 0.3011, 6.394},
    {1.0565, 0.3736, 0.4321, 4.909, 0.4835, 0.3245, 0.3539, 8.145},
    {1.0864, 0.224, 0.2723, 3.738, 0.4737, 0.2821, 0.3084, 8.0},
    {1.0783, 0.2711, 0.3172, 4.601, 0.4459, 0.327, 0.3517, 9.767},
    {1.0705, 0.3137, 0.3573, 5.485, 0.4395, 0.2908, 0.313, 9.608},
    {1.0649, 0.3512, 0.3933, 6.38, 0.4167, 0.3285, 0.3499, 11.353},
    {1.087, 0.243, 0.2793, 5.227, 0.4111, 0.2973, 0.3166, 11.191},
    {1.0806, 0.278, 0.3126, 6.132, 0.3926, 0.3304, 0.3487, 12.955},
    {1.0761, 0.3095, 0.3432, 6.98, 0.3885, 0.3022, 0.3194, 12.8},
    {1.0688, 0.3397, 0.3717, 7.867, 0.3728, 0.3313, 0.3479, 14.563},
    {1.0883, 0.2542, 0.2832, 6.707, 0.3677, 0.3065, 0.3218, 14.37}
  };

  /** The constants after n pairs, for n from {@value #FEWEST} to {@value #MOST}. */
  static PairConstants after(int n) {
    double[] r = TABLE[n - FEWEST];
    return new PairConstants(r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7]);
  }
}
