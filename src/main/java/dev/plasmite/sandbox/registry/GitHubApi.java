package dev.plasmite.sandbox.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.sandbox.loopback.LoopbackServer;
import dev.plasmite.sandbox.loopback.Rejection;
import dev.plasmite.sandbox.loopback.Reply;
import dev.plasmite.sandbox.loopback.Request;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The routes of the REST API. */
final class GitHubApi implements LoopbackServer.Service {

  static final String JSON = "application/json; charset=utf-8";
  static final String DOCUMENTATION = "https://docs.github.com/rest";

  private final GitHubShelf shelf;
  private final GitHubReleases releases;
  private final GitHubAccess access;
  private final SignedLinks links;
  private final Supplier<GitHubShapes> shapes;

  GitHubApi(
      GitHubShelf shelf,
      GitHubReleases releases,
      GitHubAccess access,
      SignedLinks links,
      Supplier<GitHubShapes> shapes) {
    this.shelf = shelf;
    this.releases = releases;
    this.access = access;
    this.links = links;
    this.shapes = shapes;
  }

  @Override
  public Reply answer(Request request) throws IOException {
    List<String> path = request.path();
    String method = request.method().equals("HEAD") ? "GET" : request.method();
    // A bad token is refused also where none is needed.
    Optional<String> user = access.user(request);
    try {
      if (path.equals(List.of("user")) && method.equals("GET")) {
        String login = user.orElseGet(() -> access.someone(request));
        return Reply.text(200, JSON, shapes.get().publicUser(login, 1).toString());
      }
      if (path.size() >= 3 && path.get(0).equals("repos")) {
        ObjectNode repository = shelf.repository(path.get(1), path.get(2));
        return ofRepository(new GitHubCall(request, repository, access, shapes.get()), path.subList(3, path.size()));
      }
    } catch (Unprocessable e) {
      return e.reply(shapes.get().json());
    }
    throw new Rejection(404, "Not Found");
  }

  private Reply ofRepository(GitHubCall call, List<String> path) throws IOException {
    if (path.isEmpty() && call.method().equals("GET")) {
      boolean writes = access.writes(call.request(), call.repository());
      // The token is a classic one, of which GitHub tells the scopes ("Scopes for OAuth apps" in its documentation).
      ObjectNode repository = call.shape().fullRepository(call.repository(), writes);
      if (access.user(call.request()).isEmpty()) {
        repository.remove("permissions"); // a stranger is told none
        return call.json(200, repository);
      }
      return call.json(200, repository).header("X-OAuth-Scopes", "repo");
    }
    List<String> rest = path.isEmpty() ? path : path.subList(1, path.size());
    Optional<Reply> reply =
        switch (path.isEmpty() ? "" : path.get(0)) {
          case "actions" -> new GitHubActionsCalls(shelf, links, call).answer(rest);
          case "attestations" -> new GitHubAttestationCalls(shelf, call).answer(rest);
          case "git" -> new GitHubGitCalls(shelf, call).answer(rest);
          case "issues" -> new GitHubIssueCalls(shelf, call).answer(rest);
          case "releases" -> new GitHubReleaseCalls(shelf, releases, links, call).answer(rest);
          default -> Optional.empty();
        };
    return reply.orElseThrow(() -> new Rejection(404, "Not Found"));
  }

  @Override
  public Reply refusal(int status, String reason) {
    return error(shapes.get().json(), status, reason);
  }

  static Reply error(ObjectMapper json, int status, String reason) {
    ObjectNode body = json.createObjectNode().put("message", reason).put("documentation_url", DOCUMENTATION);
    return Reply.text(status, JSON, body.put("status", Integer.toString(status)).toString());
  }

  /** A number in a path; what is none names nothing. */
  static long number(String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw new Rejection(404, "Not Found");
    }
    return Long.parseLong(text);
  }
}
