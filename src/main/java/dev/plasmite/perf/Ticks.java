package dev.plasmite.perf;

import java.time.Instant;

/** The two clocks of a machine. They part when it sleeps: only one of them goes on. */
interface Ticks {

  /** The time of day. */
  Instant wall();

  /** A clock that stands still while the machine sleeps, in nanoseconds. */
  long nanos();

  /** This machine's own. */
  static Ticks system() {
    return new Ticks() {
      @Override
      public Instant wall() {
        return Instant.now();
      }

      @Override
      public long nanos() {
        return System.nanoTime();
      }
    };
  }
}
