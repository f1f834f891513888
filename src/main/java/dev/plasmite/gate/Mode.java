package dev.plasmite.gate;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How far the train may go to the outside. What each mode allows is decided in {@link EffectGate} alone. */
public enum Mode {
  /** All for real, on the loopback interface, in scratch directories, with no credentials. */
  SANDBOX,
  /** Real services, read only: every check, nothing published. */
  REHEARSAL,
  /** The release itself. */
  LIVE;

  /** The name as it is written in a POM and on the command line. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a mode.
   *
   * @throws Refusal when there is no mode of that name; nothing falls back to a default
   */
  public static Mode parse(String text) {
    for (Mode mode : values()) {
      if (mode.id().equals(text)) {
        return mode;
      }
    }
    throw new Refusal(
        Finding.of("unknown mode '" + text + "'")
            .remedy(
                "set -Dplasmite.mode to one of "
                    + Arrays.stream(values()).map(Mode::id).collect(Collectors.joining(", "))));
  }
}
