package dev.plasmite.mojo.config;

/** {@code <pin>}: one place that pins the version of a tool. */
public final class PinParameters {

  /** The file, relative to the repository. */
  String path;

  /** A regular expression whose single group is the pinned version; every match counts. */
  String pattern;

  /** What the group must be. */
  String value;
}
