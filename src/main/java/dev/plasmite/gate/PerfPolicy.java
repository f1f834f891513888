package dev.plasmite.gate;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a maintainer may decide about the performance gate beforehand, beyond how the benchmark runs.
 *
 * @param minimumEffect slowdown below which nothing is ever called a regression, as a fraction; 0 for half the threshold
 * @param noiseFloor a scenario whose median is below this on both sides is not judged, in milliseconds
 * @param timeBudget limit of all measuring after the builds; zero for none. Out of time is inconclusive
 * @param cpu patterns (globs) of scenarios that are judged by their CPU time instead of the wall time
 * @param removed patterns (globs) of scenarios that the candidate has dropped on purpose
 * @param waivers regressions that are let through by name; always shown
 * @param anchorTag an older release for an advisory comparison that sees slow creep; empty for none
 * @param firstRelease whether it is agreed that there may be no earlier release to compare with
 * @param buildTimeout limit of one build command
 * @param maxLoadPerCore one-minute load per core above which measuring is hopeless; below it the samples themselves say
 *     whether they are too noisy
 * @param hostWait how long to wait for a hopeless host to calm down
 */
public record PerfPolicy(
    double minimumEffect,
    double noiseFloor,
    Duration timeBudget,
    List<String> cpu,
    List<String> removed,
    List<Waiver> waivers,
    Optional<String> anchorTag,
    boolean firstRelease,
    Duration buildTimeout,
    double maxLoadPerCore,
    Duration hostWait) {

  public PerfPolicy {
    cpu = List.copyOf(cpu);
    removed = List.copyOf(removed);
    waivers = List.copyOf(waivers);
  }

  /** The policy of a POM that says nothing about it. */
  public static PerfPolicy defaults() {
    return new PerfPolicy(
        0,
        1e-4,
        Duration.ZERO,
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        false,
        Duration.ofMinutes(30),
        16.0,
        Duration.ofMinutes(1));
  }

  /**
   * A regression that is let through.
   *
   * @param name the waiver's name, such as a ticket
   * @param scenario pattern (glob) of the scenarios it covers
   * @param reason why, in a sentence
   */
  public record Waiver(String name, String scenario, String reason) {}
}
