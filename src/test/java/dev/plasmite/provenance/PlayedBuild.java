package dev.plasmite.provenance;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.artifact.Digests;
import dev.plasmite.github.LoopbackGitHub;
import dev.plasmite.github.LoopbackGitHub.Reply;
import dev.plasmite.github.LoopbackGitHub.Request;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** GitHub with one repository, whose runs, artifacts, tags and attestations a test sets and spoils as it likes. */
final class PlayedBuild implements AutoCloseable {

  static final String REPOSITORY = "lantern-demo/lantern";
  static final String WORKFLOW = ".github/workflows/build.yml";

  private static final String ROOT = "/repos/" + REPOSITORY;

  private final ObjectMapper json = new ObjectMapper();
  private final LoopbackGitHub server = new LoopbackGitHub(this::answer);

  /** The runs, newest first. */
  final List<ObjectNode> runs = new ArrayList<>();
  /** The artifacts of every run. */
  final List<ObjectNode> artifacts = new ArrayList<>();
  /** Their bytes, by id. */
  final Map<Long, byte[]> zips = new LinkedHashMap<>();
  /** Bundles by the digest they are asked for. */
  final Map<String, List<byte[]>> attestations = new LinkedHashMap<>();
  /** Type and object of refs and of tag objects, by name. */
  final Map<String, String[]> tags = new LinkedHashMap<>();
  /** Answers in place of the true ones, by the end of the path. */
  final Map<String, Reply> instead = new LinkedHashMap<>();

  PlayedBuild() throws IOException {}

  URI uri() {
    return server.uri();
  }

  List<Request> requests() {
    return server.requests();
  }

  /** A green run of the build workflow on a tag. */
  ObjectNode run(long id, String tag, String commit) {
    ObjectNode run = json.createObjectNode().put("id", id).put("name", "build").put("path", WORKFLOW);
    run.put("event", "push").put("head_sha", commit).put("head_branch", tag).put("status", "completed");
    run.put("conclusion", "success").put("run_attempt", 1).put("html_url", "https://github.example/runs/" + id);
    run.putObject("head_repository").put("full_name", REPOSITORY);
    runs.add(0, run);
    return run;
  }

  ObjectNode artifact(long id, String name, byte[] zip) {
    ObjectNode artifact = json.createObjectNode().put("id", id).put("name", name).put("size_in_bytes", zip.length);
    artifact.put("expired", false).put("digest", "sha256:" + Digests.sha256(zip));
    artifacts.add(artifact);
    zips.put(id, zip);
    return artifact;
  }

  private Reply answer(Request request) throws IOException {
    String path = request.path();
    for (Map.Entry<String, Reply> other : instead.entrySet()) {
      if (path.endsWith(other.getKey())) {
        return other.getValue();
      }
    }
    if (!path.startsWith(ROOT)) {
      return Reply.json(404, "{}");
    }
    String rest = path.substring(ROOT.length());
    if (rest.isEmpty()) {
      return Reply.json(200, "{\"full_name\": \"" + REPOSITORY + "\"}");
    }
    if (rest.equals("/actions/runs")) {
      return list("workflow_runs", runs.stream().filter(run -> asked(request, run)).toList());
    }
    if (rest.matches("/actions/runs/[0-9]+")) {
      return runs.stream().filter(run -> rest.endsWith("/" + run.get("id"))).findFirst().map(this::one).orElse(missing());
    }
    if (rest.endsWith("/artifacts")) {
      return list("artifacts", artifacts);
    }
    if (rest.endsWith("/zip")) {
      byte[] zip = zips.get(Long.parseLong(rest.replaceAll("[^0-9]", "")));
      return new Reply(200, Map.of("Content-Type", "application/zip"), zip);
    }
    if (rest.startsWith("/attestations/sha256%3A")) {
      ObjectNode body = json.createObjectNode();
      ArrayNode all = body.putArray("attestations");
      for (byte[] bundle : attestations.getOrDefault(rest.substring("/attestations/sha256%3A".length()), List.of())) {
        all.addObject().set("bundle", json.readTree(bundle));
      }
      return one(body);
    }
    String ref = rest.replaceFirst("/git/(ref/tags%2F|tags/)", "");
    if (!ref.equals(rest) && tags.containsKey(ref)) {
      String[] object = tags.get(ref);
      ObjectNode body = json.createObjectNode().put("ref", "refs/tags/" + ref).put("tag", ref);
      body.putObject("object").put("type", object[0]).put("sha", object[1]);
      return one(body);
    }
    return missing();
  }

  private static boolean asked(Request request, ObjectNode run) {
    return request.query().contains("head_sha=" + run.get("head_sha").textValue() + "&")
        || request.query().contains("branch=" + run.get("head_branch").textValue() + "&");
  }

  private Reply list(String name, List<ObjectNode> items) {
    ObjectNode body = json.createObjectNode().put("total_count", items.size());
    items.forEach(body.putArray(name)::add);
    return one(body);
  }

  private Reply one(ObjectNode body) {
    return Reply.json(200, body.toString());
  }

  private static Reply missing() {
    return Reply.json(404, "{\"message\": \"Not Found\"}");
  }

  @Override
  public void close() {
    server.close();
  }
}
