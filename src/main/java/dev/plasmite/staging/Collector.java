package dev.plasmite.staging;

import dev.plasmite.artifact.KindSpelling;
import dev.plasmite.artifact.ReleaseManifest;
import dev.plasmite.artifact.Shown;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.StagingPlan.ArtifactRule;
import dev.plasmite.version.SemVer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds in the checkout exactly the artifacts that the rules declare. */
final class Collector {

  private final Path checkout;
  private final SemVer version;

  Collector(Path checkout, SemVer version) {
    this.checkout = checkout;
    this.version = version;
  }

  /**
   * A file that a rule matched.
   *
   * @param rule the rule
   * @param path where the build left it
   */
  record Found(ArtifactRule rule, Path path) {

    String file() {
      return path.getFileName().toString();
    }
  }

  /**
   * Collects what all rules declare.
   *
   * @throws Refusal with everything missing, extra, ambiguous or unfit
   */
  List<Found> collect(List<ArtifactRule> rules) {
    List<Finding> findings = new ArrayList<>();
    List<Found> out = new ArrayList<>();
    if (rules.isEmpty()) {
      findings.add(
          Finding.of("no artifact is declared")
              .at(Place.file("<staging><artifacts>"))
              .remedy("declare each kind of artifact with its pattern"));
    }
    for (ArtifactRule rule : rules) {
      try {
        out.addAll(match(rule, findings));
      } catch (Refusal e) {
        findings.addAll(e.findings());
      }
    }
    Map<String, Found> names = new HashMap<>();
    for (Found found : out) {
      Found before = names.put(found.file().toLowerCase(Locale.ROOT), found);
      if (before != null) {
        findings.add(
            Finding.of(
                    before.path().equals(found.path())
                        ? "two patterns match it: " + before.rule().pattern() + " and " + found.rule().pattern()
                        : "two artifacts would have this name: " + shown(before.path()) + " and " + shown(found.path()))
                .at(Place.file(shown(found.path())))
                .remedy("make the patterns in <staging><artifacts> match different files with different names"));
      }
    }
    if (!findings.isEmpty()) {
      throw new Refusal(findings);
    }
    return out;
  }

  /** The glob of a rule for this version. */
  CheckoutGlob glob(ArtifactRule rule) {
    String pattern = rule.pattern();
    if (pattern.contains("{version}")) {
      String spelled =
          KindSpelling.of(rule.kind(), version)
              .orElseThrow(
                  () ->
                      new Refusal(
                          Finding.of("version " + version + " has no spelling for kind " + rule.kind().id())
                              .remedy("use a prerelease such as -rc.1, -alpha.1 or -beta.1")));
      pattern = pattern.replace("{version}", spelled);
    }
    return new CheckoutGlob(pattern);
  }

  private List<Found> match(ArtifactRule rule, List<Finding> findings) {
    List<Path> matched = glob(rule).in(checkout);
    Place place = Place.file(rule.pattern());
    if (matched.size() != rule.count()) {
      String list = matched.stream().map(this::shown).collect(Collectors.joining(", "));
      findings.add(
          Finding.of(
                  "kind " + rule.kind().id() + " must match " + rule.count() + (rule.count() == 1 ? " file" : " files")
                      + " for version " + version + ", it matches " + matched.size()
                      + (matched.isEmpty() ? "" : ": " + list))
              .at(place)
              .remedy(
                  matched.size() < rule.count()
                      ? "see that <staging><commands> build it, or correct <pattern> or <count>"
                      : "remove what an earlier build left, or correct <pattern> or <count>"));
      return List.of();
    }
    List<Found> out = new ArrayList<>();
    for (Path path : matched) {
      Found found = new Found(rule, path);
      if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
        findings.add(
            Finding.of("no regular file, but a " + (Files.isSymbolicLink(path) ? "link" : "directory or device"))
                .at(Place.file(shown(path)))
                .remedy("let the build write the artifact itself there"));
      } else if (!ReleaseManifest.isFileName(found.file())) {
        findings.add(
            Finding.of("an artifact cannot be named " + Shown.text(found.file()))
                .at(Place.file(rule.pattern()))
                .remedy("use letters, digits and . _ + ~ - only"));
      } else {
        out.add(found);
      }
    }
    return out;
  }

  private String shown(Path path) {
    return checkout.relativize(path).toString().replace('\\', '/');
  }
}
