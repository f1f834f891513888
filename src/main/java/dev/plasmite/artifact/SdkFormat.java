package dev.plasmite.artifact;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An SDK tarball: {@code bin/}, {@code include/}, {@code lib/} at its root or below one directory;
 * {@code lib/pkgconfig/*.pc} says the version (pkg-config, file format).
 */
final class SdkFormat implements ArtifactFormat {

  private static final Pattern PC = Pattern.compile("(?:[^/]+/)?lib/pkgconfig/[^/]+\\.pc");
  private static final Pattern VARIABLE = Pattern.compile("([A-Za-z0-9_.]+)\\s*=\\s*(.*?)\\s*");
  private static final Pattern USE = Pattern.compile("\\$\\{([A-Za-z0-9_.]+)}");
  private static final Pattern PROGRAM = Pattern.compile("(?:[^/]+/)?bin/[^/]+");

  @Override
  public Pattern fileName() {
    return Pattern.compile(".+\\.(tar\\.gz|tgz|zip)");
  }

  @Override
  public String example() {
    return "name_1.2.0_linux_amd64.tar.gz";
  }

  @Override
  public boolean reads(String member) {
    return PC.matcher(member).matches();
  }

  @Override
  public ArtifactIdentity identity(String file, ArchiveContents contents, List<Finding> findings) {
    for (String directory : List.of("bin/", "include/", "lib/")) {
      if (contents.files().stream().noneMatch(m -> m.name().matches("(?:[^/]+/)?" + directory + ".+"))) {
        findings.add(layout(file, "an SDK has files in bin/, include/ and lib/; this one has none in " + directory));
      }
    }
    if (contents.kept().isEmpty()) {
      findings.add(layout(file, "an SDK has lib/pkgconfig/*.pc, which says the version; this one has none"));
    }
    contents.files().stream()
        .filter(m -> PROGRAM.matcher(m.name()).matches())
        .filter(m -> !m.executable() && !m.name().matches(".*\\.(dll|pdb|txt)"))
        .forEach(
            m -> findings.add(ArtifactFormat.finding(file, Shown.text(m.name()) + " has lost its executable bit")));
    Map<String, String> versions = new TreeMap<>();
    contents.kept().forEach((name, content) -> versions.put(name, pcVersion(ArtifactFormat.text(content))));
    versions.forEach(
        (name, version) -> {
          if (version.isEmpty()) {
            findings.add(ArtifactFormat.finding(file, Shown.text(name) + " does not say its Version"));
          }
        });
    Set<String> different = new TreeSet<>(versions.values());
    different.remove("");
    if (different.size() > 1) {
      findings.add(ArtifactFormat.finding(file, "its .pc files say different versions: " + versions));
    }
    return new ArtifactIdentity(Optional.empty(), different.stream().findFirst(), List.of());
  }

  private static Finding layout(String file, String what) {
    return Finding.of(what).at(Place.file(file)).remedy("pack what is missing, or declare it as kind other");
  }

  /** What {@code Version:} says; variables are those that the file defines before. */
  private static String pcVersion(String text) {
    Map<String, String> variables = new HashMap<>();
    for (String line : text.lines().toList()) {
      Matcher variable = VARIABLE.matcher(line);
      if (variable.matches()) {
        variables.put(variable.group(1), expanded(variable.group(2), variables));
      } else if (line.startsWith("Version:")) {
        return expanded(line.substring("Version:".length()).strip(), variables);
      }
    }
    return "";
  }

  private static String expanded(String text, Map<String, String> variables) {
    return USE.matcher(text).replaceAll(use -> Matcher.quoteReplacement(variables.getOrDefault(use.group(1), use.group())));
  }
}
