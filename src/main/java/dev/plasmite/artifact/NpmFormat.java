package dev.plasmite.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.plasmite.gate.Finding;
import dev.plasmite.json.StrictJson;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A package as {@code npm pack} makes it: {@code package/package.json} (npm docs, package.json). */
final class NpmFormat implements ArtifactFormat {

  /** Native programs; npm itself makes executable what {@code bin} names. */
  private static final Pattern PROGRAM = Pattern.compile("package/(?:.+/)?bin/[^/.]+");
  private static final String MANIFEST = "package/package.json";

  @Override
  public Pattern fileName() {
    return Pattern.compile(".+\\.tgz");
  }

  @Override
  public String example() {
    return "scope-name-1.2.0.tgz";
  }

  @Override
  public boolean reads(String member) {
    return member.equals(MANIFEST);
  }

  @Override
  public ArtifactIdentity identity(String file, ArchiveContents contents, List<Finding> findings) {
    contents.members().stream()
        .filter(m -> !m.name().equals("package") && !m.name().startsWith("package/"))
        .findFirst()
        .ifPresent(m -> findings.add(ArtifactFormat.finding(file, Shown.text(m.name()) + " lies outside of package/")));
    byte[] manifest = contents.kept().get(MANIFEST);
    if (manifest == null) {
      findings.add(ArtifactFormat.finding(file, "there is no " + MANIFEST + " in it"));
      return ArtifactIdentity.NONE;
    }
    try {
      JsonNode json = StrictJson.mapper().readTree(ArtifactFormat.text(manifest));
      if (!json.path("name").isTextual() || !json.path("version").isTextual()) {
        findings.add(ArtifactFormat.finding(file, "its package.json does not say name and version"));
        return ArtifactIdentity.NONE;
      }
      String name = json.get("name").textValue();
      String version = json.get("version").textValue();
      programs(json.path("bin"))
          .filter(path -> contents.member("package/" + path).filter(m -> m.type() == ArchiveMember.Type.FILE).isEmpty())
          .forEach(path -> findings.add(ArtifactFormat.finding(file, "its package.json names the program " + Shown.text(path) + ", which is not in it")));
      contents.files().stream()
          .filter(m -> PROGRAM.matcher(m.name()).matches() && !m.executable())
          .forEach(m -> findings.add(ArtifactFormat.finding(file, Shown.text(m.name()) + " has lost its executable bit")));
      String packed = (name.startsWith("@") ? name.substring(1).replace('/', '-') : name) + "-" + version + ".tgz";
      if (!packed.equals(file)) {
        findings.add(
            ArtifactFormat.finding(file, "its package.json says " + Shown.text(name) + " " + Shown.text(version)
                + ", its file name says otherwise (npm pack names it " + Shown.text(packed) + ")"));
      }
      return ArtifactIdentity.of(name, version);
    } catch (JsonProcessingException e) {
      findings.add(ArtifactFormat.finding(file, "its package.json is no valid JSON: " + Shown.text(e.getOriginalMessage())));
      return ArtifactIdentity.NONE;
    }
  }

  /** {@code bin} is a path, or an object of paths by command. */
  private static Stream<String> programs(JsonNode bin) {
    Stream<JsonNode> paths = bin.isObject() ? bin.valueStream() : Stream.of(bin);
    return paths.filter(JsonNode::isTextual).map(path -> path.textValue().replaceFirst("^(\\./)+", ""));
  }
}
