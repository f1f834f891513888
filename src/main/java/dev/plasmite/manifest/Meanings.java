package dev.plasmite.manifest;

import dev.plasmite.version.SemVer;
import dev.plasmite.version.Spelling;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What texts mean as versions. Many manifests say the same few texts, so each is read once. Not for several threads. */
final class Meanings {

  private final Map<Spelling, Map<String, Optional<SemVer>>> versions = new EnumMap<>(Spelling.class);
  private final Map<Spelling, Map<String, Boolean>> current = new EnumMap<>(Spelling.class);
  private SemVer carried;

  /** What a site says, read as a version. */
  Optional<SemVer> of(Site site) {
    return versions.computeIfAbsent(site.spelling(), k -> new HashMap<>()).computeIfAbsent(site.whole(), site.spelling()::read);
  }

  /** Whether a site says, in full, a version that the lockstep carries. */
  boolean says(Site site, SemVer version) {
    if (version == null) {
      return false;
    }
    if (!version.equals(carried)) {
      carried = version;
      current.clear();
    }
    if (site.form() == Site.Form.VERSION) {
      return of(site).filter(v -> isCurrent(v, version)).isPresent();
    }
    return current
        .computeIfAbsent(site.spelling(), k -> new HashMap<>())
        .computeIfAbsent(
            site.text(),
            text ->
                Requirement.of(text)
                    .filter(r -> !r.isPartial() && !r.isBound())
                    .flatMap(r -> r.named(site.spelling()))
                    .filter(v -> isCurrent(v, version))
                    .isPresent());
  }

  private static boolean isCurrent(SemVer says, SemVer version) {
    return Spelling.sameMeaning(says, version) || Spelling.isDevelopment(version) && Spelling.sameCore(says, version);
  }
}
