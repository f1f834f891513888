package dev.plasmite.sandbox.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.sandbox.loopback.Rejection;
import dev.plasmite.sandbox.loopback.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Calls about releases and their assets (GitHub's REST API, "Releases"); uploads come to another address. */
final class GitHubReleaseCalls {

  private final GitHubShelf shelf;
  private final GitHubReleases releases;
  private final SignedLinks links;
  private final GitHubCall call;

  GitHubReleaseCalls(GitHubShelf shelf, GitHubReleases releases, SignedLinks links, GitHubCall call) {
    this.shelf = shelf;
    this.releases = releases;
    this.links = links;
    this.call = call;
  }

  /** The answer; nothing when the path means nothing. */
  Optional<Reply> answer(List<String> path) throws IOException {
    int size = path.size();
    boolean read = call.method().equals("GET");
    if (size == 0) {
      if (call.method().equals("POST")) {
        return Optional.of(createRelease());
      }
      return read ? Optional.of(allReleases()) : Optional.empty();
    }
    if (path.get(0).equals("tags") && size >= 2 && read) {
      return releases.byTag(call.fullName(), String.join("/", path.subList(1, size))).map(this::shown);
    }
    if (path.get(0).equals("latest") && size == 1 && read) {
      return releases.latest(call.fullName()).map(this::shown);
    }
    if (path.get(0).equals("assets") && size == 2) {
      return asset(GitHubApi.number(path.get(1)));
    }
    long id = GitHubApi.number(path.get(0));
    if (read) {
      ObjectNode release = visible(shelf.one(call.fullName(), "releases", id));
      if (size == 2 && path.get(1).equals("assets")) {
        return Optional.of(call.list(assets(release)));
      }
      return size == 1 ? Optional.of(shown(release)) : Optional.empty();
    }
    if (size == 1 && call.method().equals("PATCH")) {
      call.access().writer(call.request(), call.repository());
      return Optional.of(shown(releases.patch(call.repository(), id, call.body())));
    }
    if (size == 1 && call.method().equals("DELETE")) {
      call.access().writer(call.request(), call.repository());
      releases.delete(call.repository(), id);
      return Optional.of(Reply.empty(204));
    }
    return Optional.empty();
  }

  private Reply allReleases() throws IOException {
    boolean drafts = call.access().writes(call.request(), call.repository());
    List<JsonNode> found = new ArrayList<>();
    for (ObjectNode release : shelf.all(call.fullName(), "releases")) {
      if (drafts || !release.path("draft").asBoolean()) {
        found.add(whole(release));
      }
    }
    return call.list(found);
  }

  private Reply createRelease() throws IOException {
    String user = call.access().writer(call.request(), call.repository());
    ObjectNode release = releases.create(call.repository(), call.body(), user);
    return call.json(201, call.shape().release(call.repository(), release, List.of()));
  }

  private Optional<Reply> asset(long id) throws IOException {
    ObjectNode asset = shelf.one(call.fullName(), "assets", id);
    ObjectNode release = visible(shelf.one(call.fullName(), "releases", asset.path("release_id").asLong()));
    if (call.method().equals("DELETE")) {
      call.access().writer(call.request(), call.repository());
      releases.deleteAsset(call.repository(), id);
      return Optional.of(Reply.empty(204));
    }
    if (!call.method().equals("GET")) {
      return Optional.empty();
    }
    if (call.request().header("Accept").orElse("").toLowerCase(Locale.ROOT).contains("application/octet-stream")) {
      return Optional.of(
          Reply.redirect(302, call.shape().web() + GitHubWeb.signedPath(links, call.fullName(), "assets", id)));
    }
    return Optional.of(call.json(200, call.shape().asset(call.repository(), release, asset)));
  }

  private List<JsonNode> assets(ObjectNode release) throws IOException {
    List<JsonNode> found = new ArrayList<>();
    for (ObjectNode asset : releases.assets(call.fullName(), release.path("id").asLong())) {
      found.add(call.shape().asset(call.repository(), release, asset));
    }
    return found;
  }

  private ObjectNode whole(ObjectNode release) throws IOException {
    List<ObjectNode> assets = releases.assets(call.fullName(), release.path("id").asLong());
    return call.shape().release(call.repository(), release, assets);
  }

  private Reply shown(ObjectNode release) {
    try {
      return call.json(200, whole(release));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A draft is there only for those who may write. */
  private ObjectNode visible(ObjectNode release) {
    if (release.path("draft").asBoolean() && !call.access().writes(call.request(), call.repository())) {
      throw new Rejection(404, "Not Found");
    }
    return release;
  }
}
