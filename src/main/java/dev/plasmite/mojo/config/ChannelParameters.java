package dev.plasmite.mojo.config;

import java.util.ArrayList;
import java.util.List;

/** {@code <channel>}: one place that the release goes to. */
public final class ChannelParameters {

  /** crates.io, npm, pypi, github or homebrew. */
  String name;

  /** official (the default) or preview. */
  String tier;

  /** crates.io: all crates of the release, in the order of their publication. */
  List<String> packages = new ArrayList<>();

  /** The command that an installation must answer with the version. */
  String smoke;

  /** Homebrew: the tap, a path or a git URL. */
  String tap;

  /** Homebrew: the formula's path in the tap. */
  String formula;
}
