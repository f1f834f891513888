package dev.plasmite.manifest;

import dev.plasmite.manifest.Manifest.Ecosystem;
import dev.plasmite.manifest.Manifest.Reference;
import dev.plasmite.manifest.Manifest.Rule;
import dev.plasmite.version.Spelling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A Gradle version catalog ("Version Catalogs" in Gradle's manual): libraries and plugins with their versions. */
final class GradleCatalog extends TomlFormat {

  private static final Naming NAMING = Naming.ending(".versions.toml");

  @Override
  public String name() {
    return "Gradle version catalog";
  }

  @Override
  public Naming naming() {
    return NAMING;
  }

  @Override
  void read(TextFile file, List<TomlValue> values, Facts facts) {
    Map<String, TomlValue> versions = new HashMap<>();
    Map<String, Map<String, TomlValue>> entries = new LinkedHashMap<>();
    for (TomlValue value : values) {
      List<String> path = new ArrayList<>(value.table());
      path.addAll(value.key());
      if (path.get(0).equals("versions") && path.size() == 2) {
        versions.put(path.get(1), value);
      } else if ((path.get(0).equals("libraries") || path.get(0).equals("plugins")) && path.size() > 1) {
        entries.computeIfAbsent(path.get(0) + " " + path.get(1), k -> new HashMap<>()).put(String.join(".", path.subList(2, path.size())), value);
      }
    }
    for (Map<String, TomlValue> entry : entries.values()) {
      TomlValue all = entry.get("");
      TomlValue version = entry.getOrDefault("version", entry.containsKey("version.ref") ? versions.get(entry.get("version.ref").text()) : null);
      if (all != null && all.plain()) {
        // One text: group:name:version, or id:version of a plugin.
        int last = all.text().lastIndexOf(':');
        if (last > 0) {
          add(file, all.text().substring(0, last), all.start() + last + 1, all.end(), facts);
        }
      } else if (version != null && version.plain()) {
        add(file, text(entry, "module", text(entry, "id", text(entry, "group", "") + ":" + text(entry, "name", ""))), version.start(), version.end(), facts);
      }
    }
  }

  private static String text(Map<String, TomlValue> entry, String key, String otherwise) {
    return entry.containsKey(key) ? entry.get(key).text() : otherwise;
  }

  /** By its full name, as a POM declares it, and by its group, as a Gradle build does. */
  private static void add(TextFile file, String name, int start, int end, Facts facts) {
    Site site = Site.of(file, start, end, "version of " + name, Spelling.MAVEN, Site.Form.VERSION);
    facts.references.add(new Reference(Ecosystem.MAVEN, name, null, site, Rule.OWN_AND_CURRENT));
    if (name.indexOf(':') > 0) {
      facts.references.add(new Reference(Ecosystem.MAVEN, name.substring(0, name.indexOf(':')), null, site, Rule.OWN_AND_CURRENT));
    }
  }
}
