package dev.plasmite.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The formats that are known by a file's name. */
final class Formats {

  private final List<Format> all = new ArrayList<>();

  Formats() {
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
  }

  /** The format of a file of any name that a Python project says to hold its version: a module, or nothing but the version. */
  Format source(String path) {
    return of(path.endsWith(".py") ? "version.py" : "VERSION").orElseThrow();
  }

  /** The format of a path; nothing when no format is known by that name. */
  Optional<Format> of(String path) {
    for (Format format : all) {
      if (format.claims(path)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}
