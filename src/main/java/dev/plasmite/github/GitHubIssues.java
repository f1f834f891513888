package dev.plasmite.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.gate.Effect;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The issues of a repository, as far as the train keeps blockers there ("Issues" in GitHub's REST documentation). */
public final class GitHubIssues {

  private final GitHubClient client;
  private final GitHubHttp http;
  private final GitHubJson json;

  public GitHubIssues(GitHubClient client) {
    this.client = client;
    this.http = client.http();
    this.json = client.json();
  }

  /** The open issues with a label; pull requests, which GitHub lists among them, are left out. */
  public List<Issue> open(String repository, String label) {
    List<Issue> issues = new ArrayList<>();
    client.pages(
        client.repo(repository, "/issues?state=open&labels=" + GitHubClient.segment(label) + "&per_page=100"),
        (answer, page) -> {
          for (JsonNode issue : json.array(answer, page, "")) {
            if (!issue.has("pull_request")) {
              issues.add(json.issue(answer, issue));
            }
          }
          return null;
        });
    return List.copyOf(issues);
  }

  /** Opens an issue with a label. */
  public Issue create(String repository, String title, String body, String label, Effect effect) {
    ObjectNode issue = json.mapper().createObjectNode().put("title", title).put("body", body);
    issue.putArray("labels").add(label);
    return send("POST", client.repo(repository, "/issues"), issue, effect, "open an issue in " + repository);
  }

  /** Replaces an issue's text. */
  public Issue update(String repository, long number, String body, Effect effect) {
    ObjectNode issue = json.mapper().createObjectNode().put("body", body);
    return send("PATCH", client.repo(repository, "/issues/" + number), issue, effect, "change issue " + number);
  }

  /** Says why in a comment, then closes the issue. */
  public Issue close(String repository, long number, String comment, Effect effect) {
    ObjectNode said = json.mapper().createObjectNode().put("body", comment);
    http.change("POST", client.repo(repository, "/issues/" + number + "/comments"), http.json(said), effect, "comment on issue " + number);
    ObjectNode issue = json.mapper().createObjectNode().put("state", "closed");
    return send("PATCH", client.repo(repository, "/issues/" + number), issue, effect, "close issue " + number);
  }

  private Issue send(String method, URI uri, ObjectNode body, Effect effect, String what) {
    Answer answer = http.change(method, uri, http.json(body), effect, what);
    return json.issue(answer, json.parse(answer));
  }
}
