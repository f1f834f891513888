package dev.plasmite.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.plasmite.artifact.ArchiveContents;
import dev.plasmite.artifact.ArchiveLimits;
import dev.plasmite.artifact.ArchiveReader;
import dev.plasmite.artifact.Artifact;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * What an npm tarball's package.json says of where the package may be installed and what it needs (npm's documentation,
 * "package.json").
 *
 * @param manifest its package.json
 */
record NodePackage(JsonNode manifest) {

  private static final String MEMBER = "package/package.json";

  /** Reads a tarball; one without a package.json says nothing, for it is no package, which npm says better. */
  static NodePackage of(HttpReading json, Artifact tarball) {
    ArchiveContents contents = new ArchiveReader(ArchiveLimits.usual()).read(tarball.path(), MEMBER::equals);
    byte[] text = contents.kept().get(MEMBER);
    return new NodePackage(text == null ? MissingNode.getInstance() : json.parse(tarball.path().toUri(), new String(text, StandardCharsets.UTF_8)));
  }

  /**
   * Why npm would refuse the package on this machine; nothing when it would not.
   *
   * @param libc the C library of the machine's node: {@code glibc} or {@code musl}; asked only where the package names one
   */
  Optional<String> refusal(Supplier<String> libc) {
    FilePlatform here = FilePlatform.here();
    String system = here.system().equals("macos") ? "darwin" : here.system().equals("windows") ? "win32" : "linux";
    String cpu = here.cpu().equals("arm") ? "arm64" : "x64";
    if (!allows(manifest.path("os"), system) || !allows(manifest.path("cpu"), cpu)) {
      return Optional.of("its package.json says os " + manifest.path("os") + " and cpu " + manifest.path("cpu") + ", and this is " + here);
    }
    JsonNode wanted = manifest.path("libc");
    if (wanted.isMissingNode() || wanted.isNull()) {
      return Optional.empty();
    }
    String there = system.equals("linux") ? libc.get() : "none";
    return allows(wanted, there) ? Optional.empty() : Optional.of("its package.json says libc " + wanted + ", and node here has " + there);
  }

  /** The packages that it does not work without; optional ones among them, as the binaries of platforms are. */
  Set<String> needs() {
    Set<String> names = new TreeSet<>();
    for (String kind : List.of("dependencies", "optionalDependencies", "peerDependencies")) {
      manifest.path(kind).fieldNames().forEachRemaining(names::add);
    }
    return names;
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
