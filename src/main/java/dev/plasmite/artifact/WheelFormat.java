package dev.plasmite.artifact;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A wheel: {@code name-version.dist-info/METADATA}, {@code WHEEL} and {@code RECORD} (PyPA, Binary distribution format). */
final class WheelFormat implements ArtifactFormat {

  private static final Pattern NAME =
      Pattern.compile("([^-]+)-([^-]+)(?:-[0-9][^-]*)?-([^-]+)-([^-]+)-([^-]+)\\.whl");

  /** Platforms of which PyPI takes wheels: those of the packaging documents, and never a bare {@code linux_x86_64}. */
  private static final Pattern PLATFORM =
      Pattern.compile(
          "any|win32|win_(?:amd64|arm64)|manylinux(?:1|2010|2014)_[a-z0-9_]+|(?:many|musl)linux_[0-9]+_[0-9]+_[a-z0-9_]+"
              + "|linux_armv[67]l|macosx_[0-9]+_[0-9]+_[a-z0-9_]+|ios_[0-9]+_[0-9]+_[a-z0-9_]+|android_[0-9]+_[a-z0-9_]+"
              + "|(?:pyodide|pyemscripten)_[0-9]+_[0-9]+_wasm32");
  private static final Pattern PROGRAM = Pattern.compile("(?:.+/)?bin/[^/.]+");
  private static final Pattern PAPER = Pattern.compile("[^/]+\\.dist-info/(METADATA|WHEEL|RECORD)");

  @Override
  public Pattern fileName() {
    return NAME;
  }

  @Override
  public String example() {
    return "name-1.2.0-py3-none-any.whl";
  }

  @Override
  public boolean reads(String member) {
    return PAPER.matcher(member).matches();
  }

  @Override
  public boolean digests() {
    return true;
  }

  @Override
  public ArtifactIdentity identity(String file, ArchiveContents contents, List<Finding> findings) {
    Matcher parts = NAME.matcher(file);
    if (!parts.matches()) {
      return ArtifactIdentity.NONE;
    }
    Set<String> infos = new TreeSet<>();
    contents.kept().keySet().forEach(name -> infos.add(name.substring(0, name.indexOf('/'))));
    String info = parts.group(1) + "-" + parts.group(2) + ".dist-info";
    byte[] metadata = contents.kept().get(info + "/METADATA");
    byte[] wheel = contents.kept().get(info + "/WHEEL");
    if (metadata == null || wheel == null || infos.size() != 1) {
      findings.add(
          ArtifactFormat.finding(file, "it must have METADATA and WHEEL in " + info + "/, and in no other; found " + infos));
      return ArtifactIdentity.NONE;
    }
    byte[] record = contents.kept().get(info + "/RECORD");
    if (record == null) {
      findings.add(ArtifactFormat.finding(file, "it has no RECORD in " + info + "/"));
    } else {
      WheelRecord.parse(ArtifactFormat.text(record)).differences(info, contents).forEach(what -> findings.add(ArtifactFormat.finding(file, what)));
    }
    // Installers keep the bit of what is packed, and give it only to a package's scripts.
    contents.files().stream()
        .filter(m -> PROGRAM.matcher(m.name()).matches() && !m.executable())
        .forEach(m -> findings.add(ArtifactFormat.finding(file, Shown.text(m.name()) + " has lost its executable bit")));
    List<String> names = CoreMetadata.values(ArtifactFormat.text(metadata), "Name");
    List<String> versions = CoreMetadata.values(ArtifactFormat.text(metadata), "Version");
    if (names.size() != 1 || versions.size() != 1) {
      findings.add(ArtifactFormat.finding(file, "its METADATA must say Name and Version once each"));
      return ArtifactIdentity.NONE;
    }
    if (!CoreMetadata.normalized(names.get(0)).equals(CoreMetadata.normalized(parts.group(1)))
        || !versions.get(0).equals(parts.group(2))) {
      findings.add(
          ArtifactFormat.finding(file, "its METADATA says " + Shown.text(names.get(0)) + " " + Shown.text(versions.get(0))
              + ", its file name says otherwise"));
    }
    Set<String> tags = new TreeSet<>(CoreMetadata.values(ArtifactFormat.text(wheel), "Tag"));
    Set<String> named = expand(parts.group(3), parts.group(4), parts.group(5));
    if (!tags.equals(named)) {
      findings.add(ArtifactFormat.finding(file, "its WHEEL file says tags " + tags + ", its file name says " + named));
    }
    for (String platform : parts.group(5).split("\\.")) {
      if (!PLATFORM.matcher(platform).matches()) {
        findings.add(
            Finding.of("PyPI takes no wheel for platform " + Shown.text(platform))
                .at(Place.file(file))
                .remedy("give it the tag of the oldest system it runs on, such as manylinux_2_28_x86_64 (auditwheel repair)"));
      }
    }
    return new ArtifactIdentity(Optional.of(names.get(0)), Optional.of(versions.get(0)), new ArrayList<>(named));
  }

  /** {@code py2.py3-none-any} stands for two tags (PyPA, Platform compatibility tags). */
  private static Set<String> expand(String pythons, String abis, String platforms) {
    Set<String> out = new TreeSet<>();
    for (String python : pythons.split("\\.")) {
      for (String abi : abis.split("\\.")) {
        for (String platform : platforms.split("\\.")) {
          out.add(python + "-" + abi + "-" + platform);
        }
      }
    }
    return out;
  }
}
