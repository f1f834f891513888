package dev.plasmite.manifest;

import dev.plasmite.manifest.Manifest.Ecosystem;
import dev.plasmite.manifest.Manifest.Reference;
import dev.plasmite.manifest.Manifest.Rule;
import dev.plasmite.version.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * uv.lock and poetry.lock: an own package is one whose source is a directory of the repository. Its dependencies repeat
 * the exact requirements of its pyproject.toml.
 */
final class PythonLock extends TomlFormat {

  private static final Naming NAMING = Naming.named("uv.lock", "poetry.lock");

  private static final Set<String> LOCAL = Set.of("editable", "virtual", "directory");

  @Override
  public String name() {
    return "Python lock";
  }

  @Override
  public Naming naming() {
    return NAMING;
  }

  @Override
  void read(TextFile file, List<TomlValue> values, Facts facts) {
    Entry entry = new Entry();
    for (TomlValue value : values) {
      if (value.table().isEmpty() || !value.table().get(0).equals("package")) {
        continue;
      }
      if (value.table().size() == 1 && value.instance() != entry.instance) {
        entry.addTo(file, facts);
        entry = new Entry();
        entry.instance = value.instance();
      }
      entry.take(value);
    }
    entry.addTo(file, facts);
  }

  private static final class Entry {
    private int instance = -1;
    private String name;
    private TomlValue version;
    private boolean local;
    private String required;
    private final List<TomlValue> specifiers = new ArrayList<>();
    private final List<String> specified = new ArrayList<>();

    void take(TomlValue value) {
      List<String> path = new ArrayList<>(value.table().subList(1, value.table().size()));
      path.addAll(value.key());
      String at = String.join(".", path);
      if (at.equals("name")) {
        name = value.text();
      } else if (at.equals("version")) {
        version = value;
      } else if (path.get(0).equals("source")) {
        local |= LOCAL.contains(value.name()) || value.name().equals("type") && value.text().equals("directory");
      } else if (at.startsWith("metadata.requires-d") && value.name().equals("name")) {
        required = Pyproject.normal(value.text());
      } else if (at.startsWith("metadata.requires-d") && value.name().equals("specifier") && value.text().startsWith("==") && value.plain()) {
        specifiers.add(value);
        specified.add(required);
      } else if (path.get(0).equals("dependencies") && isRequirement(path) && value.plain() && value.text().startsWith("==")) {
        specifiers.add(value);
        specified.add(Pyproject.normal(path.get(1)));
      }
    }

    /** Poetry's: {@code name = "==1.2.0"}, or {@code name = {version = "==1.2.0"}}. */
    private static boolean isRequirement(List<String> path) {
      return path.size() > 1
          && !path.get(1).startsWith("[")
          && (path.size() == 2 || path.get(path.size() - 1).equals("version"));
    }

    void addTo(TextFile file, Facts facts) {
      if (!local || name == null) {
        return;
      }
      if (version != null && version.plain()) {
        add(file, Pyproject.behindEpoch(version), version.end(), Pyproject.normal(name), "locked version of Python package " + name, Site.Form.VERSION, facts);
      }
      for (int i = 0; i < specifiers.size(); i++) {
        if (specified.get(i) != null) {
          add(file, specifiers.get(i).start(), specifiers.get(i).end(), specified.get(i), "locked requirement of Python package " + specified.get(i), Site.Form.REQUIREMENT, facts);
        }
      }
    }

    private static void add(TextFile file, int start, int end, String name, String why, Site.Form form, Facts facts) {
      Site site = Site.of(file, start, end, why, Spelling.PEP440, form);
      facts.references.add(new Reference(Ecosystem.PYTHON, name, null, site, Rule.OWN));
    }
  }
}
