package dev.plasmite.mojo;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.LockstepPlan;
import dev.plasmite.gate.Refusal;
import dev.plasmite.manifest.Lockstep;
import dev.plasmite.version.InvalidVersionException;
import dev.plasmite.version.SemVer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which version is to be released: the one that was given, as version or as tag, else the one that the lockstep carries.
 *
 * @param version as given; null when it was not
 * @param tag the release tag as given; null when it was not. It comes before the version
 */
record WhichRelease(String version, String tag) {

  /**
   * The version.
   *
   * @throws Refusal when what was given is no version, or when no manifest says one
   */
  SemVer in(Path root, LockstepPlan lockstep) {
    return given().orElseGet(() -> carried(root, lockstep));
  }

  private Optional<SemVer> given() {
    try {
      if (tag != null) {
        return Optional.of(
            SemVer.ofTag(tag)
                .orElseThrow(
                    () ->
                        new Refusal(
                            Finding.of("'" + tag + "' is no release tag")
                                .remedy("a release tag is v and the version: -Dplasmite.releaseTag=v1.2.3"))));
      }
      return Optional.ofNullable(version).map(SemVer::parse);
    } catch (InvalidVersionException e) {
      throw new Refusal(Finding.of(e.getMessage()).remedy("-Dplasmite.version=1.2.3"));
    }
  }

  private static SemVer carried(Path root, LockstepPlan lockstep) {
    Lockstep found = Lockstep.resolve(root, lockstep, Optional.empty());
    // A manifest that cannot be read is verify-alignment's to tell, unless nothing says the version without it.
    return found.carried().orElseThrow(() -> noVersion(root, found));
  }

  private static Refusal noVersion(Path root, Lockstep found) {
    List<Finding> findings = new ArrayList<>(found.problems());
    if (findings.isEmpty()) {
      findings.add(
          Finding.of("no manifest of " + root + " says which version is to be released")
              .remedy(
                  "only what git tracks counts: git add the manifests; or list them in <lockstep>, or say it:"
                      + " -Dplasmite.version=1.2.3"));
    }
    return new Refusal(findings);
  }
}
