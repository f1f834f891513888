package dev.plasmite.sandbox.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.sandbox.loopback.Rejection;
import dev.plasmite.sandbox.loopback.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls about refs and tag objects (GitHub's REST API, "Git database"). */
final class GitHubGitCalls {

  private final GitHubShelf shelf;
  private final GitHubCall call;

  GitHubGitCalls(GitHubShelf shelf, GitHubCall call) {
    this.shelf = shelf;
    this.call = call;
  }

  /** The answer; nothing when the path means nothing. */
  Optional<Reply> answer(List<String> path) throws IOException {
    String kind = path.isEmpty() ? "" : path.get(0);
    String name = "refs/" + String.join("/", path.isEmpty() ? path : path.subList(1, path.size()));
    ObjectNode refs = shelf.refs(call.fullName());
    if (call.method().equals("GET") && (kind.equals("ref") || kind.equals("refs")) && path.size() > 1) {
      return Optional.ofNullable(refs.path("refs").get(name))
          .map(ref -> call.json(200, call.shape().ref(call.repository(), name, ref)));
    }
    if (call.method().equals("GET") && kind.equals("matching-refs") && path.size() > 1) {
      List<JsonNode> found = new ArrayList<>();
      for (Map.Entry<String, JsonNode> ref : refs.path("refs").properties()) {
        if (ref.getKey().startsWith(name)) {
          found.add(call.shape().ref(call.repository(), ref.getKey(), ref.getValue()));
        }
      }
      return Optional.of(call.list(found));
    }
    if (call.method().equals("GET") && kind.equals("tags") && path.size() == 2) {
      return Optional.ofNullable(refs.path("tags").get(path.get(1)))
          .map(tag -> call.json(200, call.shape().tag(call.repository(), path.get(1), tag)));
    }
    if (call.method().equals("POST") && path.equals(List.of("refs"))) {
      return Optional.of(createRef());
    }
    return Optional.empty();
  }

  private Reply createRef() throws IOException {
    call.access().writer(call.request(), call.repository());
    JsonNode wanted = call.body();
    String name = wanted.path("ref").asText();
    String sha = wanted.path("sha").asText();
    if (!name.matches("refs/[^/].*/.+|refs/(tags|heads)/.+") || !sha.matches("[0-9a-f]{40}")) {
      throw new Unprocessable("Reference", name.startsWith("refs/") ? "sha" : "ref", "invalid");
    }
    synchronized (shelf) {
      if (shelf.ref(call.fullName(), name).isPresent()) {
        throw new Rejection(422, "Reference already exists");
      }
      shelf.addRef(call.fullName(), name, sha);
    }
    return call.json(201, call.shape().ref(call.repository(), name, shelf.ref(call.fullName(), name).orElseThrow()));
  }
}
