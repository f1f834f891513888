package dev.plasmite.sandbox.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.artifact.Digests;
import dev.plasmite.sandbox.loopback.Rejection;
import dev.plasmite.sandbox.loopback.Reply;
import dev.plasmite.sandbox.loopback.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The projects a registry holds: {@code projects/<normalized name>/project.json} beside the files. The document is
 * written after the file, in one rename: that is the moment a file is published. It holds no address.
 */
final class PyPiShelf {

  private static final String METADATA = ".metadata";

  private final StateDirectory state;

  PyPiShelf(StateDirectory state) {
    this.state = state;
  }

  /**
   * The normalized name of a project (PEP 503).
   *
   * @throws Rejection 400 when it can be none, so that nothing else ever becomes a path
   */
  static String normalized(String name) {
    if (name.length() > 200 || !name.matches("[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")) {
      throw new Rejection(400, "Invalid value for name. Error: Start and end with a letter or numeral containing only"
          + " ASCII numeric and '.', '_' and '-'.");
    }
    return name.replaceAll("[-_.]+", "-").toLowerCase(Locale.ROOT);
  }

  /** Publishes what was received; identical bytes once more change nothing. */
  synchronized void publish(PyPiUpload.Upload upload, String user) throws IOException {
    DistributionFile name = upload.name();
    ObjectNode project =
        state.read(document(name.project())).orElseGet(() -> fresh(upload.fields().get("name"), user));
    demandOwner(project, user);
    String sha256 = upload.file().hex("SHA-256");
    for (JsonNode file : project.path("files")) {
      if (file.path("filename").asText().equals(name.file())) {
        if (file.path("sha256").asText().equals(sha256)) {
          return;
        }
        throw new Rejection(400, "File already exists ('" + name.file() + "', with sha256 hash '"
            + file.path("sha256").asText() + "').");
      }
    }
    ObjectNode file = ((ArrayNode) project.get("files")).addObject();
    file.put("filename", name.file())
        .put("version", name.version())
        .put("packagetype", name.wheel() ? "bdist_wheel" : "sdist")
        .put("size", upload.file().size())
        .put("sha256", sha256)
        .put("md5", upload.file().hex("MD5"))
        .put("uploaded", Instant.now().truncatedTo(ChronoUnit.MICROS).toString())
        .put("requires_python", upload.metadata().field("requires-python"))
        .put("summary", upload.metadata().field("summary"))
        .put("yanked", false);
    if (name.wheel()) {
      byte[] metadata = upload.metadata().bytes();
      file.put("metadata_sha256", Digests.sha256(metadata));
      state.keep(state.receive(out -> out.write(metadata)), place(name.project(), name.file() + METADATA));
    }
    state.keep(upload.file(), place(name.project(), name.file()));
    state.write(document(name.project()), project);
  }

  /** The document of a project. */
  ObjectNode project(String normalized) throws IOException {
    return state.read(document(normalized)).orElseThrow(() -> new Rejection(404, "Not Found"));
  }

  /** The names of all projects, as they were first spelled. */
  List<String> names() throws IOException {
    Path all = state.at("projects");
    List<String> names = new ArrayList<>();
    if (Files.isDirectory(all)) {
      List<Path> directories;
      try (Stream<Path> found = Files.list(all)) {
        directories = found.sorted().toList();
      }
      for (Path directory : directories) {
        state.read(directory.resolve("project.json")).ifPresent(project -> names.add(project.path("name").asText()));
      }
    }
    return names;
  }

  /** A file that is in the index, or its metadata. */
  Reply file(String project, String file) throws IOException {
    String normalized = normalized(project);
    for (JsonNode known : project(normalized).path("files")) {
      String name = known.path("filename").asText();
      if (name.equals(file)) {
        return Reply.file("application/octet-stream", place(normalized, file), known.path("sha256").asText());
      }
      if (file.equals(name + METADATA) && known.has("metadata_sha256")) {
        return Reply.file("application/octet-stream", place(normalized, file), known.path("metadata_sha256").asText());
      }
    }
    throw new Rejection(404, "Not Found");
  }

  private ObjectNode fresh(String name, String user) {
    ObjectNode project = state.json().createObjectNode().put("name", name);
    project.putArray("owners").add(user);
    project.putArray("files");
    return project;
  }

  private static void demandOwner(ObjectNode project, String user) {
    for (JsonNode owner : project.path("owners")) {
      if (owner.asText().equals(user)) {
        return;
      }
    }
    throw new Rejection(403, "The user '" + user + "' isn't allowed to upload to project '"
        + project.path("name").asText() + "'.");
  }

  private Path document(String normalized) {
    return state.at("projects", normalized, "project.json");
  }

  private Path place(String normalized, String file) {
    return state.at("projects", normalized, "files", file);
  }
}
