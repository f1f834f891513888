package dev.plasmite.perf;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that was measured in one comparison, raw; enough to judge it again.
 *
 * @param base what the candidate was compared with
 * @param candidate the commit under test
 * @param criteria by what it is judged; empty when a foreign recording does not say
 * @param order the runs that count, in time order: {@code B} and {@code C}
 * @param last whether no more pairs were to follow
 * @param stopped why the measuring ended before a verdict; empty when it did not
 * @param failures what blocked besides the numbers: a scenario that vanished, a run that failed
 * @param scenarios what was measured of each comparable scenario
 * @param runs all runs, also those that do not count
 * @param host description of the machine; empty when not known
 */
public record Recording(
    Version base,
    Version candidate,
    Optional<Criteria> criteria,
    String order,
    boolean last,
    String stopped,
    List<String> failures,
    List<Scenario> scenarios,
    List<Run> runs,
    Map<String, String> host) {

  public Recording {
    failures = List.copyOf(failures);
    scenarios = List.copyOf(scenarios);
    runs = List.copyOf(runs);
    host = Map.copyOf(host);
  }

  /**
   * One side.
   *
   * @param name the tag or {@code candidate}; empty when not known
   * @param commit 40 hex digits; empty when not known
   */
  public record Version(String name, String commit) {}

  /**
   * One scenario. All values are costs in milliseconds, in time order.
   *
   * @param key its name
   * @param unit the unit the benchmark wrote
   * @param metric what is judged: {@code wall} or {@code cpu}
   * @param role {@code gated}, {@code advisory}, or {@code waived: } and the waiver's name
   * @param base judged values of the base
   * @param candidate judged values of the candidate
   * @param otherBase values of the metric that is not judged; empty when not given
   * @param otherCandidate likewise of the candidate
   */
  public record Scenario(
      String key,
      String unit,
      String metric,
      String role,
      List<Double> base,
      List<Double> candidate,
      List<Double> otherBase,
      List<Double> otherCandidate) {

    static final String GATED = "gated";
    static final String ADVISORY = "advisory";
    static final String WAIVED = "waived: ";

    public Scenario {
      base = List.copyOf(base);
      candidate = List.copyOf(candidate);
      otherBase = List.copyOf(otherBase);
      otherCandidate = List.copyOf(otherCandidate);
    }

    PairedSamples paired() {
      return new PairedSamples(key, role.equals(GATED), base, candidate);
    }
  }

  /**
   * One run of the benchmark.
   *
   * @param side {@code base} or {@code candidate}
   * @param pair from 1; 0 for the smoke run
   * @param counted whether its values are among the samples
   * @param started when
   * @param seconds how long it took
   * @param host the machine just before
   */
  public record Run(String side, int pair, boolean counted, Instant started, double seconds, HostState host) {}

  /** What the decision needs. */
  List<PairedSamples> paired() {
    return scenarios.stream().map(Scenario::paired).toList();
  }
}
