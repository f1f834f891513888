package dev.plasmite.sandbox.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.sandbox.loopback.Rejection;
import dev.plasmite.sandbox.loopback.StateDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the stand-in knows, below {@code repos/<owner>/<name>/}: one document a run, artifact, release and asset, named by
 * its number, and one of all refs and tag objects. A document is written after the file it speaks of.
 */
final class GitHubShelf {

  private final StateDirectory state;

  GitHubShelf(StateDirectory state) {
    this.state = state;
  }

  /** The repository's document. */
  ObjectNode repository(String owner, String name) throws IOException {
    return state.read(place(owner + "/" + name, "repository.json"))
        .orElseThrow(() -> new Rejection(404, "Not Found"));
  }

  synchronized long addRepository(String fullName, List<String> writers, boolean immutable) throws IOException {
    ObjectNode repository = state.read(place(fullName, "repository.json")).orElse(null);
    if (repository == null) {
      repository = state.json().createObjectNode().put("full_name", fullName);
      repository.put("id", nextId()).put("owner_id", nextId()).put("default_branch", "main").put("created_at", now());
    }
    ArrayNode list = repository.putArray("writers");
    writers.forEach(list::add);
    repository.put("immutable_releases", immutable);
    state.write(place(fullName, "repository.json"), repository);
    return repository.path("id").asLong();
  }

  synchronized long addRun(String fullName, GitHubStandIn.Run run) throws IOException {
    ObjectNode document = null;
    int number = 0;
    long workflow = 0;
    for (ObjectNode known : all(fullName, "runs")) {
      number = Math.max(number, known.path("run_number").asInt());
      boolean sameWorkflow = known.path("path").asText().equals(run.workflow());
      workflow = sameWorkflow ? known.path("workflow_id").asLong() : workflow;
      if (sameWorkflow && known.path("event").asText().equals(run.event())
          && known.path("head_branch").asText().equals(run.branch())
          && known.path("head_sha").asText().equals(run.headSha())
          && known.path("run_attempt").asInt() == run.attempt()) {
        document = known;
      }
    }
    if (document == null) {
      document = state.json().createObjectNode().put("id", nextId()).put("run_number", number + 1)
          .put("workflow_id", workflow == 0 ? nextId() : workflow).put("created_at", now());
    }
    document.put("path", run.workflow()).put("event", run.event()).put("head_branch", run.branch())
        .put("head_sha", run.headSha()).put("status", run.status()).put("conclusion", run.conclusion())
        .put("run_attempt", run.attempt()).put("updated_at", now());
    return put(fullName, "runs", document);
  }

  synchronized long addArtifact(String fullName, long run, String name, Path zip) throws IOException {
    one(fullName, "runs", run);
    ObjectNode document = null;
    for (ObjectNode known : all(fullName, "artifacts")) {
      if (known.path("run_id").asLong() == run && known.path("name").asText().equals(name)) {
        document = known;
      }
    }
    if (document == null) {
      document = state.json().createObjectNode().put("id", nextId()).put("run_id", run).put("name", name)
          .put("created_at", now());
    }
    StateDirectory.Received received;
    try (InputStream in = Files.newInputStream(zip)) {
      received = state.receive(in, "SHA-256");
    }
    document.put("size", received.size()).put("digest", "sha256:" + received.hex("SHA-256")).put("updated_at", now());
    state.keep(received, file(fullName, "artifacts", document.path("id").asLong()));
    return put(fullName, "artifacts", document);
  }

  synchronized long addAttestation(String fullName, List<String> sha256, byte[] bundle) throws IOException {
    ObjectNode document = state.json().createObjectNode().put("id", nextId());
    ArrayNode digests = document.putArray("digests");
    sha256.forEach(digests::add);
    document.set("bundle", state.json().readTree(bundle));
    return put(fullName, "attestations", document);
  }

  synchronized boolean addRefs(String fullName, List<GitHubStandIn.KnownRef> known) throws IOException {
    ObjectNode refs = refs(fullName);
    for (GitHubStandIn.KnownRef ref : known) {
      refs.withObject("/refs").putObject(ref.name())
          .put("sha", ref.object()).put("type", ref.annotated() ? "tag" : "commit");
      if (ref.annotated()) {
        refs.withObject("/tags").putObject(ref.object())
            .put("tag", ref.name().substring("refs/tags/".length()))
            .put("commit", ref.commit()).put("message", ref.message()).put("date", now());
      }
    }
    state.write(place(fullName, "refs.json"), refs);
    return !known.isEmpty();
  }

  /** Points a ref at a commit or at a tag object that is known. */
  synchronized void addRef(String fullName, String name, String sha) throws IOException {
    ObjectNode refs = refs(fullName);
    String type = refs.path("tags").has(sha) ? "tag" : "commit";
    refs.withObject("/refs").putObject(name).put("sha", sha).put("type", type);
    state.write(place(fullName, "refs.json"), refs);
  }

  /** The object a ref points at: {@code sha} and {@code type}. */
  Optional<JsonNode> ref(String fullName, String ref) throws IOException {
    return Optional.ofNullable(refs(fullName).path("refs").get(ref));
  }

  /** All refs and tag objects. */
  ObjectNode refs(String fullName) throws IOException {
    return state.read(place(fullName, "refs.json")).orElseGet(() -> {
      ObjectNode empty = state.json().createObjectNode();
      empty.putObject("refs");
      empty.putObject("tags");
      return empty;
    });
  }

  /** All documents of a kind, the newest first. */
  List<ObjectNode> all(String fullName, String kind) throws IOException {
    return state.readAll(place(fullName, kind)).stream()
        .sorted(Comparator.comparingLong((ObjectNode document) -> document.path("id").asLong()).reversed())
        .toList();
  }

  /** One document of a kind, or 404. */
  ObjectNode one(String fullName, String kind, long id) throws IOException {
    return state.read(place(fullName, kind, id + ".json")).orElseThrow(() -> new Rejection(404, "Not Found"));
  }

  /** Writes a document. */
  long put(String fullName, String kind, ObjectNode document) throws IOException {
    state.write(place(fullName, kind, document.path("id").asLong() + ".json"), document);
    return document.path("id").asLong();
  }

  /** Removes a document first, then its file. */
  void remove(String fullName, String kind, long id) throws IOException {
    Files.deleteIfExists(place(fullName, kind, id + ".json"));
    Files.deleteIfExists(file(fullName, kind, id));
  }

  /** The file that a document speaks of. */
  Path file(String fullName, String kind, long id) {
    return place(fullName, kind, id + ".bin");
  }

  /** A number that was never given before. */
  synchronized long nextId() throws IOException {
    Path place = state.at("ids.json");
    ObjectNode ids = state.read(place).orElseGet(() -> state.json().createObjectNode().put("next", 1000));
    long id = ids.path("next").asLong();
    state.write(place, ids.put("next", id + 1));
    return id;
  }

  /** The time now, as GitHub writes it. */
  static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private Path place(String fullName, String... names) {
    if (!fullName.matches("[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})/[A-Za-z0-9._-]{1,100}")) {
      throw new Rejection(404, "Not Found");
    }
    String[] parts = fullName.toLowerCase(Locale.ROOT).split("/");
    Path path = state.at("repos", parts[0], parts[1]);
    for (String name : names) {
      path = path.resolve(name);
    }
    return path;
  }
}
