package dev.plasmite.manifest;

import dev.plasmite.manifest.Manifest.Declaration;
import dev.plasmite.manifest.Manifest.Ecosystem;
import dev.plasmite.manifest.Manifest.Reference;
import dev.plasmite.manifest.Manifest.Rule;
import dev.plasmite.version.Spelling;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * YAML manifests whose version is a key of the top level: pubspec.yaml of Dart ("The pubspec file") with the
 * requirements of own packages, and others that are only a version.
 */
final class YamlFile implements Format {

  private static final Naming NAMING =
      Naming.named("pubspec.yaml", "snapcraft.yaml", "Chart.yaml", "galaxy.yml", "shard.yml", "antora.yml");
  private static final Pattern LINE =
      Pattern.compile("^([ ]*)([\"']?)([\\w.@/-]+)\\2[ \\t]*:(?:[ \\t]+([\"']?)([^\"'#\\r\\n]*?)\\4)?[ \\t]*(?:#[^\\r\\n]*)?\\r?$", Pattern.MULTILINE);
  private static final Set<String> DEPENDENCIES = Set.of("dependencies", "dev_dependencies", "dependency_overrides");

  @Override
  public String name() {
    return "YAML manifest";
  }

  @Override
  public Naming naming() {
    return NAMING;
  }

  private static boolean isPubspec(String name) {
    return name.equals("pubspec.yaml");
  }

  @Override
  public Manifest read(TextFile file) {
    Facts facts = new Facts();
    boolean dart = isPubspec(file.name());
    String section = "";
    int indent = -1;
    String name = "";
    String required = "";
    Site version = null;
    Site appVersion = null;
    boolean published = true;
    Matcher m = LINE.matcher(file.text()).region(file.begin(), file.text().length());
    while (m.find()) {
      int depth = m.group(1).length();
      String value = m.group(5) == null ? "" : m.group(5);
      if (depth == 0) {
        section = m.group(3);
        indent = -1;
        switch (section) {
          case "name" -> name = value;
          case "publish_to" -> published = !value.equals("none");
          case "version" -> version = site(file, m, "version of " + file.name());
          case "appVersion" -> appVersion = site(file, m, "appVersion of " + file.name());
          default -> {
            // Other keys say no version of the product.
          }
        }
      } else if (dart && DEPENDENCIES.contains(section)) {
        indent = indent < 0 ? depth : indent;
        // Below a package its requirement is the key version, beside where it is hosted.
        required = depth == indent ? m.group(3) : required;
        if (!value.isEmpty() && (depth == indent || m.group(3).equals("version"))) {
          Site site = Site.of(file, m.start(5), m.end(5), "requirement of Dart package " + required, Spelling.SEMVER, Site.Form.REQUIREMENT);
          facts.references.add(new Reference(Ecosystem.DART, required, null, site, Rule.OWN_AND_CURRENT));
        }
      }
    }
    for (Site found : java.util.Arrays.asList(version, appVersion)) {
      if (found != null) {
        facts.packages.add(new Declaration(dart ? Ecosystem.DART : Ecosystem.PRODUCT, dart ? name : "", found, false, !dart || !published));
      }
    }
    if (dart && version == null && !name.isEmpty()) {
      facts.packages.addAll(List.of(new Declaration(Ecosystem.DART, name, null, false, true)));
    }
    return facts.of(file, this);
  }

  private static Site site(TextFile file, Matcher m, String why) {
    return m.group(5) == null || m.group(5).isEmpty() || !Character.isDigit(m.group(5).charAt(0))
        ? null
        : Site.of(file, m.start(5), m.end(5), why, isPubspec(file.name()) ? Spelling.DART : Spelling.SEMVER, Site.Form.VERSION);
  }
}
