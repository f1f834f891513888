package dev.plasmite.version;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How an ecosystem writes a version. The train thinks in {@link SemVer}; a manifest says the same version in its own
 * ecosystem's words.
 */
public enum Spelling {
  /** SemVer 2.0 as it is: Cargo, npm, NuGet, Homebrew, CocoaPods, tags. */
  SEMVER,
  /** Dart: as SemVer, and a build number behind {@code +} is an app's own count, which stays unless one is given. */
  DART,
  /** Python, <a href="https://peps.python.org/pep-0440/">PEP 440</a> in its normal form: {@code 1.2.0rc1}. */
  PEP440,
  /** Maven: as SemVer, and the development version is {@code -SNAPSHOT}. */
  MAVEN,
  /** RubyGems: a prerelease is joined with a dot, {@code 1.2.0.rc.1}; a dash would become {@code .pre.}. */
  RUBYGEMS,
  /** Numbers only, as CMake's {@code project(VERSION)} demands. */
  NUMBERS,
  /** What stands behind the numbers alone, as MSBuild's {@code VersionSuffix}: {@code rc.1}; nothing for a release. */
  SUFFIX,
  /** Where no such text can stand: only a release can be said. */
  EMPTY,
  /** The first number alone, where a version is composed of its parts. */
  MAJOR,
  /** The second number alone. */
  MINOR,
  /** The third number alone. */
  PATCH;

  private static final String NUMBER = "(0|[1-9][0-9]{0,17})";
  private static final Pattern PEP =
      Pattern.compile(
          "[vV]?([0-9]{1,18})(?:\\.([0-9]{1,18}))?(?:\\.([0-9]{1,18}))?"
              + "(?:[-_.]?(alpha|beta|preview|pre|rc|a|b|c)[-_.]?([0-9]{0,18}))?"
              + "(?:[-_.]?(?:post|rev|r)[-_.]?([0-9]{0,18})|-([0-9]{1,18}))?"
              + "(?:[-_.]?(dev)[-_.]?([0-9]{0,18}))?"
              + "(?:\\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern GEM =
      Pattern.compile(NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(?:\\.([a-zA-Z][0-9a-zA-Z]*(?:\\.[0-9a-zA-Z]+)*))?");
  private static final Pattern PARTIAL = Pattern.compile(NUMBER + "(?:\\." + NUMBER + ")?");
  private static final Pattern WORD_AND_NUMBER = Pattern.compile("([a-zA-Z]+)([0-9]{1,18})");

  /** The spelling of this name in a configuration: {@code semver}, {@code pep440}, {@code maven}, ... */
  public static Optional<Spelling> named(String name) {
    return configurable().contains(name) ? Optional.of(valueOf(name.toUpperCase(Locale.ROOT))) : Optional.empty();
  }

  /** The names that a configuration can use. */
  public static List<String> configurable() {
    return Stream.of(values()).filter(s -> s != SUFFIX && s != EMPTY).map(Spelling::id).toList();
  }

  /** The name in a configuration. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a prerelease cannot be told from its release here. */
  public boolean isNumeric() {
    return this == NUMBERS || isPart();
  }

  /** Whether only one of the numbers stands here. */
  public boolean isPart() {
    return this == MAJOR || this == MINOR || this == PATCH;
  }

  /**
   * The one text by which this ecosystem says a version.
   *
   * @return nothing when the ecosystem cannot say it, such as {@code 1.2.0-nightly.7.abc} in Python
   */
  public Optional<String> spell(SemVer version) {
    return switch (this) {
      case SEMVER, DART -> Optional.of(version.toString());
      case MAVEN -> Optional.of(isDevelopment(version) ? core(version) + "-SNAPSHOT" : version.toString());
      case NUMBERS -> Optional.of(core(version));
      case EMPTY -> version.prerelease().isEmpty() ? Optional.of("") : Optional.empty();
      case MAJOR -> Optional.of(Long.toString(version.major()));
      case MINOR -> Optional.of(Long.toString(version.minor()));
      case PATCH -> Optional.of(Long.toString(version.patch()));
      case SUFFIX -> version.build().isEmpty() ? Optional.of(String.join(".", version.prerelease())) : Optional.empty();
      case RUBYGEMS ->
          version.build().isEmpty() && version.prerelease().stream().noneMatch(i -> i.contains("-"))
              ? Optional.of(core(version) + version.prerelease().stream().map(i -> "." + i).reduce("", String::concat))
              : Optional.empty();
      case PEP440 -> pep440(version);
    };
  }

  /**
   * What a text of this ecosystem means.
   *
   * @return nothing when it is no version with at most three numbers
   */
  public Optional<SemVer> read(String text) {
    if (text == null || text.length() > SemVer.MAX_LENGTH || this == SUFFIX || this == EMPTY) {
      return Optional.empty();
    }
    Optional<SemVer> plain = SemVer.tryParse(text);
    if (plain.isPresent() && this != PEP440) {
      return plain;
    }
    Matcher partial = PARTIAL.matcher(text);
    if (partial.matches()) {
      return SemVer.tryParse(partial.group(1) + "." + (partial.group(2) == null ? "0" : partial.group(2)) + ".0");
    }
    return switch (this) {
      case PEP440 -> readPep440(text).or(() -> plain);
      case RUBYGEMS -> {
        Matcher m = GEM.matcher(text);
        yield m.matches() && m.group(4) != null
            ? SemVer.tryParse(m.group(1) + "." + m.group(2) + "." + m.group(3) + "-" + m.group(4))
            : Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  /** Whether a version names work towards a release and not a release: {@code -SNAPSHOT}, {@code -dev}, {@code .dev0}. */
  public static boolean isDevelopment(SemVer version) {
    return !version.prerelease().isEmpty() && normal(version).get(0).equals("dev");
  }

  /** Whether two versions mean the same: {@code -SNAPSHOT} is {@code -dev.0}, {@code -rc1} is {@code -rc.1}. */
  public static boolean sameMeaning(SemVer a, SemVer b) {
    return sameCore(a, b) && normal(a).equals(normal(b));
  }

  /** Whether two versions are of the same release, final or on the way to it. */
  public static boolean sameCore(SemVer a, SemVer b) {
    return a.major() == b.major() && a.minor() == b.minor() && a.patch() == b.patch();
  }

  /** The three numbers alone. */
  public static String core(SemVer version) {
    return version.major() + "." + version.minor() + "." + version.patch();
  }

  private static List<String> normal(SemVer version) {
    if (version.prerelease().isEmpty()) {
      return List.of();
    }
    List<String> ids = version.prerelease();
    String word = ids.get(0);
    String number = ids.size() > 1 ? ids.get(1) : "0";
    Matcher joined = WORD_AND_NUMBER.matcher(word);
    if (joined.matches() && ids.size() == 1) {
      word = joined.group(1);
      number = joined.group(2);
    } else if (ids.size() > 2) {
      return ids;
    }
    String name =
        switch (word.toLowerCase(Locale.ROOT)) {
          case "snapshot", "dev" -> "dev";
          case "alpha", "a" -> "a";
          case "beta", "b" -> "b";
          case "rc", "c", "pre", "preview" -> "rc";
          default -> null;
        };
    return name == null || !isNumber(number) ? ids : List.of(name, number);
  }

  private static boolean isNumber(String text) {
    return text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static Optional<String> pep440(SemVer version) {
    String local = version.build().isEmpty() ? "" : "+" + String.join(".", version.build()).toLowerCase(Locale.ROOT);
    if (local.contains("-")) {
      return Optional.empty();
    }
    if (version.prerelease().isEmpty()) {
      return Optional.of(core(version) + local);
    }
    List<String> ids = normal(version);
    if (ids.size() != 2 || !List.of("dev", "a", "b", "rc").contains(ids.get(0)) || !isNumber(ids.get(1))) {
      return Optional.empty();
    }
    String sign = ids.get(0).equals("dev") ? ".dev" : ids.get(0);
    return Optional.of(core(version) + sign + Long.parseLong(ids.get(1)) + local);
  }

  private static Optional<SemVer> readPep440(String text) {
    Matcher m = PEP.matcher(text);
    if (!m.matches() || !text.chars().allMatch(c -> c < 0x80) || m.group(4) != null && m.group(8) != null) {
      return Optional.empty();
    }
    String pre = "";
    if (m.group(4) != null) {
      String word = m.group(4).toLowerCase(Locale.ROOT);
      pre = "-" + (word.startsWith("a") ? "alpha" : word.startsWith("b") ? "beta" : "rc") + "." + number(m.group(5));
    } else if (m.group(8) != null) {
      pre = "-dev." + number(m.group(9));
    }
    // SemVer knows no release after the release; what is published again is the same version, built anew.
    String post = m.group(6) != null ? "post." + number(m.group(6)) : m.group(7) != null ? "post." + number(m.group(7)) : "";
    String local = m.group(10) == null ? "" : m.group(10).replace('_', '.').replace('-', '.');
    String build = post.isEmpty() || local.isEmpty() ? post + local : post + "." + local;
    return SemVer.tryParse(
        number(m.group(1)) + "." + number(m.group(2)) + "." + number(m.group(3)) + pre + (build.isEmpty() ? "" : "+" + build));
  }

  private static long number(String digits) {
    return digits == null || digits.isEmpty() ? 0 : Long.parseLong(digits);
  }
}
