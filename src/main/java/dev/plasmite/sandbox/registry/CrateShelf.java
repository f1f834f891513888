package dev.plasmite.sandbox.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.artifact.Digests;
import dev.plasmite.sandbox.loopback.Rejection;
import dev.plasmite.sandbox.loopback.StateDirectory;
import dev.plasmite.version.SemVer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The crates a registry holds: {@code crates/<canonical name>/crate.json} with name, owners and one index entry a version
 * in the order of publishing, beside the crate files. The document is written after the file, in one rename: that is
 * the moment a version is published.
 */
final class CrateShelf {

  private final StateDirectory state;

  CrateShelf(StateDirectory state) {
    this.state = state;
  }

  /** Publishes what was received. */
  synchronized void publish(CrateUpload.Upload upload, String user) throws IOException {
    String name = upload.name();
    ObjectNode crate = state.read(document(name)).orElseGet(() -> fresh(name, user));
    if (!crate.path("name").asText().equals(name)) {
      throw new Rejection(400, "crate was previously named `" + crate.path("name").asText() + "`");
    }
    demandOwner(crate, user);
    SemVer version = SemVer.parse(upload.version());
    for (JsonNode entry : crate.path("versions")) {
      String there = entry.path("vers").asText();
      if (withoutBuild(SemVer.parse(there)).equals(withoutBuild(version))) {
        throw new Rejection(400, there.equals(upload.version())
            ? "crate version `" + there + "` is already uploaded"
            : "version `" + upload.version() + "` differs from the existing `" + there + "` in build metadata only");
      }
    }
    for (JsonNode dependency : upload.metadata().path("deps")) {
      String wanted = dependency.path("name").asText();
      if (standsFor(dependency.path("registry"), wanted)) {
        ((ObjectNode) dependency).putNull("registry");
      }
      if (!dependency.path("registry").isTextual() && !canonical(wanted).equals(canonical(name))
          && state.read(document(wanted)).isEmpty()) {
        throw new Rejection(400, "no known crate named `" + wanted + "`");
      }
    }
    ObjectNode entry = CrateIndexEntry.of(state.json(), upload.metadata(), upload.crate().hex("SHA-256"));
    ((ArrayNode) crate.get("versions")).add(entry);
    ((ObjectNode) crate.get("published")).put(upload.version(), Instant.now().toString());
    ((ObjectNode) crate.get("sizes")).put(upload.version(), upload.crate().size());
    crate.put("description", upload.metadata().path("description").asText(""));
    state.keep(upload.crate(), file(name, upload.version()));
    state.write(document(name), crate);
  }

  /**
   * This registry plays crates.io, so a dependency that cargo names as crates.io's is one of its own, if it holds it: a
   * release whose crates depend on each other can then be installed from here alone.
   */
  private boolean standsFor(JsonNode registry, String name) throws IOException {
    return registry.isTextual() && state.read(document(name)).isPresent();
  }

  /** Yanks or takes a yank back. */
  synchronized void yank(String name, String version, boolean yanked, String user) throws IOException {
    ObjectNode crate = crate(name);
    demandOwner(crate, user);
    ((ObjectNode) find(crate, version)).put("yanked", yanked);
    state.write(document(name), crate);
  }

  /** Adds or removes owners; the last one stays. */
  synchronized void changeOwners(String name, List<String> logins, boolean add, String user) throws IOException {
    ObjectNode crate = crate(name);
    demandOwner(crate, user);
    List<String> owners = new ArrayList<>();
    crate.path("owners").forEach(owner -> owners.add(owner.asText()));
    for (String login : logins) {
      if (add && !owners.contains(login)) {
        owners.add(login);
      } else if (!add && !owners.remove(login)) {
        throw new Rejection(400, "could not find owner with login `" + login + "`");
      }
    }
    if (owners.isEmpty()) {
      throw new Rejection(400, "cannot remove all individual owners of a crate");
    }
    ArrayNode list = crate.putArray("owners");
    owners.forEach(list::add);
    state.write(document(name), crate);
  }

  /** The document of a crate, by any spelling of its name. */
  ObjectNode crate(String name) throws IOException {
    return state.read(document(name)).orElseThrow(() -> new Rejection(404, "crate `" + name + "` does not exist"));
  }

  /** The index entry of a version. */
  JsonNode version(String name, String version) throws IOException {
    return find(crate(name), version);
  }

  /** The crate file of a version that is in the index. */
  Path file(String name, String version) {
    return state.at("crates", canonical(name), version + ".crate");
  }

  /** The lines of the index file at a path such as {@code se/rd/serde}; nothing when there is none. */
  Optional<String> indexFile(List<String> path) throws IOException {
    String name = path.isEmpty() ? "" : path.get(path.size() - 1);
    if (!name.matches("[a-z][a-z0-9_-]{0,63}") || !indexPath(name).equals(path)) {
      return Optional.empty();
    }
    Optional<ObjectNode> crate = state.read(document(name));
    if (crate.isEmpty() || !crate.get().path("name").asText().toLowerCase(Locale.ROOT).equals(name)) {
      return Optional.empty();
    }
    StringBuilder lines = new StringBuilder();
    crate.get().path("versions").forEach(entry -> lines.append(entry).append('\n'));
    return Optional.of(lines.toString());
  }

  /** The validator of an index file. */
  static String tag(String lines) {
    return Digests.sha256(lines.getBytes(StandardCharsets.UTF_8));
  }

  /** What the web API says of a crate. */
  ObjectNode describe(String name) throws IOException {
    ObjectNode crate = crate(name);
    ObjectNode answer = state.json().createObjectNode();
    ArrayNode versions = state.json().createArrayNode();
    String newest = "";
    for (JsonNode entry : crate.path("versions")) {
      versions.insert(0, described(crate, entry));
      newest = entry.path("vers").asText();
    }
    answer.set("crate", summary(crate, newest));
    answer.set("versions", versions);
    return answer;
  }

  /** What the web API says of a version. */
  ObjectNode describe(String name, String version) throws IOException {
    ObjectNode crate = crate(name);
    ObjectNode answer = state.json().createObjectNode();
    answer.set("version", described(crate, find(crate, version)));
    return answer;
  }

  /** Crates whose name contains a text. */
  ObjectNode search(String text) throws IOException {
    ObjectNode answer = state.json().createObjectNode();
    ArrayNode crates = answer.putArray("crates");
    Path all = state.at("crates");
    if (Files.isDirectory(all)) {
      List<Path> found;
      try (Stream<Path> directories = Files.list(all)) {
        found = directories.sorted().toList();
      }
      for (Path directory : found) {
        Optional<ObjectNode> crate = state.read(directory.resolve("crate.json"));
        if (crate.isPresent() && canonical(crate.get().path("name").asText()).contains(canonical(text))) {
          JsonNode versions = crate.get().path("versions");
          crates.add(summary(crate.get(), versions.path(versions.size() - 1).path("vers").asText()));
        }
      }
    }
    answer.putObject("meta").put("total", crates.size());
    return answer;
  }

  private ObjectNode summary(ObjectNode crate, String newest) {
    return state.json().createObjectNode()
        .put("id", crate.path("name").asText())
        .put("name", crate.path("name").asText())
        .put("description", crate.path("description").asText())
        .put("max_version", newest)
        .put("newest_version", newest);
  }

  private ObjectNode described(ObjectNode crate, JsonNode entry) {
    String name = crate.path("name").asText();
    String version = entry.path("vers").asText();
    return state.json().createObjectNode()
        .put("crate", name)
        .put("num", version)
        .put("checksum", entry.path("cksum").asText())
        .put("yanked", entry.path("yanked").asBoolean())
        .put("crate_size", crate.path("sizes").path(version).asLong())
        .put("created_at", crate.path("published").path(version).asText())
        .put("dl_path", "/api/v1/crates/" + name + "/" + version + "/download");
  }

  private ObjectNode fresh(String name, String user) {
    ObjectNode crate = state.json().createObjectNode().put("name", name);
    crate.putArray("owners").add(user);
    crate.putArray("versions");
    crate.putObject("published");
    crate.putObject("sizes");
    return crate;
  }

  private Path document(String name) {
    return state.at("crates", canonical(name), "crate.json");
  }

  private static JsonNode find(ObjectNode crate, String version) {
    for (JsonNode entry : crate.path("versions")) {
      if (entry.path("vers").asText().equals(version)) {
        return entry;
      }
    }
    throw new Rejection(
        404, "crate `" + crate.path("name").asText() + "` does not have a version `" + version + "`");
  }

  private static void demandOwner(ObjectNode crate, String user) {
    for (JsonNode owner : crate.path("owners")) {
      if (owner.asText().equals(user)) {
        return;
      }
    }
    throw new Rejection(
        403,
        "this crate exists but you don't seem to be an owner. If you believe this is a mistake, perhaps you need to"
            + " accept an invitation to be an owner before publishing.");
  }

  /** Names that crates.io takes for the same. */
  private static String canonical(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static SemVer withoutBuild(SemVer version) {
    return new SemVer(version.major(), version.minor(), version.patch(), version.prerelease(), List.of());
  }

  /** Where a name stands in an index (the Cargo book, "Index files"). */
  static List<String> indexPath(String name) {
    return switch (name.length()) {
      case 1 -> List.of("1", name);
      case 2 -> List.of("2", name);
      case 3 -> List.of("3", name.substring(0, 1), name);
      default -> List.of(name.substring(0, 2), name.substring(2, 4), name);
    };
  }
}
