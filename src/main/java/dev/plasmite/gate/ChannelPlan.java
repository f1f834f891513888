package dev.plasmite.gate;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One channel of this release.
 *
 * @param name the channel: {@code crates.io}, {@code npm}, {@code pypi}, {@code github}, {@code homebrew}
 * @param tier {@code official} or {@code preview}
 * @param packages the packages it carries, in the order in which they must be published; empty to take them from the
 *     artifacts of the channel's kind
 * @param smoke the command that an installed release must answer with its version, such as {@code hello --version};
 *     empty when nothing can be run (a library)
 * @param settings what only this channel knows, by name, such as {@code tap} or {@code formula}; never a secret
 */
public record ChannelPlan(
    String name, String tier, List<String> packages, Optional<String> smoke, Map<String, String> settings) {

  public ChannelPlan {
    packages = List.copyOf(packages);
    settings = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(settings)); // one order, one digest
  }
}
