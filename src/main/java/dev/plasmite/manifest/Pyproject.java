package dev.plasmite.manifest;

import dev.plasmite.manifest.Manifest.Declaration;
import dev.plasmite.manifest.Manifest.Ecosystem;
import dev.plasmite.manifest.Manifest.Reference;
import dev.plasmite.manifest.Manifest.Rule;
import dev.plasmite.version.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** pyproject.toml: the {@code [project]} table of PEP 621, Poetry's, and the configuration of bumping tools. */
final class Pyproject extends TomlFormat {

  private static final Naming NAMING = Naming.named("pyproject.toml");

  /** PEP 508: a name, extras, then one exact or compatible version or a window of two bounds. Other ranges are left as they are. */
  private static final Pattern EXACT =
      Pattern.compile("\\s*([A-Za-z0-9][A-Za-z0-9._-]*)\\s*(?:\\[[^\\]]*\\])?\\s*\\(?\\s*((?:={2,3}|~=)\\s*[0-9][0-9A-Za-z.+!_-]*(?:\\.\\*)?|>=\\s*[0-9][0-9A-Za-z.]*\\s*,\\s*<\\s*[0-9][0-9.]*)\\s*\\)?\\s*(?:;.*)?");

  @Override
  public String name() {
    return "pyproject.toml";
  }

  @Override
  public Naming naming() {
    return NAMING;
  }

  @Override
  void read(TextFile file, List<TomlValue> values, Facts facts) {
    String name = "";
    TomlValue version = null;
    TomlValue poetry = null;
    boolean dynamic = false;
    for (TomlValue value : values) {
      List<String> path = new ArrayList<>(value.table());
      path.addAll(value.key());
      String at = String.join(".", path);
      switch (at) {
        case "project.name", "tool.poetry.name" -> name = normal(value.text());
        case "project.version" -> version = value;
        case "tool.poetry.version" -> poetry = value;
        case "tool.hatch.version.path", "tool.pdm.version.path", "tool.setuptools.dynamic.version.file" -> source(file, value.text(), facts);
        case "tool.setuptools.dynamic.version.attr" -> attribute(file, value.text(), facts);
        case "tool.poetry-dynamic-versioning.enable" -> dynamic = value.text().equals("true");
        case "tool.bumpversion.current_version", "tool.commitizen.version" -> tool(file, value, facts);
        default -> dependency(file, path, at, value, facts);
      }
    }
    // What stands there is only a placeholder when the version comes from git.
    for (TomlValue found : new TomlValue[] {dynamic ? null : version, dynamic ? null : poetry}) {
      if (found != null && found.string() && !found.plain()) {
        facts.escaped(file, found.start());
      } else if (found != null && found.plain()) {
        Site site =
            Site.of(file, behindEpoch(found), found.end(), "version of Python package " + name, Spelling.PEP440, Site.Form.VERSION);
        facts.packages.add(new Declaration(Ecosystem.PYTHON, name, site, false, false));
      }
    }
    if (facts.packages.isEmpty() && !name.isEmpty()) {
      facts.packages.add(new Declaration(Ecosystem.PYTHON, name, null, true, false));
    }
  }

  /** Where a version begins behind its epoch, which stays (PEP 440). */
  static int behindEpoch(TomlValue version) {
    return version.start() + version.text().indexOf('!') + 1;
  }

  private static void source(TextFile file, String path, Facts facts) {
    String resolved = Paths.resolve(file.directory(), path);
    if (resolved != null) {
      facts.sources.add(resolved);
    }
  }

  /** {@code package.module.NAME}, beside this file or below {@code src}. */
  private static void attribute(TextFile file, String attribute, Facts facts) {
    int dot = attribute.lastIndexOf('.');
    if (dot > 0) {
      String module = attribute.substring(0, dot).replace('.', '/');
      for (String path : List.of(module + ".py", module + "/__init__.py", "src/" + module + ".py", "src/" + module + "/__init__.py")) {
        source(file, path, facts);
      }
    }
  }

  private static void tool(TextFile file, TomlValue value, Facts facts) {
    if (value.plain()) {
      Site site =
          Site.of(file, value.start(), value.end(), "version that the bumping tool knows", Spelling.SEMVER, Site.Form.VERSION);
      facts.packages.add(new Declaration(Ecosystem.PRODUCT, "", site, false, true));
    }
  }

  private static void dependency(TextFile file, List<String> path, String at, TomlValue value, Facts facts) {
    if (!value.plain()) {
      return;
    }
    boolean list =
        at.startsWith("project.dependencies.[")
            || at.startsWith("project.optional-dependencies.")
            || at.startsWith("dependency-groups.")
            || at.startsWith("build-system.requires.[");
    if (list) {
      Matcher m = EXACT.matcher(value.text());
      if (m.matches()) {
        add(file, value.start() + m.start(2), value.start() + m.end(2), normal(m.group(1)), facts);
      }
    } else if (at.startsWith("tool.poetry.") && path.contains("dependencies")) {
      int table = path.indexOf("dependencies");
      boolean direct = path.size() == table + 2;
      boolean inTable = path.size() == table + 3 && value.name().equals("version");
      if ((direct || inTable) && !value.text().isEmpty() && "=^~".indexOf(value.text().charAt(0)) >= 0) {
        add(file, value.start(), value.end(), normal(path.get(table + 1)), facts);
      }
    }
  }

  private static void add(TextFile file, int start, int end, String name, Facts facts) {
    Site site =
        Site.of(file, start, end, "requirement of Python package " + name, Spelling.PEP440, Site.Form.REQUIREMENT);
    facts.references.add(new Reference(Ecosystem.PYTHON, name, null, site, Rule.OWN));
  }

  /** The normal form of a name in PEP 503. */
  static String normal(String name) {
    return name.replaceAll("[-_.]+", "-").toLowerCase(Locale.ROOT);
  }
}
