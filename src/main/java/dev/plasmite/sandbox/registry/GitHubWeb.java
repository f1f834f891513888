package dev.plasmite.sandbox.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.sandbox.loopback.LoopbackServer;
import dev.plasmite.sandbox.loopback.Rejection;
import dev.plasmite.sandbox.loopback.Reply;
import dev.plasmite.sandbox.loopback.Request;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/** Uploads, release downloads and signed links: everything of GitHub that is not the REST API. */
final class GitHubWeb implements LoopbackServer.Service {

  private final GitHubShelf shelf;
  private final GitHubReleases releases;
  private final GitHubAccess access;
  private final SignedLinks links;
  private final Supplier<GitHubShapes> shapes;

  GitHubWeb(
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
    boolean read = request.method().equals("GET") || request.method().equals("HEAD");
    if (path.size() == 8 && path.subList(0, 3).equals(List.of("api", "uploads", "repos"))
        && path.get(5).equals("releases") && path.get(7).equals("assets") && request.method().equals("POST")) {
      return upload(request, path);
    }
    if (path.size() == 6 && path.get(2).equals("releases") && path.get(3).equals("download") && read) {
      return download(path);
    }
    if (path.size() == 5 && path.get(0).equals("signed") && read) {
      return signed(request, path);
    }
    throw new Rejection(404, "Not Found");
  }

  @Override
  public Reply refusal(int status, String reason) {
    return GitHubApi.error(shapes.get().json(), status, reason);
  }

  private Reply upload(Request request, List<String> path) throws IOException {
    ObjectNode repository = shelf.repository(path.get(3), path.get(4));
    String user = access.writer(request, repository);
    try {
      ObjectNode asset = releases.upload(repository, GitHubApi.number(path.get(6)), request, user);
      ObjectNode release =
          shelf.one(repository.path("full_name").asText(), "releases", asset.path("release_id").asLong());
      JsonNode body = shapes.get().asset(repository, release, asset);
      return Reply.text(201, GitHubApi.JSON, body.toString());
    } catch (Unprocessable e) {
      return e.reply(shapes.get().json());
    }
  }

  private Reply download(List<String> path) throws IOException {
    String fullName = shelf.repository(path.get(0), path.get(1)).path("full_name").asText();
    ObjectNode release =
        releases.byTag(fullName, path.get(4)).orElseThrow(() -> new Rejection(404, "Not Found"));
    for (ObjectNode asset : releases.assets(fullName, release.path("id").asLong())) {
      if (asset.path("name").asText().equals(path.get(5))) {
        return redirect(fullName, "assets", asset.path("id").asLong());
      }
    }
    throw new Rejection(404, "Not Found");
  }

  /** A redirect to a signed link of a file. */
  Reply redirect(String fullName, String kind, long id) {
    return Reply.redirect(302, shapes.get().web() + signedPath(links, fullName, kind, id));
  }

  /** The signed path of a file. */
  static String signedPath(SignedLinks links, String fullName, String kind, long id) {
    String path = "/signed/" + kind + "/" + fullName + "/" + id;
    return path + links.sign(path);
  }

  private Reply signed(Request request, List<String> path) throws IOException {
    if (request.header("Authorization").isPresent()) {
      // The object stores behind GitHub refuse two kinds of credentials at once.
      throw new Rejection(400, "Only one auth mechanism allowed: the link is signed, and a header was sent");
    }
    if (!links.good(request.rawPath(), request.query("se").orElse(""), request.query("sig").orElse(""))) {
      throw new Rejection(403, "the link is not signed, or too old");
    }
    String fullName = path.get(2) + "/" + path.get(3);
    long id = GitHubApi.number(path.get(4));
    String kind = path.get(1);
    if (!kind.equals("assets") && !kind.equals("artifacts")) {
      throw new Rejection(404, "Not Found");
    }
    ObjectNode document = shelf.one(fullName, kind, id);
    String type = kind.equals("artifacts") ? "application/zip" : "application/octet-stream";
    return Reply.file(type, shelf.file(fullName, kind, id), document.path("digest").asText())
        .header("Content-Disposition", "attachment; filename=\"" + document.path("name").asText().replace("\"", "") + "\"");
  }
}
