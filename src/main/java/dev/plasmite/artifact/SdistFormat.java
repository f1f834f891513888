package dev.plasmite.artifact;

import dev.plasmite.gate.Finding;
import java.util.List;
import java.util.regex.Pattern;

/** A source distribution: {@code name-version/PKG-INFO} (PyPA, Source distribution format). */
final class SdistFormat implements ArtifactFormat {

  private static final String END = ".tar.gz";

  @Override
  public Pattern fileName() {
    return Pattern.compile("[^-]+(-[^-]+)*-[^-]+\\.tar\\.gz");
  }

  @Override
  public String example() {
    return "name-1.2.0.tar.gz";
  }

  @Override
  public boolean reads(String member) {
    return member.endsWith("/PKG-INFO") && member.indexOf('/') == member.lastIndexOf('/');
  }

  @Override
  public ArtifactIdentity identity(String file, ArchiveContents contents, List<Finding> findings) {
    String root = file.substring(0, file.length() - END.length());
    contents.members().stream()
        .filter(m -> !m.name().equals(root) && !m.name().startsWith(root + "/"))
        .findFirst()
        .ifPresent(m -> findings.add(ArtifactFormat.finding(file, Shown.text(m.name()) + " lies outside of " + root + "/")));
    byte[] info = contents.kept().get(root + "/PKG-INFO");
    List<String> names = info == null ? List.of() : CoreMetadata.values(ArtifactFormat.text(info), "Name");
    List<String> versions = info == null ? List.of() : CoreMetadata.values(ArtifactFormat.text(info), "Version");
    if (names.size() != 1 || versions.size() != 1) {
      findings.add(ArtifactFormat.finding(file, "it must have " + root + "/PKG-INFO with Name and Version once each"));
      return ArtifactIdentity.NONE;
    }
    String stated = CoreMetadata.normalized(names.get(0)) + "-" + versions.get(0);
    int dash = root.lastIndexOf('-');
    if (!stated.equals(CoreMetadata.normalized(root.substring(0, dash)) + root.substring(dash))) {
      findings.add(
          ArtifactFormat.finding(file, "its PKG-INFO says " + Shown.text(names.get(0)) + " " + Shown.text(versions.get(0))
              + ", its file name says otherwise"));
    }
    return ArtifactIdentity.of(names.get(0), versions.get(0));
  }
}
