package dev.plasmite.artifact;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.StagingPlan.ArtifactRule;
import dev.plasmite.version.SemVer;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/** A set held against what the configuration declares: kinds and file names. Where a build leaves them does not count. */
public final class Declared {

  private final List<ArtifactRule> rules;
  private final SemVer version;

  /**
   * For one release.
   *
   * @param rules whose patterns are globs
   */
  public Declared(List<ArtifactRule> rules, SemVer version) {
    this.rules = List.copyOf(rules);
    this.version = version;
  }

  /** How many artifacts a rule declares and a set has; where several platforms build, each adds its own. */
  public long count(ArtifactRule rule, List<Artifact> artifacts) {
    return artifacts.stream().filter(artifact -> fits(rule, artifact)).count();
  }

  /**
   * What is declared and the set lacks, and what it has beyond that.
   *
   * @param exact whether the counts are those of the whole set, and not of each platform that builds
   */
  public List<Finding> differences(List<Artifact> artifacts, boolean exact) {
    List<Finding> out = new ArrayList<>();
    for (ArtifactRule rule : rules) {
      long is = count(rule, artifacts);
      if (exact ? is != rule.count() : is < rule.count()) {
        out.add(
            Finding.of("the set has " + is + " of kind " + rule.kind().id() + " for it, declared " + (rule.count() == 1 ? "is 1" : "are " + rule.count()))
                .at(Place.file(rule.pattern()))
                .remedy("take the whole set of the build run, or correct <staging><artifacts>; where each platform adds its own, name the platforms in <targets>"));
      }
    }
    for (Artifact artifact : artifacts) {
      if (rules.stream().noneMatch(rule -> fits(rule, artifact))) {
        out.add(
            Finding.of("the set has it as kind " + artifact.kind().id() + ", but no pattern of that kind declares it")
                .at(Place.file(artifact.file()))
                .remedy("do not ship it, or declare it in <staging><artifacts>"));
      }
    }
    return out;
  }

  private boolean fits(ArtifactRule rule, Artifact artifact) {
    String last = rule.pattern().substring(rule.pattern().lastIndexOf('/') + 1);
    String glob = last.replace("{version}", KindSpelling.of(rule.kind(), version).orElse(version.toString()));
    try {
      return rule.kind() == artifact.kind()
          && FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(Path.of(artifact.file()));
    } catch (PatternSyntaxException e) {
      return false; // no glob matches nothing; stage-artifacts tells what is wrong with it
    }
  }
}
