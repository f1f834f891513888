package dev.plasmite.alignment;

import dev.plasmite.gate.Finding;
import dev.plasmite.manifest.Lockstep;
import dev.plasmite.manifest.Site;
import dev.plasmite.manifest.Wording;
import dev.plasmite.version.SemVer;
import dev.plasmite.version.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Version sites that do not say what they should: another version, or the right one in a wrong spelling. */
final class Drift {

  private Drift() {}

  /** One finding for each site that does not say exactly what its ecosystem writes for a version. */
  static List<Finding> of(Lockstep lockstep, SemVer expected) {
    Wording wording = new Wording(expected, lockstep.carried().orElse(null));
    List<Finding> findings = new ArrayList<>();
    for (Site site : lockstep.sites()) {
      Optional<String> text = wording.at(site);
      if (text.isEmpty()) {
        findings.add(unspeakable(site, expected));
      } else if (!text.get().equals(site.text())) {
        boolean same =
            site.form() == Site.Form.VERSION
                && site.spelling().read(site.text()).filter(v -> Spelling.sameMeaning(v, expected)).isPresent();
        findings.add(
            Finding.of(
                    "expected " + text.get() + ", found " + site.text() + " (" + site.why() + (same ? "; the same version in a wrong spelling" : "") + ")")
                .at(site.place())
                .remedy("mvn plasmite:bump -DnewVersion=" + expected + " -Dplasmite.bump.allowDowngrade=true"));
      }
    }
    return findings;
  }

  /** A site whose ecosystem has no words for a version. */
  static Finding unspeakable(Site site, SemVer version) {
    if (site.form() == Site.Form.REQUIREMENT) {
      return Finding.of("the requirement '" + site.text() + "' cannot be made to take " + version + " (" + site.why() + ")")
          .at(site.place())
          .remedy("rewrite the requirement by hand");
    }
    if (site.spelling() == Spelling.EMPTY) {
      return Finding.of(version + " has to be said in part at " + site.why())
          .at(site.place())
          .remedy("write it as an opening and a closing tag");
    }
    return Finding.of(version + " has no " + site.spelling().id() + " spelling (" + site.why() + ")")
        .at(site.place())
        .remedy("use a version that every ecosystem can say, such as " + Spelling.core(version) + "-rc.1");
  }
}
