package dev.plasmite.version;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version in the strict ASCII grammar of <a href="https://semver.org/spec/v2.0.0.html">SemVer 2.0.0</a>, at most
 * {@value #MAX_LENGTH} characters long. Nothing else gets through: no leading {@code v}, no leading zeros, no other
 * script's digits, no white space.
 *
 * @param major the first number
 * @param minor the second number
 * @param patch the third number
 * @param prerelease the identifiers after {@code -}; empty for a final release
 * @param build the identifiers after {@code +}; empty for none; without meaning in comparisons
 */
public record SemVer(long major, long minor, long patch, List<String> prerelease, List<String> build)
    implements Comparable<SemVer> {

  /** The longest text taken for a version, in characters. */
  public static final int MAX_LENGTH = 64;

  private static final String NUMBER = "(0|[1-9][0-9]{0,17})";
  private static final String IDENTIFIER = "(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)";
  private static final Pattern GRAMMAR =
      Pattern.compile(
          NUMBER + "\\." + NUMBER + "\\." + NUMBER
              + "(?:-(" + IDENTIFIER + "(?:\\." + IDENTIFIER + ")*))?"
              + "(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?");

  public SemVer {
    prerelease = List.copyOf(prerelease);
    build = List.copyOf(build);
  }

  /**
   * Reads a version.
   *
   * @throws InvalidVersionException when the text is not exactly a version of the grammar
   */
  public static SemVer parse(String text) {
    return tryParse(text).orElseThrow(() -> new InvalidVersionException(text));
  }

  /** Reads a version, or nothing when the text is not exactly one. */
  public static Optional<SemVer> tryParse(String text) {
    if (text == null || text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    Matcher m = GRAMMAR.matcher(text);
    if (!m.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new SemVer(
            Long.parseLong(m.group(1)),
            Long.parseLong(m.group(2)),
            Long.parseLong(m.group(3)),
            identifiers(m.group(4)),
            identifiers(m.group(5))));
  }

  /**
   * Reads the version that a release tag names: {@code v} and a version.
   *
   * @return nothing when the tag is no release tag
   */
  public static Optional<SemVer> ofTag(String tag) {
    return tag != null && tag.startsWith("v") ? tryParse(tag.substring(1)) : Optional.empty();
  }

  /** The release tag of this version: {@code v} + version. */
  public String tag() {
    return "v" + this;
  }

  /** Whether this is not a final release. */
  public boolean isPrerelease() {
    return !prerelease.isEmpty();
  }

  /** Precedence as in SemVer 2.0.0, section 11; build identifiers do not count. */
  @Override
  public int compareTo(SemVer other) {
    int c = Long.compare(major, other.major);
    c = c != 0 ? c : Long.compare(minor, other.minor);
    c = c != 0 ? c : Long.compare(patch, other.patch);
    return c != 0 ? c : comparePrerelease(prerelease, other.prerelease);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch
        + (prerelease.isEmpty() ? "" : "-" + String.join(".", prerelease))
        + (build.isEmpty() ? "" : "+" + String.join(".", build));
  }

  private static int comparePrerelease(List<String> a, List<String> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return Boolean.compare(a.isEmpty(), b.isEmpty());
    }
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int c = compareIdentifier(a.get(i), b.get(i));
      if (c != 0) {
        return c;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private static int compareIdentifier(String a, String b) {
    boolean numericA = isNumeric(a);
    boolean numericB = isNumeric(b);
    if (numericA && numericB) {
      // No leading zeros, so the longer number is the larger one.
      return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
    }
    if (numericA != numericB) {
      return numericA ? -1 : 1;
    }
    return a.compareTo(b);
  }

  private static boolean isNumeric(String identifier) {
    return identifier.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static List<String> identifiers(String text) {
    return text == null ? List.of() : List.of(text.split("\\.", -1));
  }
}
