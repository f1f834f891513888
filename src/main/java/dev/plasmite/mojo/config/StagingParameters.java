package dev.plasmite.mojo.config;

import java.util.ArrayList;
import java.util.List;

/** {@code <staging>}: how artifacts are built and collected. */
public final class StagingParameters {

  /** Commands that build the artifacts, run in a checkout of the candidate. */
  List<String> commands = new ArrayList<>();

  /** What must be there afterwards. */
  List<ArtifactParameters> artifacts = new ArrayList<>();

  /** The machine-readable list of targets, relative to the repository. */
  String targets;

  /** Limit of one build command, in seconds. */
  Integer commandTimeout;

  /** {@code <artifact>}: files of one kind. */
  public static final class ArtifactParameters {

    /** crate, wheel, sdist, npm, sdk or other. */
    String kind;

    /** Glob relative to the repository; {@code {version}} is the version as the ecosystem spells it. */
    String pattern;

    /** How many files it matches. */
    Integer count;

    /** The platform they are for. */
    String platform;

    /** A command that must succeed and say the version. */
    String smoke;
  }
}
