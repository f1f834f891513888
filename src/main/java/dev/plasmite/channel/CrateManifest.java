package dev.plasmite.channel;

import dev.plasmite.artifact.ArchiveContents;
import dev.plasmite.artifact.ArchiveLimits;
import dev.plasmite.artifact.ArchiveReader;
import dev.plasmite.artifact.Artifact;
import dev.plasmite.gate.OutsideFailure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * The manifest that a staged crate carries, as cargo has normalized it (the Cargo book, "The Manifest Format").
 *
 * @param toml all of it
 */
record CrateManifest(TomlParseResult toml) {

  /**
   * Reads it.
   *
   * @throws OutsideFailure when it cannot be read
   */
  static CrateManifest of(Artifact crate) {
    String manifest = crate.file().replaceFirst("\\.crate$", "") + "/Cargo.toml";
    ArchiveContents contents = new ArchiveReader(ArchiveLimits.usual()).read(crate.path(), manifest::equals);
    byte[] text = contents.kept().get(manifest);
    if (text == null) {
      throw new OutsideFailure(crate.file() + " holds no " + manifest);
    }
    TomlParseResult toml = Toml.parse(new String(text, StandardCharsets.UTF_8));
    if (toml.hasErrors()) {
      throw new OutsideFailure(manifest + " of " + crate.file() + " is no TOML: " + toml.errors().get(0).getMessage());
    }
    return new CrateManifest(toml);
  }

  /** The packages that it cannot be built without, and those that its tests need. */
  DependencyOrder.Needs needs() {
    return new DependencyOrder.Needs(named(List.of("dependencies", "build-dependencies")), named(List.of("dev-dependencies")));
  }

  private Set<String> named(List<String> kinds) {
    List<TomlTable> owners = new ArrayList<>(List.of(toml));
    if (toml.get(List.of("target")) instanceof TomlTable targets) {
      targets.keySet().forEach(target -> {
        if (targets.get(List.of(target)) instanceof TomlTable owner) {
          owners.add(owner);
        }
      });
    }
    Set<String> names = new TreeSet<>();
    for (TomlTable owner : owners) {
      for (String kind : kinds) {
        if (owner.get(List.of(kind)) instanceof TomlTable dependencies) {
          dependencies.keySet().forEach(name -> names.add(packageOf(name, dependencies.get(List.of(name)))));
        }
      }
    }
    return names;
  }

  /** A dependency may go by another name than its package's. */
  private static String packageOf(String name, Object dependency) {
    return dependency instanceof TomlTable table && table.get(List.of("package")) instanceof String named ? named : name;
  }
}
