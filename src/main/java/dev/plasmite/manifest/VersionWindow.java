package dev.plasmite.manifest;

import dev.plasmite.version.SemVer;
import dev.plasmite.version.Spelling;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A requirement of two comparators, {@code >=0.7, <0.8}, as Cargo and PEP 440 write it. It stays while it is true;
 * when the version has left it, it moves as a whole, if it is the window of one minor or one major version.
 *
 * @param opening all before the lower version
 * @param lower the first version that fits
 * @param middle all between
 * @param upper the first version that does not
 * @param closing all behind
 */
record VersionWindow(String opening, String lower, String middle, String upper, String closing) {

  private static final Pattern GRAMMAR =
      Pattern.compile("(\\s*>=\\s*)([0-9]+(?:\\.[0-9]+){0,2}[0-9A-Za-z.-]*)(\\s*,\\s*<\\s*)([0-9]+(?:\\.[0-9]+){0,2})(\\s*)");
  private static final Pattern CORE = Pattern.compile("[0-9]+(?:\\.[0-9]+){0,2}");

  /** Reads a window; nothing when it has another form. */
  static Optional<VersionWindow> of(String text) {
    Matcher m = GRAMMAR.matcher(text);
    return m.matches()
        ? Optional.of(new VersionWindow(m.group(1), m.group(2), m.group(3), m.group(4), m.group(5)))
        : Optional.empty();
  }

  /**
   * The window for another version.
   *
   * @param spelt the version as the ecosystem writes it
   * @return nothing when the version has left it, and it is neither a minor's nor a major's
   */
  Optional<String> following(SemVer target, String spelt, Spelling spelling) {
    SemVer low = spelling.read(lower).orElse(null);
    SemVer high = spelling.read(upper).orElse(null);
    if (low == null || high == null) {
      return Optional.empty();
    }
    // No ecosystem lets bounds without a prerelease take one.
    if (!target.isPrerelease() && low.compareTo(target) <= 0 && target.compareTo(high) < 0) {
      return Optional.of(opening + lower + middle + upper + closing);
    }
    boolean ofMinor = high.equals(number(low.major(), low.minor() + 1));
    if (!ofMinor && !high.equals(number(low.major() + 1, 0))) {
      return Optional.empty();
    }
    SemVer next = ofMinor ? number(target.major(), target.minor() + 1) : number(target.major() + 1, 0);
    String from = target.isPrerelease() ? spelt : precise(target, parts(lower));
    return Optional.of(opening + from + middle + precise(next, parts(upper)) + closing);
  }

  private static SemVer number(long major, long minor) {
    return SemVer.parse(major + "." + minor + ".0");
  }

  private static int parts(String version) {
    Matcher core = CORE.matcher(version);
    return core.lookingAt() ? core.group().split("\\.").length : 3;
  }

  /** The first numbers of a version. */
  private static String precise(SemVer version, int parts) {
    return switch (parts) {
      case 1 -> "" + version.major();
      case 2 -> version.major() + "." + version.minor();
      default -> version.major() + "." + version.minor() + "." + version.patch();
    };
  }
}
