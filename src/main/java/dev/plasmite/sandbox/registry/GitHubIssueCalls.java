package dev.plasmite.sandbox.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.sandbox.loopback.Rejection;
import dev.plasmite.sandbox.loopback.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Calls about issues, as far as blockers need them (GitHub's REST API, "Issues"). */
final class GitHubIssueCalls {

  private static final String KIND = "issues";

  private final GitHubShelf shelf;
  private final GitHubCall call;

  GitHubIssueCalls(GitHubShelf shelf, GitHubCall call) {
    this.shelf = shelf;
    this.call = call;
  }

  /** The answer; nothing when the path means nothing. */
  Optional<Reply> answer(List<String> path) throws IOException {
    String does = call.method() + " " + path.size();
    return switch (does) {
      case "GET 0" -> Optional.of(list());
      case "POST 0" -> Optional.of(create());
      case "GET 1" -> Optional.of(shown(200, issue(path)));
      case "PATCH 1" -> Optional.of(change(issue(path)));
      case "POST 2" -> path.get(1).equals("comments") ? Optional.of(comment(issue(path))) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private ObjectNode issue(List<String> path) throws IOException {
    return shelf.one(call.fullName(), KIND, GitHubApi.number(path.get(0)));
  }

  private Reply list() throws IOException {
    String state = call.request().query("state").orElse("open");
    Set<String> labels = new HashSet<>(Arrays.asList(call.request().query("labels").orElse("").split(",")));
    labels.remove("");
    List<JsonNode> found = new ArrayList<>();
    for (ObjectNode issue : shelf.all(call.fullName(), KIND)) {
      Set<String> own = new HashSet<>();
      issue.path("labels").forEach(label -> own.add(label.asText()));
      if ((state.equals("all") || state.equals(issue.path("state").asText())) && own.containsAll(labels)) {
        found.add(GitHubIssueShape.issue(call, issue));
      }
    }
    return call.list(found);
  }

  private Reply create() throws IOException {
    String user = call.access().writer(call.request(), call.repository());
    JsonNode wanted = call.body();
    if (wanted.path("title").asText().isBlank()) {
      throw new Unprocessable("Issue", "title", "missing_field");
    }
    ObjectNode issue = call.shape().json().createObjectNode().put("id", shelf.nextId()).put("user", user).put("state", "open");
    issue.put("title", wanted.path("title").asText()).put("body", wanted.path("body").asText(null));
    issue.put("comments", 0).put("created_at", GitHubShelf.now()).put("updated_at", GitHubShelf.now());
    ArrayNode labels = issue.putArray("labels");
    wanted.path("labels").forEach(label -> labels.add(label.isTextual() ? label.asText() : label.path("name").asText()));
    shelf.put(call.fullName(), KIND, issue);
    return shown(201, issue);
  }

  private Reply change(ObjectNode issue) throws IOException {
    call.access().writer(call.request(), call.repository());
    JsonNode wanted = call.body();
    for (String field : List.of("title", "body", "state")) {
      if (wanted.has(field)) {
        issue.set(field, wanted.get(field));
      }
    }
    if (!Set.of("open", "closed").contains(issue.path("state").asText())) {
      throw new Rejection(422, "Validation Failed");
    }
    issue.put("closed_at", issue.path("state").asText().equals("closed") ? GitHubShelf.now() : null).put("updated_at", GitHubShelf.now());
    shelf.put(call.fullName(), KIND, issue);
    return shown(200, issue);
  }

  private Reply comment(ObjectNode issue) throws IOException {
    String user = call.access().writer(call.request(), call.repository());
    String body = call.body().path("body").asText();
    if (body.isBlank()) {
      throw new Unprocessable("IssueComment", "body", "missing_field");
    }
    shelf.put(call.fullName(), KIND, issue.put("comments", issue.path("comments").asInt() + 1).put("updated_at", GitHubShelf.now()));
    return call.json(201, GitHubIssueShape.comment(call, issue, shelf.nextId(), user, body));
  }

  private Reply shown(int status, ObjectNode issue) {
    return call.json(status, GitHubIssueShape.issue(call, issue));
  }
}
