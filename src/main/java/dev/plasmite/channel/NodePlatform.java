package dev.plasmite.channel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plasmite.artifact.ArchiveContents;
import dev.plasmite.artifact.ArchiveLimits;
import dev.plasmite.artifact.ArchiveReader;
import dev.plasmite.artifact.Artifact;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether an npm package may be installed here, by {@code os} and {@code cpu} of its package.json (npm's documentation, "package.json"). */
final class NodePlatform {

  private static final String MEMBER = "package/package.json";

  private NodePlatform() {}

  /** Why npm would refuse a package on this machine; nothing when it would not. */
  static Optional<String> refusal(HttpReading json, Artifact tarball) {
    ArchiveContents contents = new ArchiveReader(ArchiveLimits.usual()).read(tarball.path(), MEMBER::equals);
    byte[] text = contents.kept().get(MEMBER);
    if (text == null) {
      return Optional.empty(); // then it is no package, which npm says better
    }
    JsonNode manifest = json.parse(tarball.path().toUri(), new String(text, StandardCharsets.UTF_8));
    FilePlatform here = FilePlatform.here();
    String system = here.system().equals("macos") ? "darwin" : here.system().equals("windows") ? "win32" : "linux";
    String cpu = here.cpu().equals("arm") ? "arm64" : "x64";
    boolean fits = allows(manifest.path("os"), system) && allows(manifest.path("cpu"), cpu);
    return fits ? Optional.empty() : Optional.of("its package.json says os " + manifest.path("os") + " and cpu " + manifest.path("cpu") + ", and this is " + here);
  }

  private static boolean allows(JsonNode words, String here) {
    List<String> allowed = new ArrayList<>();
    if (words.isTextual()) {
      allowed.add(words.asText());
    }
    words.forEach(word -> allowed.add(word.asText()));
    boolean named = allowed.stream().anyMatch(word -> !word.startsWith("!"));
    return !allowed.contains("!" + here) && (!named || allowed.contains(here) || allowed.contains("any"));
  }
}
