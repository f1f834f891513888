package dev.plasmite.perf.format;

import java.util.OptionalDouble;

/**
 * One scenario's result in one run.
 *
 * @param key the scenario's name, unique in a run
 * @param selector what {@code {scenarios}} says to have this scenario run again; several may share one
 * @param unit what the value means
 * @param value as the benchmark says it
 * @param cpu CPU time in the same unit, where the benchmark gives it
 * @param runtime what the benchmark says it ran on (JDK and its flags, Python); empty when it says nothing
 */
public record Measurement(
    String key, String selector, Unit unit, double value, OptionalDouble cpu, String runtime) {

  /** A measurement that says nothing of what it ran on. */
  public Measurement(String key, String selector, Unit unit, double value, OptionalDouble cpu) {
    this(key, selector, unit, value, cpu, "");
  }

  /** A scenario that is selected by its key and has no CPU time. */
  public static Measurement of(String key, Unit unit, double value) {
    return new Measurement(key, key, unit, value, OptionalDouble.empty());
  }
}
