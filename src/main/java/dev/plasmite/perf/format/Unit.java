package dev.plasmite.perf.format;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a benchmark's numbers mean. Every unit says how it becomes a cost in milliseconds, where lower is better.
 *
 * @param name as the benchmark writes it: {@code ns/op}, {@code s}, {@code ops/s}
 * @param better which direction is better
 * @param milliseconds for a time: milliseconds of one unit; for a rate: milliseconds of the period that is counted in
 */
public record Unit(String name, Better better, double milliseconds) {

  /** The direction in which a number is better. */
  public enum Better {
    LOWER,
    HIGHER
  }

  private static final Map<String, Double> TIMES =
      Map.of(
          "ns", 1e-6, "us", 1e-3, "\u00b5s", 1e-3, "\u03bcs", 1e-3, "ms", 1.0, "s", 1e3, "sec", 1e3, "min", 6e4, "hr",
              3.6e6, "day", 8.64e7);

  /** Milliseconds. */
  public static final Unit MS = new Unit("ms", Better.LOWER, 1);

  /**
   * Reads a unit: a time ({@code ns}, {@code us}, {@code ms}, {@code s}, {@code min}), a time for each thing
   * ({@code ns/op}), or a rate ({@code ops/s}, {@code MB/s}).
   *
   * @return nothing for a unit whose meaning is not known
   */
  public static Optional<Unit> of(String name) {
    int slash = name.indexOf('/');
    String head = slash < 0 ? name : name.substring(0, slash);
    if (TIMES.containsKey(head)) {
      return Optional.of(new Unit(name, Better.LOWER, TIMES.get(head)));
    }
    String tail = slash < 0 ? "" : name.substring(slash + 1);
    if (!head.isEmpty() && TIMES.containsKey(tail)) {
      return Optional.of(new Unit(name, Better.HIGHER, TIMES.get(tail)));
    }
    return Optional.empty();
  }

  /** The cost of a value in milliseconds; twice the cost is always twice as slow. */
  public double cost(double value) {
    return better == Better.LOWER ? value * milliseconds : milliseconds / value;
  }

  /** What {@link #of} knows, for messages. */
  public static String known() {
    return String.join(", ", new TreeMap<>(TIMES).keySet())
        + ", one of these per something (ns/op), or something per one"
        + " of these (ops/s)";
  }
}
