package dev.plasmite.manifest;

import dev.plasmite.manifest.Manifest.Declaration;
import dev.plasmite.manifest.Manifest.Ecosystem;
import dev.plasmite.version.SemVer;
import java.util.HashSet;
import java.util.Set;

/** What the manifests name at the version that the lockstep carries: what they require, and where they declare it. */
final class CurrentlyNamed {

  /** What tools write into every new package: that two say it means nothing. */
  private static final Set<String> FIRST = Set.of("0.0.1", "0.1.0", "1.0.0");

  private final Meanings meanings;
  private final SemVer carried;
  private final Set<String> required = new HashSet<>();
  private final Set<String> carrying = new HashSet<>();

  /**
   * Knows nothing yet.
   *
   * @param carried the version; null for none, then nothing is named
   */
  CurrentlyNamed(Meanings meanings, SemVer carried) {
    this.meanings = meanings;
    this.carried = carried;
  }

  void note(Manifest manifest) {
    for (Declaration declared : manifest.packages()) {
      if (declared.version() != null && meanings.says(declared.version(), carried)) {
        carrying.add(key(declared.ecosystem(), "/" + manifest.directory()));
      }
    }
    for (Manifest.Reference reference : manifest.references()) {
      if (reference.rule() != Manifest.Rule.BESIDE && reference.rule() != Manifest.Rule.PROPERTY && meanings.says(reference.site(), carried)) {
        required.add(key(reference.ecosystem(), reference.directory() == null ? reference.name() : "/" + reference.directory()));
      }
    }
  }

  private static String key(Ecosystem ecosystem, String name) {
    return ecosystem + " " + name;
  }

  /** Whether a package is required by its name. */
  boolean isRequired(Declaration declared) {
    return required.contains(key(declared.ecosystem(), declared.name()));
  }

  /** Whether a package is required by its directory. */
  boolean isRequiredIn(Declaration declared, String directory) {
    return required.contains(key(declared.ecosystem(), "/" + directory));
  }

  /** Whether an example says exactly what the package says that it shows, and not what every new package says. */
  boolean isShown(Declaration declared, String directory) {
    return carried != null
        && !FIRST.contains(carried.toString())
        && Exclusions.shownBy(directory).filter(d -> carrying.contains(key(declared.ecosystem(), "/" + d))).isPresent()
        && meanings.says(declared.version(), carried);
  }
}
