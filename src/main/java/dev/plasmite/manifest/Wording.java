package dev.plasmite.manifest;

import dev.plasmite.version.SemVer;
import dev.plasmite.version.Spelling;
import java.util.Optional;

/**
 * What a site has to say for a version of the lockstep.
 *
 * @param target the version to be said
 * @param carried the version that the lockstep says now; null when that is not known
 */
public record Wording(SemVer target, SemVer carried) {

  /**
   * The text for a site.
   *
   * @return nothing when the ecosystem cannot say this version there
   */
  public Optional<String> at(Site site) {
    if (site.form() == Site.Form.VERSION) {
      return version(site.text(), site.spelling());
    }
    Optional<VersionWindow> window = VersionWindow.of(site.text());
    if (window.isPresent()) {
      return site.spelling().spell(target).flatMap(v -> window.get().following(target, v, site.spelling()));
    }
    return Requirement.of(site.text())
        .flatMap(r -> version(r.version(), site.spelling()).flatMap(v -> r.following(target, v, site.spelling())));
  }

  /**
   * Work towards a release is spelt in many ways ({@code -SNAPSHOT}, {@code -dev}, {@code -alpha.0}, nothing at all);
   * where the lockstep is at such a version and goes to another, each site keeps its own.
   */
  private Optional<String> version(String text, Spelling spelling) {
    Optional<SemVer> now = spelling.read(text);
    if (Spelling.isDevelopment(target)
        && carried != null
        && Spelling.isDevelopment(carried)
        && now.isPresent()
        && Spelling.sameCore(now.get(), carried)
        && text.startsWith(Spelling.core(carried))) {
      return Optional.of(Spelling.core(target) + text.substring(Spelling.core(carried).length()));
    }
    int build = spelling == Spelling.DART && target.build().isEmpty() ? text.indexOf('+') : -1;
    return spelling.spell(target).map(said -> build < 0 ? said : said + text.substring(build));
  }
}
