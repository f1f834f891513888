package dev.plasmite.mojo.config;

import java.util.ArrayList;
import java.util.List;

/** {@code <channel>}: one place that the release goes to. */
public final class ChannelParameters {

  /** crates.io, npm, pypi, github, homebrew or cargo-binstall. */
  String name;

  /** official (the default) or preview. */
  String tier;

  /** crates.io: all crates of the release. They go in the order of their dependencies. */
  List<String> packages = new ArrayList<>();

  /** The command that an installation must answer with the version; without one the tier cannot be official. */
  String smoke;

  /** How many seconds verify-delivery waits, outside the sandbox, until the channel delivers; by default 600, GitHub and Homebrew 60. */
  Integer wait;

  /**
   * npm, pypi, github: where the release is sent to, in rehearsal and live. By default as the client is set up. The sandbox
   * takes a registry of npm or pypi that is on 127.0.0.1 in place of its own.
   */
  String endpoint;

  /** crates.io, npm, pypi: where it is read from, in rehearsal and live. By default as the client is set up. */
  String index;

  /** The id of a server in Maven's settings that holds the credential. By default as the client is set up. */
  String server;

  /** Homebrew: the tap, a path or a git URL. */
  String tap;

  /** Homebrew: the formula's path in the tap. */
  String formula;

  /** Homebrew: push (the default), or verify when the maintainer pushes the formula. */
  String tapPolicy;

  /** What cannot be proven before a publish: allow (the default) says it, refuse stops the train. */
  String unproven;

  /** crates.io: the account that the token belongs to. */
  String owner;

  /** npm: the dist-tag; without it next for a prerelease, else latest. */
  String tag;

  /** pypi: who uploads, twine or uv; without it twine where Python has it, else uv. */
  String client;
}
