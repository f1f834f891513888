package dev.plasmite.sandbox.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.sandbox.loopback.Rejection;
import dev.plasmite.sandbox.loopback.Request;
import dev.plasmite.sandbox.loopback.StateDirectory;
import java.io.EOFException;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Releases and their assets, with the rules of GitHub: several drafts may name one tag, one published release may. */
final class GitHubReleases {

  private final StateDirectory state;
  private final GitHubShelf shelf;

  GitHubReleases(StateDirectory state, GitHubShelf shelf) {
    this.state = state;
    this.shelf = shelf;
  }

  /** Creates a release from a request's body. */
  synchronized ObjectNode create(ObjectNode repository, JsonNode wanted, String user) throws IOException {
    if (wanted.path("tag_name").asText("").isBlank()) {
      throw new Unprocessable("Release", "tag_name", "missing_field");
    }
    ObjectNode release = state.json().createObjectNode().put("id", shelf.nextId());
    release.put("draft", true).put("prerelease", false).put("name", "").put("body", "").put("author", user);
    release.put("target_commitish", repository.path("default_branch").asText());
    release.put("created_at", GitHubShelf.now());
    return change(repository, release, wanted, wanted.path("draft").asBoolean(false));
  }

  /** Changes a release; {@code draft: false} publishes it. */
  synchronized ObjectNode patch(ObjectNode repository, long id, JsonNode wanted) throws IOException {
    ObjectNode release = shelf.one(name(repository), "releases", id);
    if (release.path("immutable").asBoolean() && (wanted.has("tag_name") || wanted.has("target_commitish"))) {
      throw new Unprocessable("Release", "tag_name", "immutable");
    }
    return change(repository, release, wanted, wanted.path("draft").asBoolean(release.path("draft").asBoolean()));
  }

  private ObjectNode change(ObjectNode repository, ObjectNode release, JsonNode wanted, boolean draft)
      throws IOException {
    String fullName = name(repository);
    for (String field : List.of("tag_name", "target_commitish", "name", "body")) {
      if (wanted.path(field).isTextual()) {
        release.put(field, wanted.get(field).asText());
      }
    }
    if (wanted.path("prerelease").isBoolean()) {
      release.put("prerelease", wanted.get("prerelease").asBoolean());
    }
    if (!draft) {
      String tag = release.path("tag_name").asText();
      Optional<ObjectNode> published = byTag(fullName, tag);
      if (published.isPresent() && published.get().path("id").asLong() != release.path("id").asLong()) {
        throw new Unprocessable("Release", "tag_name", "already_exists");
      }
      demandTag(fullName, tag, release.path("target_commitish").asText());
      if (!release.has("published_at")) {
        release.put("published_at", GitHubShelf.now());
        release.put("immutable", repository.path("immutable_releases").asBoolean());
      }
    }
    release.put("draft", draft).put("updated_at", GitHubShelf.now());
    shelf.put(fullName, "releases", release);
    return release;
  }

  /** Publishing makes the tag at the target when it is not there yet. */
  private void demandTag(String fullName, String tag, String target) throws IOException {
    if (shelf.ref(fullName, "refs/tags/" + tag).isPresent()) {
      return;
    }
    Optional<String> commit =
        target.matches("[0-9a-f]{40}")
            ? Optional.of(target)
            : shelf.ref(fullName, "refs/heads/" + target).map(branch -> branch.path("sha").asText());
    shelf.addRef(
        fullName,
        "refs/tags/" + tag,
        commit.orElseThrow(() -> new Unprocessable("Release", "target_commitish", "invalid")));
  }

  /** The published release of a tag. */
  Optional<ObjectNode> byTag(String fullName, String tag) throws IOException {
    return shelf.all(fullName, "releases").stream()
        .filter(release -> !release.path("draft").asBoolean() && release.path("tag_name").asText().equals(tag))
        .findFirst();
  }

  /** The newest published release that is no prerelease. */
  Optional<ObjectNode> latest(String fullName) throws IOException {
    return shelf.all(fullName, "releases").stream()
        .filter(release -> !release.path("draft").asBoolean() && !release.path("prerelease").asBoolean())
        .findFirst();
  }

  /** Removes a release with its assets. */
  synchronized void delete(ObjectNode repository, long id) throws IOException {
    String fullName = name(repository);
    shelf.one(fullName, "releases", id);
    List<ObjectNode> assets = assets(fullName, id);
    shelf.remove(fullName, "releases", id);
    for (ObjectNode asset : assets) {
      shelf.remove(fullName, "assets", asset.path("id").asLong());
    }
  }

  /** The assets of a release, the oldest first. */
  List<ObjectNode> assets(String fullName, long release) throws IOException {
    return shelf.all(fullName, "assets").stream()
        .filter(asset -> asset.path("release_id").asLong() == release)
        .sorted(Comparator.comparingLong(asset -> asset.path("id").asLong()))
        .toList();
  }

  /** Receives an asset's bytes as they come; of an upload that breaks off the name stays, in the state {@code starter}, as at GitHub. */
  ObjectNode upload(ObjectNode repository, long release, Request request, String user) throws IOException {
    String fullName = name(repository);
    String wanted = request.query("name").orElse("");
    if (wanted.isBlank()) {
      throw new Unprocessable("ReleaseAsset", "name", "missing_field");
    }
    String name = assetName(wanted);
    demandFree(fullName, release, name);
    StateDirectory.Received received;
    try {
      received = state.receive(request.body(), "SHA-256");
    } catch (IOException e) {
      leave(fullName, release, name, request, user);
      if (e instanceof EOFException) {
        throw new Rejection(400, "Bad Size: " + e.getMessage());
      }
      throw e;
    }
    try {
      if (received.size() == 0) {
        throw new Unprocessable("ReleaseAsset", "size", "invalid");
      }
      return keep(fullName, release, name, received, request, user);
    } finally {
      state.drop(received);
    }
  }

  private synchronized ObjectNode keep(
      String fullName, long release, String name, StateDirectory.Received received, Request request, String user)
      throws IOException {
    demandFree(fullName, release, name);
    ObjectNode asset = asset(release, name, request, user);
    asset.put("state", "uploaded").put("size", received.size()).put("digest", "sha256:" + received.hex("SHA-256"));
    state.keep(received, shelf.file(fullName, "assets", asset.path("id").asLong()));
    shelf.put(fullName, "assets", asset);
    return asset;
  }

  private synchronized void leave(String fullName, long release, String name, Request request, String user) throws IOException {
    demandFree(fullName, release, name);
    shelf.put(fullName, "assets", asset(release, name, request, user).put("state", "starter").put("size", 0).putNull("digest"));
  }

  private ObjectNode asset(long release, String name, Request request, String user) throws IOException {
    long id = shelf.nextId();
    ObjectNode asset = state.json().createObjectNode().put("id", id).put("release_id", release).put("name", name);
    asset.put("label", request.query("label").orElse("")).put("uploader", user);
    asset.put("content_type", request.header("Content-Type").orElse("application/octet-stream"));
    return asset.put("created_at", GitHubShelf.now()).put("updated_at", GitHubShelf.now());
  }

  /** Removes an asset. */
  synchronized void deleteAsset(ObjectNode repository, long id) throws IOException {
    String fullName = name(repository);
    ObjectNode asset = shelf.one(fullName, "assets", id);
    demandMutable(shelf.one(fullName, "releases", asset.path("release_id").asLong()));
    shelf.remove(fullName, "assets", id);
  }

  private void demandFree(String fullName, long release, String name) throws IOException {
    demandMutable(shelf.one(fullName, "releases", release));
    if (assets(fullName, release).stream().anyMatch(asset -> asset.path("name").asText().equals(name))) {
      throw new Unprocessable("ReleaseAsset", "name", "already_exists");
    }
  }

  private static void demandMutable(ObjectNode release) {
    if (release.path("immutable").asBoolean()) {
      throw new Rejection(422, "Cannot change the assets of an immutable release.");
    }
  }

  /** GitHub renames files with odd characters, so an asset's name may not be the one that was asked for. */
  private static String assetName(String wanted) {
    String name = wanted.replaceAll("[^A-Za-z0-9._+@~-]+", ".");
    return name.startsWith(".") ? "default" + name : name;
  }

  private static String name(ObjectNode repository) {
    return repository.path("full_name").asText();
  }
}
