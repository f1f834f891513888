package dev.plasmite.gate;

/** Where a stage says what it is doing: one plain line each, never a secret. */
@FunctionalInterface
public interface Progress {

  /** Shows one line. */
  void line(String text);
}
