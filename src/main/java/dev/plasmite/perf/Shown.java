package dev.plasmite.perf;

import dev.plasmite.perf.Judgement.Row;

/** Scenarios in words, for the terminal and the page. */
final class Shown {

  private Shown() {}

  /** What is known of a scenario. */
  static String state(Row row) {
    return switch (row.state()) {
      case FINE -> row.ratio() < 1 && row.upper() < 1 ? "fine, faster"
          : row.ratio() > row.upper() ? "fine by the faster runs" : "fine";
      case REGRESSED -> "REGRESSED";
      case SLOW -> "unclear: slow";
      case NOISY -> "unclear: noisy";
      case BELOW_FLOOR -> "below the floor";
    };
  }

  /** So many scenarios. */
  static String scenarios(int n) {
    return n == 1 ? "1 scenario" : n + " scenarios";
  }

  /** A name of at most so many characters, with nothing in it that steers a terminal. */
  static String name(String key, int width) {
    StringBuilder safe = new StringBuilder();
    key.codePoints().forEach(c -> safe.appendCodePoint(steers(c) ? '?' : c));
    int most = safe.length();
    return most <= width
        ? safe.toString()
        : safe.substring(0, width / 2 - 1) + "\u2026" + safe.substring(most - width / 2);
  }

  private static boolean steers(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL || type == Character.FORMAT || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR || type == Character.SURROGATE;
  }
}
