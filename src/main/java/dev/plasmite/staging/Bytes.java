package dev.plasmite.staging;

import java.util.Locale;

/** Sizes for people. */
final class Bytes {

  private Bytes() {}

  /** Such as {@code 812 B}, {@code 3.4 kB}, {@code 12.0 MB}. */
  static String shown(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
