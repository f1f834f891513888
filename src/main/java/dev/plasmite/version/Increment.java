package dev.plasmite.version;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The step from one version to the next, as {@code bump} is asked for it. */
public enum Increment {
  MAJOR,
  MINOR,
  PATCH,
  /** The next release candidate: {@code -rc.1} of the next patch, or one more when it is a candidate already. */
  RC,
  /** The release that a prerelease leads to. */
  RELEASE;

  /** The name in a configuration. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The step of this name. */
  public static Optional<Increment> named(String name) {
    for (Increment step : values()) {
      if (step.id().equals(name)) {
        return Optional.of(step);
      }
    }
    return Optional.empty();
  }

  /**
   * The version after this step. As node-semver does it, a prerelease of {@code 2.0.0} goes to {@code 2.0.0} by {@link
   * #MAJOR}, for that step has been begun.
   *
   * @throws IllegalArgumentException when there is no such step: {@link #RELEASE} of a final release
   */
  public SemVer after(SemVer v) {
    SemVer next = step(v);
    if (SemVer.tryParse(next.toString()).isEmpty()) {
      throw new IllegalArgumentException("there is no version after " + v + " by this step: its numbers are too large");
    }
    return next;
  }

  private SemVer step(SemVer v) {
    boolean pre = v.isPrerelease();
    return switch (this) {
      case MAJOR ->
          pre && v.minor() == 0 && v.patch() == 0 ? core(v.major(), 0, 0) : core(v.major() + 1, 0, 0);
      case MINOR -> pre && v.patch() == 0 ? core(v.major(), v.minor(), 0) : core(v.major(), v.minor() + 1, 0);
      case PATCH -> core(v.major(), v.minor(), pre ? v.patch() : v.patch() + 1);
      case RC -> candidate(v);
      case RELEASE -> {
        if (!pre) {
          throw new IllegalArgumentException(v + " is a final release already; ask for major, minor or patch");
        }
        yield core(v.major(), v.minor(), v.patch());
      }
    };
  }

  private static SemVer candidate(SemVer v) {
    List<String> ids = v.prerelease();
    if (ids.size() == 2 && ids.get(0).equals("rc") && ids.get(1).matches("[0-9]{1,17}")) {
      long next = Long.parseLong(ids.get(1)) + 1;
      return new SemVer(v.major(), v.minor(), v.patch(), List.of("rc", Long.toString(next)), List.of());
    }
    long patch = v.isPrerelease() ? v.patch() : v.patch() + 1;
    SemVer first = new SemVer(v.major(), v.minor(), patch, List.of("rc", "1"), List.of());
    if (v.isPrerelease() && !Spelling.isDevelopment(v) && first.compareTo(v) <= 0) {
      throw new IllegalArgumentException("there is no -rc.1 after " + v + "; name the version");
    }
    return first;
  }

  private static SemVer core(long major, long minor, long patch) {
    return new SemVer(major, minor, patch, List.of(), List.of());
  }
}
