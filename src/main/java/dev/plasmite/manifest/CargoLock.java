package dev.plasmite.manifest;

import dev.plasmite.manifest.Manifest.Ecosystem;
import dev.plasmite.manifest.Manifest.Reference;
import dev.plasmite.manifest.Manifest.Rule;
import dev.plasmite.version.Spelling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Cargo.lock, versions 1 to 4: an own package is one without a source. Where two packages share a name, the lists of
 * dependencies name them with their version, which has to follow.
 */
final class CargoLock extends TomlFormat {

  private static final Naming NAMING = Naming.named("Cargo.lock");

  @Override
  public String name() {
    return "Cargo.lock";
  }

  @Override
  public Naming naming() {
    return NAMING;
  }

  @Override
  void read(TextFile file, List<TomlValue> values, Facts facts) {
    Map<Integer, Entry> entries = new HashMap<>();
    List<TomlValue> dependencies = new ArrayList<>();
    for (TomlValue value : values) {
      if (!value.table().equals(List.of("package")) && !value.table().equals(List.of("root"))) {
        continue;
      }
      Entry entry = entries.computeIfAbsent(value.instance(), k -> new Entry());
      switch (value.key().get(0)) {
        case "name" -> entry.name = value.text();
        case "version" -> entry.version = value;
        case "source" -> entry.source = true;
        case "dependencies" -> dependencies.add(value);
        default -> {
          // Checksums and replacements belong to packages of others.
        }
      }
    }
    Map<String, String> ownVersions = new HashMap<>();
    for (Entry entry : entries.values()) {
      if (entry.name == null || entry.version == null || entry.source || !entry.version.plain()) {
        continue;
      }
      ownVersions.put(entry.name + " " + entry.version.text(), entry.name);
      add(file, entry.version.start(), entry.version.end(), entry.name, "locked version of crate ", facts);
    }
    for (TomlValue dependency : dependencies) {
      String[] parts = dependency.text().split(" ");
      if (parts.length == 2 && ownVersions.containsKey(dependency.text())) {
        int start = dependency.start() + parts[0].length() + 1;
        add(file, start, dependency.end(), parts[0], "locked dependency on crate ", facts);
      }
    }
    facts.references.sort(java.util.Comparator.comparingInt(r -> r.site().start()));
  }

  private static void add(TextFile file, int start, int end, String name, String why, Facts facts) {
    Site site = Site.of(file, start, end, why + name, Spelling.SEMVER, Site.Form.VERSION);
    facts.references.add(new Reference(Ecosystem.CARGO, name, null, site, Rule.OWN));
  }

  private static final class Entry {
    private String name;
    private TomlValue version;
    private boolean source;
  }
}
