package dev.plasmite.manifest;

import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.version.SemVer;
import dev.plasmite.version.Spelling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A listed text file of no known format: each word that says the version which the lockstep carries is a site; when
 * there is none, each that says the newest of the releases before it that is said at all, for what users are told to
 * install is often behind.
 */
final class BareText {

  private static final Pattern WORD =
      Pattern.compile("(?<![0-9A-Za-z.])v?([0-9]+\\.[0-9]+\\.[0-9]+(?:(?:[-.+]|(?:a|b|rc)(?=[0-9]))[0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*)?)(?![0-9A-Za-z]|\\.[0-9])");

  private BareText() {}

  static List<Site> sites(Path root, String path, SemVer carried, List<SemVer> earlier) {
    if (carried == null) {
      return List.of();
    }
    TextFile file;
    try {
      file = TextFile.of(path, Files.readAllBytes(root.resolve(path)));
    } catch (IOException e) {
      throw new OutsideFailure("cannot read " + path, e);
    }
    List<Site> found = sites(file, carried);
    for (int i = 0; i < earlier.size() && found.isEmpty(); i++) {
      found = sites(file, earlier.get(i));
    }
    return found;
  }

  private static List<Site> sites(TextFile file, SemVer version) {
    List<Site> sites = new ArrayList<>();
    Matcher m = WORD.matcher(file.text());
    while (m.find()) {
      for (Spelling spelling : new Spelling[] {Spelling.SEMVER, Spelling.PEP440}) {
        if (spelling.read(m.group(1)).filter(v -> says(v, version)).isPresent()) {
          sites.add(Site.of(file, m.start(1), m.end(1), "says the lockstep's version", spelling, Site.Form.VERSION));
          break;
        }
      }
    }
    return sites;
  }

  private static boolean says(SemVer word, SemVer version) {
    return Spelling.sameMeaning(word, version) || Spelling.isDevelopment(version) && Spelling.sameCore(word, version);
  }
}
