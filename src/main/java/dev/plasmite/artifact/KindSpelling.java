package dev.plasmite.artifact;

import dev.plasmite.gate.StagingPlan.Kind;
import dev.plasmite.version.SemVer;
import dev.plasmite.version.Spelling;
import java.util.Optional;

/** How a version is spelled in artifacts of a kind, and in their file names. */
public final class KindSpelling {

  private KindSpelling() {}

  /** The spelling; empty when the ecosystem has none for this version. */
  public static Optional<String> of(Kind kind, SemVer version) {
    return (kind == Kind.WHEEL || kind == Kind.SDIST ? Spelling.PEP440 : Spelling.SEMVER).spell(version);
  }
}
