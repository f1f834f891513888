package dev.plasmite.manifest;

import dev.plasmite.manifest.Manifest.Declaration;
import dev.plasmite.manifest.Manifest.Ecosystem;
import dev.plasmite.version.Spelling;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version that a source says as three numbers: {@code VERSION = (1, 4, 2)} in Python, {@code MAJOR = 1} and so on in Ruby.
 * It counts only where it agrees with the lockstep; a prerelease cannot be told in it.
 */
final class VersionParts {

  private static final Spelling[] PARTS = {Spelling.MAJOR, Spelling.MINOR, Spelling.PATCH};

  private final Pattern pattern;

  private VersionParts(String pattern) {
    this.pattern = Pattern.compile(pattern, Pattern.MULTILINE);
  }

  /** A tuple of nothing but three numbers. */
  static VersionParts python() {
    return new VersionParts(
        "^(?:__version_info__|__version_tuple__|version_info|version_tuple|VERSION_INFO|VERSION)[ \\t]*(?::[^=\\n]*)?=[ \\t]*(?:\\w+[ \\t]*=[ \\t]*)*\\([ \\t]*([0-9]+),[ \\t]*([0-9]+),[ \\t]*([0-9]+),?[ \\t]*\\)");
  }

  /** Constants one after the other. */
  static VersionParts ruby() {
    return new VersionParts("^[ \\t]*MAJOR[ \\t]*=[ \\t]*([0-9]+)[ \\t]*\\r?\\n[ \\t]*MINOR[ \\t]*=[ \\t]*([0-9]+)[ \\t]*\\r?\\n[ \\t]*(?:PATCH|TINY)[ \\t]*=[ \\t]*([0-9]+)[ \\t]*\\r?$");
  }

  void read(TextFile file, Facts facts) {
    Matcher m = pattern.matcher(file.text()).region(file.begin(), file.text().length());
    while (m.find()) {
      String whole = m.group(1) + "." + m.group(2) + "." + m.group(3);
      for (int i = 0; i < PARTS.length; i++) {
        Site site = Site.part(file, m.start(i + 1), m.end(i + 1), "a number of the version " + whole, PARTS[i], whole);
        facts.packages.add(new Declaration(Ecosystem.PRODUCT, "", site, false, true));
      }
    }
  }
}
