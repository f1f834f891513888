package dev.plasmite.sandbox.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.sandbox.loopback.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Calls about workflow runs and artifacts (GitHub's REST API, "Actions"). */
final class GitHubActionsCalls {

  private final GitHubShelf shelf;
  private final SignedLinks links;
  private final GitHubCall call;

  GitHubActionsCalls(GitHubShelf shelf, SignedLinks links, GitHubCall call) {
    this.shelf = shelf;
    this.links = links;
    this.call = call;
  }

  /** The answer; nothing when the path means nothing. */
  Optional<Reply> answer(List<String> path) throws IOException {
    if (!call.method().equals("GET")) {
      return Optional.empty();
    }
    int size = path.size();
    String kind = size == 0 ? "" : path.get(0);
    if (kind.equals("runs") && size == 1) {
      return Optional.of(runs(null));
    }
    if (kind.equals("workflows") && size == 3 && path.get(2).equals("runs")) {
      return Optional.of(runs(path.get(1)));
    }
    if (kind.equals("runs") && (size == 2 || size == 4 && path.get(2).equals("attempts"))) {
      ObjectNode run = shelf.one(call.fullName(), "runs", GitHubApi.number(path.get(1)));
      if (size == 4 && run.path("run_attempt").asLong() != GitHubApi.number(path.get(3))) {
        return Optional.empty();
      }
      return Optional.of(call.json(200, call.shape().run(call.repository(), run)));
    }
    if (kind.equals("runs") && size == 3 && path.get(2).equals("artifacts")) {
      return Optional.of(artifacts(shelf.one(call.fullName(), "runs", GitHubApi.number(path.get(1))).path("id").asLong()));
    }
    if (kind.equals("artifacts") && size == 1) {
      return Optional.of(artifacts(-1));
    }
    if (kind.equals("artifacts") && size == 2) {
      return Optional.of(call.json(200, artifact(shelf.one(call.fullName(), "artifacts", GitHubApi.number(path.get(1))))));
    }
    if (kind.equals("artifacts") && size == 3 && path.get(2).equals("zip")) {
      call.access().someone(call.request());
      long id = shelf.one(call.fullName(), "artifacts", GitHubApi.number(path.get(1))).path("id").asLong();
      return Optional.of(
          Reply.redirect(302, call.shape().web() + GitHubWeb.signedPath(links, call.fullName(), "artifacts", id)));
    }
    return Optional.empty();
  }

  private Reply runs(String workflow) throws IOException {
    List<JsonNode> found = new ArrayList<>();
    for (ObjectNode run : shelf.all(call.fullName(), "runs")) {
      String file = run.path("path").asText();
      boolean ofWorkflow =
          workflow == null
              || workflow.equals(run.path("workflow_id").asText())
              || workflow.equals(file.substring(file.lastIndexOf('/') + 1));
      String status = call.request().query("status").orElse(null);
      boolean ofStatus =
          status == null
              || status.equals(run.path("status").asText())
              || status.equals(run.path("conclusion").asText());
      if (ofWorkflow && ofStatus && is(run, "head_sha", "head_sha") && is(run, "event", "event")
          && is(run, "head_branch", "branch")) {
        found.add(call.shape().run(call.repository(), run));
      }
    }
    return call.counted("workflow_runs", found);
  }

  private Reply artifacts(long run) throws IOException {
    List<JsonNode> found = new ArrayList<>();
    for (ObjectNode artifact : shelf.all(call.fullName(), "artifacts")) {
      if ((run < 0 || artifact.path("run_id").asLong() == run) && is(artifact, "name", "name")) {
        found.add(artifact(artifact));
      }
    }
    return call.counted("artifacts", found);
  }

  private ObjectNode artifact(ObjectNode stored) throws IOException {
    ObjectNode run = shelf.one(call.fullName(), "runs", stored.path("run_id").asLong());
    return call.shape().artifact(call.repository(), run, stored);
  }

  private boolean is(ObjectNode stored, String field, String parameter) {
    return call.request().query(parameter).map(wanted -> stored.path(field).asText().equals(wanted)).orElse(true);
  }
}
