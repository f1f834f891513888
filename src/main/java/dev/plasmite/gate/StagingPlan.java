package dev.plasmite.gate;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How artifacts are built and collected.
 *
 * @param commands what builds them, in order, each run in the checkout of the candidate; no shell
 * @param artifacts what must be there afterwards
 * @param targets path of the machine-readable list of targets, relative to the repository; empty for none
 * @param commandTimeout limit of one build command
 */
public record StagingPlan(
    List<String> commands, List<ArtifactRule> artifacts, Optional<String> targets, Duration commandTimeout) {

  public StagingPlan {
    commands = List.copyOf(commands);
    artifacts = List.copyOf(artifacts);
  }

  /** The kinds of artifact that the train knows how to look into. */
  public enum Kind {
    /** A crate as {@code cargo package} makes it. */
    CRATE,
    WHEEL,
    SDIST,
    /** A package as {@code npm pack} makes it. */
    NPM,
    /** A tarball with {@code bin/}, {@code include/}, {@code lib/}. */
    SDK,
    OTHER;

    /** The word as the POM and the release manifest spell it. */
    public String id() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * Artifacts of one kind that the build leaves.
   *
   * @param kind what they are
   * @param pattern glob relative to the checkout, with {@code /}; {@code {version}} is replaced by the version in the
   *     spelling of the kind's ecosystem
   * @param count how many files it must match, exactly
   * @param platform the platform they are for, as in the targets file; empty when they run anywhere
   * @param smoke a command that must succeed and say the version, run in an empty environment on the unpacked or
   *     installed artifact; empty for none
   */
  public record ArtifactRule(
      Kind kind, String pattern, int count, Optional<String> platform, Optional<String> smoke) {}
}
