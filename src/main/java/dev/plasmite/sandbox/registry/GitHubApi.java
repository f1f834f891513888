package dev.plasmite.sandbox.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.sandbox.loopback.LoopbackServer;
import dev.plasmite.sandbox.loopback.Rejection;
import dev.plasmite.sandbox.loopback.Reply;
import dev.plasmite.sandbox.loopback.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The routes of the REST API. */
final class GitHubApi implements LoopbackServer.Service {

  static final String JSON = "application/json; charset=utf-8";
  static final String DOCUMENTATION = "https://docs.github.com/rest";

  private static final int MAX_BODY = 2 << 20;

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
        return json(200, shapes.get().user(user.orElseGet(() -> access.someone(request)), 1));
      }
      if (path.size() >= 3 && path.get(0).equals("repos")) {
        ObjectNode repository = shelf.repository(path.get(1), path.get(2));
        return new Call(request, method, repository).route(path.subList(3, path.size()));
      }
    } catch (Unprocessable e) {
      return e.reply(shapes.get().json());
    }
    throw new Rejection(404, "Not Found");
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

  private static Reply json(int status, JsonNode body) {
    return Reply.text(status, JSON, body.toString());
  }

  /** One call about one repository. */
  private final class Call {
    private final Request request;
    private final String method;
    private final ObjectNode repository;
    private final String fullName;
    private final GitHubShapes shape = shapes.get();

    Call(Request request, String method, ObjectNode repository) {
      this.request = request;
      this.method = method;
      this.repository = repository;
      this.fullName = repository.path("full_name").asText();
    }

    Reply route(List<String> path) throws IOException {
      boolean read = method.equals("GET");
      if (path.isEmpty() && read) {
        return json(200, shape.fullRepository(repository, access.writes(request, repository)));
      }
      Optional<Reply> reply =
          switch (path.isEmpty() ? "" : path.get(0)) {
            case "actions" -> read ? actions(path.subList(1, path.size())) : Optional.empty();
            case "git" -> git(path.subList(1, path.size()));
            case "releases" -> releases(path.subList(1, path.size()));
            default -> Optional.empty();
          };
      return reply.orElseThrow(() -> new Rejection(404, "Not Found"));
    }

    private Optional<Reply> actions(List<String> path) throws IOException {
      int size = path.size();
      String kind = size == 0 ? "" : path.get(0);
      if (kind.equals("runs") && size == 1) {
        return Optional.of(runs(null));
      }
      if (kind.equals("workflows") && size == 3 && path.get(2).equals("runs")) {
        return Optional.of(runs(path.get(1)));
      }
      if (kind.equals("runs") && (size == 2 || size == 4 && path.get(2).equals("attempts"))) {
        ObjectNode run = shelf.one(fullName, "runs", number(path.get(1)));
        if (size == 4 && run.path("run_attempt").asLong() != number(path.get(3))) {
          return Optional.empty();
        }
        return Optional.of(json(200, shape.run(repository, run)));
      }
      if (kind.equals("runs") && size == 3 && path.get(2).equals("artifacts")) {
        return Optional.of(artifacts(shelf.one(fullName, "runs", number(path.get(1))).path("id").asLong()));
      }
      if (kind.equals("artifacts") && size == 1) {
        return Optional.of(artifacts(-1));
      }
      if (kind.equals("artifacts") && size == 2) {
        return Optional.of(json(200, artifact(shelf.one(fullName, "artifacts", number(path.get(1))))));
      }
      if (kind.equals("artifacts") && size == 3 && path.get(2).equals("zip")) {
        access.someone(request);
        long id = shelf.one(fullName, "artifacts", number(path.get(1))).path("id").asLong();
        return Optional.of(
            Reply.redirect(302, shape.web() + GitHubWeb.signedPath(links, fullName, "artifacts", id)));
      }
      return Optional.empty();
    }

    private Reply runs(String workflow) throws IOException {
      List<JsonNode> found = new ArrayList<>();
      for (ObjectNode run : shelf.all(fullName, "runs")) {
        String file = run.path("path").asText();
        boolean ofWorkflow =
            workflow == null
                || workflow.equals(run.path("workflow_id").asText())
                || workflow.equals(file.substring(file.lastIndexOf('/') + 1));
        String status = request.query("status").orElse(null);
        boolean ofStatus =
            status == null
                || status.equals(run.path("status").asText())
                || status.equals(run.path("conclusion").asText());
        if (ofWorkflow && ofStatus && is(run, "head_sha", "head_sha") && is(run, "event", "event")
            && is(run, "head_branch", "branch")) {
          found.add(shape.run(repository, run));
        }
      }
      return counted("workflow_runs", found);
    }

    private Reply artifacts(long run) throws IOException {
      List<JsonNode> found = new ArrayList<>();
      for (ObjectNode artifact : shelf.all(fullName, "artifacts")) {
        if ((run < 0 || artifact.path("run_id").asLong() == run) && is(artifact, "name", "name")) {
          found.add(artifact(artifact));
        }
      }
      return counted("artifacts", found);
    }

    private ObjectNode artifact(ObjectNode stored) throws IOException {
      return shape.artifact(repository, shelf.one(fullName, "runs", stored.path("run_id").asLong()), stored);
    }

    private boolean is(ObjectNode stored, String field, String parameter) {
      return request.query(parameter).map(wanted -> stored.path(field).asText().equals(wanted)).orElse(true);
    }

    private Optional<Reply> git(List<String> path) throws IOException {
      String kind = path.isEmpty() ? "" : path.get(0);
      String name = "refs/" + String.join("/", path.isEmpty() ? path : path.subList(1, path.size()));
      ObjectNode refs = shelf.refs(fullName);
      if (method.equals("GET") && (kind.equals("ref") || kind.equals("refs")) && path.size() > 1) {
        return Optional.ofNullable(refs.path("refs").get(name)).map(ref -> json(200, shape.ref(repository, name, ref)));
      }
      if (method.equals("GET") && kind.equals("matching-refs") && path.size() > 1) {
        List<JsonNode> found = new ArrayList<>();
        for (Map.Entry<String, JsonNode> ref : refs.path("refs").properties()) {
          if (ref.getKey().startsWith(name)) {
            found.add(shape.ref(repository, ref.getKey(), ref.getValue()));
          }
        }
        return Optional.of(list(found));
      }
      if (method.equals("GET") && kind.equals("tags") && path.size() == 2) {
        return Optional.ofNullable(refs.path("tags").get(path.get(1)))
            .map(tag -> json(200, shape.tag(repository, path.get(1), tag)));
      }
      if (method.equals("POST") && path.equals(List.of("refs"))) {
        return Optional.of(createRef());
      }
      return Optional.empty();
    }

    private Reply createRef() throws IOException {
      access.writer(request, repository);
      JsonNode wanted = body();
      String name = wanted.path("ref").asText();
      String sha = wanted.path("sha").asText();
      if (!name.matches("refs/[^/].*/.+|refs/(tags|heads)/.+") || !sha.matches("[0-9a-f]{40}")) {
        throw new Unprocessable("Reference", name.startsWith("refs/") ? "sha" : "ref", "invalid");
      }
      synchronized (shelf) {
        if (shelf.ref(fullName, name).isPresent()) {
          throw new Rejection(422, "Reference already exists");
        }
        shelf.addRef(fullName, name, sha, shelf.refs(fullName).path("tags").has(sha) ? "tag" : "commit");
      }
      return json(201, shape.ref(repository, name, shelf.ref(fullName, name).orElseThrow()));
    }

    private Optional<Reply> releases(List<String> path) throws IOException {
      int size = path.size();
      boolean read = method.equals("GET");
      if (size == 0) {
        return read ? Optional.of(allReleases()) : method.equals("POST") ? Optional.of(createRelease()) : Optional.empty();
      }
      if (path.get(0).equals("tags") && size >= 2 && read) {
        return releases.byTag(fullName, String.join("/", path.subList(1, size))).map(this::shown);
      }
      if (path.get(0).equals("latest") && size == 1 && read) {
        return releases.latest(fullName).map(this::shown);
      }
      if (path.get(0).equals("assets") && size == 2) {
        return asset(number(path.get(1)));
      }
      long id = number(path.get(0));
      if (read) {
        ObjectNode release = visible(shelf.one(fullName, "releases", id));
        if (size == 2 && path.get(1).equals("assets")) {
          return Optional.of(list(assets(release)));
        }
        return size == 1 ? Optional.of(shown(release)) : Optional.empty();
      }
      if (size == 1 && method.equals("PATCH")) {
        access.writer(request, repository);
        return Optional.of(shown(releases.patch(repository, id, body())));
      }
      if (size == 1 && method.equals("DELETE")) {
        access.writer(request, repository);
        releases.delete(repository, id);
        return Optional.of(Reply.empty(204));
      }
      return Optional.empty();
    }

    private Reply allReleases() throws IOException {
      boolean drafts = access.writes(request, repository);
      List<JsonNode> found = new ArrayList<>();
      for (ObjectNode release : shelf.all(fullName, "releases")) {
        if (drafts || !release.path("draft").asBoolean()) {
          found.add(shape.release(repository, release, releases.assets(fullName, release.path("id").asLong())));
        }
      }
      return list(found);
    }

    private Reply createRelease() throws IOException {
      String user = access.writer(request, repository);
      ObjectNode release = releases.create(repository, body(), user);
      return json(201, shape.release(repository, release, List.of()));
    }

    private Optional<Reply> asset(long id) throws IOException {
      ObjectNode asset = shelf.one(fullName, "assets", id);
      ObjectNode release = visible(shelf.one(fullName, "releases", asset.path("release_id").asLong()));
      if (method.equals("DELETE")) {
        access.writer(request, repository);
        releases.deleteAsset(repository, id);
        return Optional.of(Reply.empty(204));
      }
      if (!method.equals("GET")) {
        return Optional.empty();
      }
      if (request.header("Accept").orElse("").toLowerCase(Locale.ROOT).contains("application/octet-stream")) {
        return Optional.of(Reply.redirect(302, shape.web() + GitHubWeb.signedPath(links, fullName, "assets", id)));
      }
      return Optional.of(json(200, shape.asset(repository, release, asset)));
    }

    private List<JsonNode> assets(ObjectNode release) throws IOException {
      List<JsonNode> found = new ArrayList<>();
      for (ObjectNode asset : releases.assets(fullName, release.path("id").asLong())) {
        found.add(shape.asset(repository, release, asset));
      }
      return found;
    }

    private Reply shown(ObjectNode release) {
      try {
        return json(200, shape.release(repository, release, releases.assets(fullName, release.path("id").asLong())));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    /** A draft is there only for those who may write. */
    private ObjectNode visible(ObjectNode release) {
      if (release.path("draft").asBoolean() && !access.writes(request, repository)) {
        throw new Rejection(404, "Not Found");
      }
      return release;
    }

    private JsonNode body() throws IOException {
      try {
        JsonNode body = shape.json().readTree(request.smallBody(MAX_BODY));
        if (body instanceof ObjectNode) {
          return body;
        }
      } catch (JsonProcessingException e) {
        throw new Rejection(400, "Problems parsing JSON");
      }
      throw new Rejection(400, "Body should be a JSON object");
    }

    private Reply counted(String name, List<JsonNode> found) {
      Page page = page(found);
      ObjectNode body = shape.json().createObjectNode().put("total_count", found.size());
      body.set(name, page.items());
      return page.linked(json(200, body));
    }

    private Reply list(List<JsonNode> found) {
      Page page = page(found);
      return page.linked(json(200, page.items()));
    }

    private Page page(List<JsonNode> found) {
      int perPage = Math.max(1, Math.min(100, count("per_page", 30)));
      int number = Math.max(1, count("page", 1));
      int pages = Math.max(1, (found.size() + perPage - 1) / perPage);
      int from = (int) Math.min((number - 1L) * perPage, found.size());
      ArrayNode items = shape.json().createArrayNode();
      found.subList(from, Math.min(from + perPage, found.size())).forEach(items::add);
      String rest = request.target().replaceAll("([?&])page=[^&]*&?", "$1").replaceAll("[?&]$", "");
      String address = shape.api() + rest + (rest.contains("?") ? "&" : "?") + "page=";
      String link =
          number < pages
              ? "<" + address + (number + 1) + ">; rel=\"next\", <" + address + pages + ">; rel=\"last\""
              : "";
      return new Page(items, link);
    }

    private int count(String parameter, int otherwise) {
      return request.query(parameter).filter(text -> text.matches("[0-9]{1,6}")).map(Integer::parseInt).orElse(otherwise);
    }
  }

  /** One page of a list, and the links to its neighbours. */
  private record Page(ArrayNode items, String link) {
    Reply linked(Reply reply) {
      return link.isEmpty() ? reply : reply.header("Link", link);
    }
  }
}
