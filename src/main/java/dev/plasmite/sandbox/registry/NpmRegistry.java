package dev.plasmite.sandbox.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.artifact.Digests;
import dev.plasmite.sandbox.loopback.Accounts;
import dev.plasmite.sandbox.loopback.Faults;
import dev.plasmite.sandbox.loopback.Logged;
import dev.plasmite.sandbox.loopback.LoopbackServer;
import dev.plasmite.sandbox.loopback.Rejection;
import dev.plasmite.sandbox.loopback.Reply;
import dev.plasmite.sandbox.loopback.Request;
import dev.plasmite.sandbox.loopback.StateDirectory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A registry for npm: packuments (full and abbreviated), publishing, dist-tags, tarballs, whoami and ping, as in the npm
 * registry's "Public Registry API" and "Package Metadata" pages. It computes shasum and integrity itself and refuses an
 * upload that claims others. Errors are {@code {"error": ...}}; a version that is there is refused with 403.
 */
public final class NpmRegistry implements AutoCloseable {

  private static final String JSON = "application/json";
  private static final String ABBREVIATED = "application/vnd.npm.install-v1+json";

  private final StateDirectory state;
  private final NpmShelf shelf;
  private final Accounts accounts;
  private final Others.Behind service;
  private final LoopbackServer server;

  private NpmRegistry(Path directory, Accounts accounts, Faults faults) {
    this.state = StateDirectory.open(directory);
    this.shelf = new NpmShelf(state);
    this.accounts = accounts;
    this.service = new Others.Behind(new Service());
    this.server = LoopbackServer.start("npm", service, faults);
  }

  /** Opens the registry whose state is in a directory, and serves. */
  public static NpmRegistry open(Path state, Accounts accounts) {
    return open(state, accounts, Faults.NONE);
  }

  /** Opens the registry with faults. */
  public static NpmRegistry open(Path state, Accounts accounts, Faults faults) {
    return new NpmRegistry(state, accounts, faults);
  }

  /** Its address without a slash at the end; npm's {@code --registry} wants one there. */
  public URI base() {
    return server.base();
  }

  /** The key of the token in an npmrc or environment: {@code //127.0.0.1:PORT/:_authToken}. */
  public String tokenKey() {
    return "//" + server.base().getAuthority() + "/:_authToken";
  }

  /** Lets the registry pass on what others have published in the public one; what it holds itself stays its own. */
  public void passOn(Upstream upstream) {
    service.passOn(new OthersNpmPackages(upstream, base().toString()));
  }

  /** What was served so far. */
  public List<Logged> requests() {
    return server.requests();
  }

  @Override
  public void close() {
    server.close();
  }

  private final class Service implements LoopbackServer.Service {

    @Override
    public Reply answer(Request request) throws IOException {
      boolean read = request.method().equals("GET") || request.method().equals("HEAD");
      List<String> path = new ArrayList<>(request.path());
      if (path.get(0).equals("-")) {
        return service(request, read, path.subList(1, path.size()));
      }
      joinScope(path, 0);
      String name = NpmShelf.checkedName(path.get(0));
      if (path.size() == 1 && request.method().equals("PUT")) {
        return publish(request, name);
      }
      if (path.size() == 1 && read) {
        return packument(request, name);
      }
      if (path.size() == 2 && read) {
        return json(200, shelf.manifest(name, path.get(1), base().toString()));
      }
      if (path.size() == 3 && path.get(1).equals("-") && read) {
        return shelf.tarball(name, path.get(2));
      }
      throw new Rejection(404, "Not found");
    }

    @Override
    public Reply refusal(int status, String reason) {
      return json(status, state.json().createObjectNode().put("error", reason));
    }

    private Reply service(Request request, boolean read, List<String> path) throws IOException {
      if (path.equals(List.of("ping")) && read) {
        return json(200, state.json().createObjectNode());
      }
      if (path.equals(List.of("whoami")) && read) {
        return json(200, state.json().createObjectNode().put("username", user(request)));
      }
      if (path.size() >= 3 && path.get(0).equals("package")) {
        List<String> rest = new ArrayList<>(path.subList(1, path.size()));
        joinScope(rest, 0);
        return ofPackage(request, read, rest);
      }
      if (path.size() > 2 && path.get(0).equals("npm") && request.method().equals("POST")
          && path.contains("advisories")) {
        // Nothing in here has an advisory.
        return json(200, state.json().createObjectNode());
      }
      throw new Rejection(404, "Not found");
    }

    private Reply ofPackage(Request request, boolean read, List<String> path) throws IOException {
      String name = NpmShelf.checkedName(path.get(0));
      String what = path.size() > 1 ? path.get(1) : "";
      if (what.equals("dist-tags") && path.size() == 2 && read) {
        return json(200, shelf.packument(name).path("dist-tags"));
      }
      if (what.equals("dist-tags") && path.size() == 3 && request.method().equals("DELETE")) {
        return json(200, shelf.removeTag(name, path.get(2), user(request)));
      }
      if (what.equals("dist-tags") && path.size() == 3
          && (request.method().equals("PUT") || request.method().equals("POST"))) {
        String user = user(request);
        return json(200, shelf.tag(name, path.get(2), version(request.smallBody(1024)), user));
      }
      if (what.equals("collaborators") && path.size() == 2 && read) {
        user(request);
        ObjectNode collaborators = state.json().createObjectNode();
        shelf.packument(name).path("maintainers").forEach(m -> collaborators.put(m.path("name").asText(), "write"));
        return json(200, collaborators);
      }
      throw new Rejection(404, "Not found");
    }

    private String version(byte[] body) throws IOException {
      try {
        JsonNode version = state.json().readTree(body);
        if (version != null && version.isTextual()) {
          return version.asText();
        }
      } catch (JsonProcessingException e) {
        throw new Rejection(400, "the version is no JSON: " + e.getOriginalMessage());
      }
      throw new Rejection(400, "the version is no JSON string");
    }

    private Reply packument(Request request, String name) throws IOException {
      boolean brief = request.header("Accept").orElse("").contains(ABBREVIATED);
      JsonNode body = shelf.packument(name, brief, base().toString());
      byte[] bytes = state.json().writeValueAsBytes(body);
      return Reply.bytes(200, brief ? ABBREVIATED : JSON, bytes)
          .header("Vary", "accept")
          .tagged(Digests.sha256(bytes));
    }

    private Reply publish(Request request, String name) throws IOException {
      String user = user(request);
      try (NpmUpload upload = NpmUpload.receive(request, state, name)) {
        shelf.publish(name, upload, user);
      }
      return json(201, state.json().createObjectNode().put("ok", true).put("success", true));
    }

    /** {@code @scope/name} comes as one segment or as two. */
    private void joinScope(List<String> path, int at) {
      if (path.get(at).startsWith("@") && !path.get(at).contains("/") && path.size() > at + 1) {
        path.set(at, path.get(at) + "/" + path.remove(at + 1));
      }
    }

    private String user(Request request) {
      String header = request.header("Authorization").orElse("");
      if (header.isEmpty()) {
        throw new Rejection(401, "You must be logged in to do this").header("WWW-Authenticate", "Bearer");
      }
      String token = header.regionMatches(true, 0, "Bearer ", 0, 7) ? header.substring(7) : "";
      return accounts.user(token)
          .orElseThrow(() -> new Rejection(401, "Unauthorized").header("WWW-Authenticate", "Bearer"));
    }

    private Reply json(int status, JsonNode body) {
      return Reply.text(status, JSON, body.toString());
    }
  }
}
