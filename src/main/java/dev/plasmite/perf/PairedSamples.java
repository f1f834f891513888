package dev.plasmite.perf;

import java.util.List;

/**
 * What was measured for one scenario: cost in milliseconds, lower is better, in time order. The base's and the
 * candidate's value of the same index were run back to back.
 *
 * @param key the scenario's name, unique in its suite
 * @param gated whether it counts for the verdict
 * @param base one value for each run of the base
 * @param candidate one value for each run of the candidate
 */
public record PairedSamples(String key, boolean gated, List<Double> base, List<Double> candidate) {

  public PairedSamples {
    base = List.copyOf(base);
    candidate = List.copyOf(candidate);
  }

  /** Complete pairs. */
  public int pairs() {
    return Math.min(base.size(), candidate.size());
  }

  /** The first n pairs, or all when there are fewer. */
  PairedSamples first(int n) {
    int k = Math.min(n, pairs());
    return new PairedSamples(key, gated, base.subList(0, k), candidate.subList(0, k));
  }
}
