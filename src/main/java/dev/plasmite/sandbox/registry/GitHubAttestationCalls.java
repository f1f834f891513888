package dev.plasmite.sandbox.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.sandbox.loopback.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Calls about artifact attestations (GitHub's REST API, "Repository attestations"). */
final class GitHubAttestationCalls {

  private final GitHubShelf shelf;
  private final GitHubCall call;

  GitHubAttestationCalls(GitHubShelf shelf, GitHubCall call) {
    this.shelf = shelf;
    this.call = call;
  }

  /** The answer; nothing when the path means nothing. An unknown digest has an empty list. */
  Optional<Reply> answer(List<String> path) throws IOException {
    if (!call.method().equals("GET") || path.size() != 1) {
      return Optional.empty();
    }
    List<JsonNode> found = new ArrayList<>();
    for (ObjectNode attestation : shelf.all(call.fullName(), "attestations")) {
      for (JsonNode digest : attestation.path("digests")) {
        if (path.get(0).equals("sha256:" + digest.asText())) {
          found.add(call.shape().attestation(call.repository(), attestation));
        }
      }
    }
    return Optional.of(call.named("attestations", found));
  }
}
