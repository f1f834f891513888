package dev.plasmite.artifact;

import dev.plasmite.gate.Finding;
import java.util.List;
import java.util.regex.Pattern;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;

/** A crate: {@code name-version/Cargo.toml}, as {@code cargo package} normalizes it (The Cargo Book, cargo package). */
final class CrateFormat implements ArtifactFormat {

  @Override
  public Pattern fileName() {
    return Pattern.compile(".+\\.crate");
  }

  @Override
  public String example() {
    return "name-1.2.0.crate";
  }

  @Override
  public boolean reads(String member) {
    return member.endsWith("/Cargo.toml") && member.indexOf('/') == member.lastIndexOf('/');
  }

  @Override
  public ArtifactIdentity identity(String file, ArchiveContents contents, List<Finding> findings) {
    String root = file.substring(0, file.length() - ".crate".length());
    contents.members().stream()
        .filter(m -> !m.name().equals(root) && !m.name().startsWith(root + "/"))
        .findFirst()
        .ifPresent(m -> findings.add(ArtifactFormat.finding(file, Shown.text(m.name()) + " lies outside of " + root + "/")));
    byte[] manifest = contents.kept().get(root + "/Cargo.toml");
    if (manifest == null) {
      findings.add(ArtifactFormat.finding(file, "there is no " + root + "/Cargo.toml in it"));
      return ArtifactIdentity.NONE;
    }
    TomlParseResult toml = Toml.parse(ArtifactFormat.text(manifest));
    String name = toml.hasErrors() || !toml.isString("package.name") ? null : toml.getString("package.name");
    String version = toml.hasErrors() || !toml.isString("package.version") ? null : toml.getString("package.version");
    if (name == null || version == null) {
      findings.add(ArtifactFormat.finding(file, "its Cargo.toml does not say package.name and package.version"));
      return ArtifactIdentity.NONE;
    }
    if (!root.equals(name + "-" + version)) {
      findings.add(
          ArtifactFormat.finding(file, "its Cargo.toml says " + Shown.text(name) + " " + Shown.text(version)
              + ", its file name says otherwise"));
    }
    return ArtifactIdentity.of(name, version);
  }
}
