package dev.plasmite.manifest;

import dev.plasmite.manifest.Manifest.Declaration;
import dev.plasmite.manifest.Manifest.Ecosystem;
import dev.plasmite.version.Spelling;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text file in which a version stands behind fixed words: each match of a pattern's group {@code v} is a declaration
 * of the product's version.
 */
final class PatternFormat implements Format {

  private final String name;
  private final Predicate<String> claims;
  private final Spelling spelling;
  private final boolean weak;
  private final String why;
  private final List<Pattern> patterns;

  PatternFormat(String name, Predicate<String> claims, Spelling spelling, boolean weak, String why, Pattern... patterns) {
    this.name = name;
    this.claims = claims;
    this.spelling = spelling;
    this.weak = weak;
    this.why = why;
    this.patterns = List.of(patterns);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean claims(String path) {
    return claims.test(path);
  }

  @Override
  public Manifest read(TextFile file) {
    Facts facts = new Facts();
    for (Pattern pattern : patterns) {
      Matcher m = pattern.matcher(file.text()).region(file.begin(), file.text().length());
      while (m.find()) {
        Site site = Site.of(file, m.start("v"), m.end("v"), why, spelling, Site.Form.VERSION);
        facts.packages.add(new Declaration(Ecosystem.PRODUCT, "", site, false, weak));
      }
    }
    facts.packages.sort(java.util.Comparator.comparingInt(p -> p.version().start()));
    return facts.of(file, this);
  }
}
