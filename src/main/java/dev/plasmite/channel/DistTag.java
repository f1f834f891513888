package dev.plasmite.channel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Finding;
import dev.plasmite.version.SemVer;
import java.util.List;
import java.util.Optional;

/**
 * The npm dist-tag that a version is published under: what the channel's setting {@code tag} says; else {@code next} for a
 * prerelease and {@code latest} for every other version ("npm-dist-tag" in npm's documentation).
 *
 * @param name the tag
 */
record DistTag(String name) {

  private static final String LATEST = "latest";

  /** The tag for a version. */
  static DistTag of(ChannelPlan plan, SemVer version) {
    Optional<String> set = Optional.ofNullable(plan.settings().get("tag"));
    return new DistTag(set.orElse(version.isPrerelease() ? "next" : LATEST));
  }

  /**
   * What stands against moving the tag to a version.
   *
   * @param tags the tags as they are, version by name; missing for a new package
   */
  List<Finding> findings(String packageName, SemVer version, JsonNode tags) {
    if (name.matches("[vV=\\s]*[0-9xX*^~<>].*")) {
      return List.of(
          Finding.of("the dist-tag '" + name + "' reads like a version, which npm refuses").remedy("write <tag> as a word, such as release-1"));
    }
    if (version.isPrerelease() && name.equals(LATEST)) {
      return List.of(
          Finding.of(version + " is a prerelease, and <tag> says latest: everyone who installs " + packageName + " would get it")
              .remedy("write another <tag>, such as next"));
    }
    Optional<SemVer> there = SemVer.tryParse(tags.path(name).asText(""));
    if (there.isEmpty() || there.get().compareTo(version) <= 0) {
      return List.of();
    }
    return List.of(
        Finding.of(
                "the dist-tag " + name + " of " + packageName + " is at " + there.get() + ", and " + version + " is older: users would be taken back")
            .remedy("write a <tag> of its own for this line of versions, such as release-" + version.toString().replaceFirst("\\..*", "")));
  }
}
