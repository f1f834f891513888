package dev.plasmite.manifest;

import dev.plasmite.manifest.Manifest.Declaration;
import dev.plasmite.manifest.Manifest.Ecosystem;
import dev.plasmite.manifest.Manifest.Reference;
import dev.plasmite.manifest.Manifest.Rule;
import dev.plasmite.version.Spelling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Cargo.toml, as The Cargo Book's "The Manifest Format" and "Specifying Dependencies" describe it. */
final class Cargo extends TomlFormat {

  private static final Naming NAMING = Naming.named("Cargo.toml");

  /** Keys of {@code [package.metadata.winres]} and its successor that say the crate's version. */
  private static final Set<String> RESOURCE = Set.of("FileVersion", "ProductVersion");

  @Override
  public String name() {
    return "Cargo.toml";
  }

  @Override
  public Naming naming() {
    return NAMING;
  }

  @Override
  void read(TextFile file, List<TomlValue> values, Facts facts) {
    Map<String, Dependency> dependencies = new LinkedHashMap<>();
    Map<String, TomlValue> own = new HashMap<>();
    Map<String, String> patches = new HashMap<>();
    List<TomlValue> resources = new ArrayList<>();
    for (TomlValue value : values) {
      List<String> path = new ArrayList<>(value.table());
      path.addAll(value.key());
      if (path.size() == 4 && path.get(1).equals("metadata") && RESOURCE.contains(path.get(3)) && value.plain()) {
        resources.add(value);
      } else if (path.get(0).equals("package") || path.get(0).equals("project")) {
        own.put(String.join(".", path.subList(1, path.size())), value);
      } else if (path.equals(List.of("workspace", "package", "version"))) {
        own.put("workspace.version", value);
      } else if (path.size() > 2 && path.get(0).equals("workspace") && path.get(1).equals("members")) {
        facts.memberGlobs.add(Paths.resolve(file.directory(), value.text()));
      } else if (path.size() == 4 && path.get(0).equals("patch") && path.get(3).equals("path")) {
        patches.put(path.get(2), value.text());
      } else {
        dependency(path, value, dependencies);
      }
    }
    package_(file, own, facts);
    for (TomlValue value : resources) {
      Site site = site(file, value, value.name() + " of the Windows resource", Site.Form.VERSION);
      String name = own.containsKey("name") ? own.get("name").text() : "";
      facts.references.add(new Reference(Ecosystem.CARGO, name, null, site, Rule.OWN_AND_CURRENT));
    }
    for (Dependency dependency : dependencies.values()) {
      if (dependency.path == null) {
        dependency.path = patches.get(dependency.name);
      }
      dependency.addTo(file, facts);
    }
    facts.memberGlobs.removeIf(java.util.Objects::isNull);
  }

  private static void package_(TextFile file, Map<String, TomlValue> own, Facts facts) {
    for (String key : new String[] {"workspace.version", "version"}) {
      TomlValue said = own.get(key);
      if (said != null && said.string() && !said.plain()) {
        facts.escaped(file, said.start());
      }
    }
    TomlValue shared = own.get("workspace.version");
    if (shared != null && shared.plain()) {
      Site site = site(file, shared, "workspace version", Site.Form.VERSION);
      facts.packages.add(new Declaration(Ecosystem.CARGO, "", site, false, false));
    }
    TomlValue name = own.get("name");
    if (name == null) {
      return;
    }
    TomlValue version = own.get("version");
    boolean inherits = own.containsKey("version.workspace");
    Site site =
        version == null || !version.plain()
            ? null
            : site(file, version, "version of crate " + name.text(), Site.Form.VERSION);
    TomlValue publish = own.get("publish");
    boolean unpublished = publish != null && publish.text().equals("false");
    facts.packages.add(new Declaration(Ecosystem.CARGO, name.text(), site, inherits, unpublished));
  }

  private static void dependency(List<String> path, TomlValue value, Map<String, Dependency> found) {
    int at = path.get(0).equals("workspace") ? 1 : path.get(0).equals("target") ? 2 : 0;
    if (path.size() <= at + 1 || !isDependencies(path.get(at))) {
      return;
    }
    Dependency dependency =
        found.computeIfAbsent(String.join("\u0001", path.subList(0, at + 2)), k -> new Dependency(path.get(at + 1)));
    if (path.size() == at + 2) {
      dependency.version = value;
    } else if (path.size() == at + 3) {
      switch (value.name()) {
        case "version" -> dependency.version = value;
        case "path" -> dependency.path = value.text();
        case "package" -> dependency.name = value.text();
        default -> {
          // Features and sources do not say a version.
        }
      }
    }
  }

  private static boolean isDependencies(String table) {
    return switch (table) {
      case "dependencies", "dev-dependencies", "build-dependencies", "dev_dependencies", "build_dependencies" -> true;
      default -> false;
    };
  }

  private static Site site(TextFile file, TomlValue value, String why, Site.Form form) {
    return Site.of(file, value.start(), value.end(), why, Spelling.SEMVER, form);
  }

  private static final class Dependency {
    private String name;
    private TomlValue version;
    private String path;

    Dependency(String name) {
      this.name = name;
    }

    void addTo(TextFile file, Facts facts) {
      // Without a path (or a patch that gives it one) it is whatever crates.io has under that name: a third party's, or an older release on purpose.
      if (version == null || !version.plain() || path == null) {
        return;
      }
      String target = Paths.resolve(file.directory(), path);
      if (target != null) {
        Site site = site(file, version, "requirement of crate " + name, Site.Form.REQUIREMENT);
        facts.references.add(new Reference(Ecosystem.CARGO, name, target, site, Rule.OWN));
      }
    }
  }
}
