package dev.plasmite.sandbox.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** How issues and their comments look (GitHub's REST API, "Issues"). */
final class GitHubIssueShape {

  private GitHubIssueShape() {}

  static ObjectNode issue(GitHubCall call, ObjectNode stored) {
    ObjectNode json = call.shape().json().createObjectNode();
    long number = stored.path("id").asLong();
    String repository = call.shape().api() + "/repos/" + call.fullName();
    String url = repository + "/issues/" + number;
    json.put("id", number).put("node_id", node("Issue", number)).put("url", url).put("repository_url", repository);
    json.put("labels_url", url + "/labels{/name}").put("comments_url", url + "/comments").put("events_url", url + "/events");
    json.put("html_url", page(call, number)).put("number", number);
    for (String field : new String[] {"state", "title", "body", "comments", "created_at", "updated_at"}) {
      json.set(field, stored.get(field));
    }
    json.put("closed_at", stored.path("closed_at").asText(null)).put("locked", false).put("author_association", "MEMBER");
    json.set("user", call.shape().user(stored.path("user").asText(), 1));
    json.putNull("assignee").putNull("milestone");
    json.putArray("assignees");
    ArrayNode labels = json.putArray("labels");
    for (JsonNode label : stored.path("labels")) {
      String name = label.asText();
      labels.addObject().put("id", name.hashCode() & 0xffffL).put("node_id", node("Label", name.hashCode()))
          .put("url", repository + "/labels/" + name).put("name", name).put("color", "ededed").put("default", false)
          .putNull("description");
    }
    return json;
  }

  static ObjectNode comment(GitHubCall call, ObjectNode issue, long id, String user, String body) {
    String repository = call.shape().api() + "/repos/" + call.fullName();
    long number = issue.path("id").asLong();
    ObjectNode json = call.shape().json().createObjectNode().put("id", id).put("node_id", node("IssueComment", id));
    json.put("url", repository + "/issues/comments/" + id).put("html_url", page(call, number) + "#issuecomment-" + id);
    json.put("issue_url", repository + "/issues/" + number).put("body", body).put("author_association", "MEMBER");
    json.put("created_at", GitHubShelf.now()).put("updated_at", GitHubShelf.now());
    json.set("user", call.shape().user(user, 1));
    return json;
  }

  private static String page(GitHubCall call, long number) {
    return call.shape().web() + "/" + call.fullName() + "/issues/" + number;
  }

  private static String node(String kind, long id) {
    return Base64.getEncoder().withoutPadding().encodeToString((kind + id).getBytes(StandardCharsets.UTF_8));
  }
}
