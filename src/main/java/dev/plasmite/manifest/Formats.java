package dev.plasmite.manifest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The formats that are known by a file's name. */
final class Formats {

  /** They never change, and to make them takes many patterns. */
  static final Formats KNOWN = new Formats();

  /** By whole name or by ending, as {@link Naming} says: most of a repository's files are no manifests, and are told so at once. */
  private final Map<String, List<Format>> byName = new HashMap<>();

  private Formats() {
    List<Format> all = new ArrayList<>();
    all.add(new Cargo());
    all.add(new CargoLock());
    all.add(new PackageJson());
    all.add(new PackageLock());
    all.add(new NodeLocks());
    all.add(new PnpmWorkspace());
    all.add(new Pyproject());
    all.add(new PythonLock());
    all.add(new Pom());
    all.add(new GradleCatalog());
    all.add(new RubyFile());
    all.add(new DotNet());
    all.add(new YamlFile());
    all.add(new JsonVersion());
    all.addAll(TextFormats.all());
    for (Format format : all) {
      format.naming().keys().forEach(key -> byName.computeIfAbsent(key, k -> new ArrayList<>()).add(format));
    }
  }

  /** The format of a file of any name that a Python project says to hold its version: a module, or nothing but the version. */
  Format source(String path) {
    return of(path.endsWith(".py") ? "version.py" : "VERSION").orElseThrow();
  }

  /** The format of a path; nothing when no format is known by that name. */
  Optional<Format> of(String path) {
    String name = Paths.name(path);
    return by(Naming.key(name), path).or(() -> by(Naming.extension(name), path));
  }

  private Optional<Format> by(String key, String path) {
    return byName.getOrDefault(key, List.of()).stream().filter(format -> format.claims(path)).findFirst();
  }
}
