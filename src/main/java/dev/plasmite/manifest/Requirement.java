package dev.plasmite.manifest;

import dev.plasmite.version.SemVer;
import dev.plasmite.version.Spelling;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A requirement with one comparator, as Cargo, npm and PEP 508 write it; its operator, white space and precision are
 * kept when its version changes.
 *
 * @param prefix all before the version: protocol, operator, white space, a {@code v}, an epoch of Python
 * @param operator the operator alone; empty for none
 * @param version the version, perhaps partial
 * @param suffix what is left open behind it ({@code .*}), and white space
 */
record Requirement(String prefix, String operator, String version, String suffix) {

  private static final Pattern GRAMMAR =
      Pattern.compile("(\\s*(?:workspace:)?(\\^|~=|~>|~|={1,3}|>=|<=|>|<)?\\s*v?(?:[0-9]+!)?)([0-9][0-9A-Za-z.+_-]*)((?:\\.[*xX])*\\s*)");
  private static final Pattern PARTIAL = Pattern.compile("[0-9]+(?:\\.[0-9]+)?");

  /** Reads a requirement; nothing when it is a range of several comparators, a wildcard, a path or a tag. */
  static Optional<Requirement> of(String text) {
    Matcher m = GRAMMAR.matcher(text);
    return m.matches()
        ? Optional.of(new Requirement(m.group(1), m.group(2) == null ? "" : m.group(2), m.group(3), m.group(4)))
        : Optional.empty();
  }

  /** Whether fewer than three numbers are given, as in {@code 1.2}. */
  boolean isPartial() {
    return PARTIAL.matcher(version).matches();
  }

  /** Whether this only bounds the version ({@code >=}, {@code <}), so that it stays as long as it is true. */
  boolean isBound() {
    return operator.startsWith(">") || operator.startsWith("<");
  }

  /** Whether exactly one version fits. */
  boolean isExact() {
    return operator.startsWith("=");
  }

  /** The version that is named, zeros filled in. */
  Optional<SemVer> named(Spelling spelling) {
    return spelling.read(version);
  }

  /**
   * The requirement for another version, in the same form. A partial one stays as it is while the version fits, and
   * keeps its precision when it does not; a bound stays while it is true, and so does what opens a range in Python.
   *
   * @return nothing when no such requirement can be written: an upper bound that is passed
   */
  Optional<String> following(SemVer target, String spelt, Spelling spelling) {
    if (isBound()) {
      Optional<SemVer> limit = named(spelling);
      return limit.filter(l -> holds(target, l)).map(l -> prefix + version + suffix);
    }
    if (spelling == Spelling.PEP440 && !isExact() && isSatisfied(target, spelling)) {
      return Optional.of(prefix + version + suffix);
    }
    if (!isPartial()) {
      return Optional.of(prefix + spelt + suffix);
    }
    if (target.isPrerelease() && operator.startsWith("=")) {
      return Optional.empty();
    }
    String[] parts = version.split("\\.");
    String precise = parts.length == 1 ? "" + target.major() : target.major() + "." + target.minor();
    // Below 1.0 a partial requirement such as "0" is open upwards; above, a major covers all its minors.
    boolean fits = precise.equals(version) || parts.length == 2 && coversLaterMinors() && sameMajor(parts, target);
    if (target.isPrerelease()) {
      // No ecosystem lets a requirement without a prerelease take one.
      return Optional.of(prefix + spelt + suffix);
    }
    return Optional.of(fits ? prefix + version + suffix : prefix + precise + suffix);
  }

  private boolean coversLaterMinors() {
    return (operator.isEmpty() || operator.equals("^") || operator.equals("~=")) && suffix.isBlank() && !version.startsWith("0");
  }

  /** Whether a version is in the range that {@code ^}, {@code ~} (Poetry) and {@code ~=} (PEP 440) open; others open none. */
  private boolean isSatisfied(SemVer target, Spelling spelling) {
    SemVer from = named(spelling).orElse(null);
    if (from == null || target.isPrerelease() || target.compareTo(from) < 0 || target.major() != from.major()) {
      return false;
    }
    int numbers = isPartial() ? version.split("\\.").length : 3;
    boolean sameMinor = target.minor() == from.minor();
    return switch (operator) {
      case "^" -> from.major() > 0 || numbers == 1 || sameMinor && (from.minor() > 0 || numbers == 2 || target.patch() == from.patch());
      case "~" -> numbers == 1 || sameMinor;
      case "~=" -> numbers == 2 || numbers == 3 && sameMinor;
      default -> false;
    };
  }

  private boolean sameMajor(String[] parts, SemVer target) {
    return parts[0].equals("" + target.major()) && Long.parseLong(parts[1]) <= target.minor();
  }

  private boolean holds(SemVer target, SemVer limit) {
    int c = target.compareTo(limit);
    return switch (operator) {
      case ">=" -> c >= 0;
      case ">" -> c > 0;
      case "<=" -> c <= 0;
      default -> c < 0;
    };
  }
}
