package dev.plasmite.sandbox.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/**
 * A registry for Python packages: the simple index as HTML and JSON (PEP 503, 629, 658, 691, 700), the JSON API, and the legacy
 * upload API that twine and uv use. Identical bytes are accepted again in silence, other bytes under a taken file name
 * are refused with 400 "File already exists", as PyPI does.
 */
public final class PyPiRegistry implements AutoCloseable {

  private final StateDirectory state;
  private final PyPiShelf shelf;
  private final PyPiUpload upload;
  private final Accounts accounts;
  private final Others.Behind service;
  private final LoopbackServer server;

  private PyPiRegistry(Path directory, Accounts accounts, Faults faults) {
    this.state = StateDirectory.open(directory);
    this.shelf = new PyPiShelf(state);
    this.upload = new PyPiUpload(state);
    this.accounts = accounts;
    this.service = new Others.Behind(new Service());
    this.server = LoopbackServer.start("pypi", service, faults);
  }

  /** Opens the registry whose state is in a directory, and serves. */
  public static PyPiRegistry open(Path state, Accounts accounts) {
    return open(state, accounts, Faults.NONE);
  }

  /** Opens the registry with faults. */
  public static PyPiRegistry open(Path state, Accounts accounts, Faults faults) {
    return new PyPiRegistry(state, accounts, faults);
  }

  /** Its address without a slash at the end. */
  public URI base() {
    return server.base();
  }

  /** Where twine and uv upload to: {@code --repository-url}, {@code --publish-url}. */
  public URI upload() {
    return URI.create(server.base() + "/legacy/");
  }

  /** Where pip and uv install from: {@code --index-url}. */
  public URI simple() {
    return URI.create(server.base() + "/simple/");
  }

  /** Lets the registry pass on what others have published in the public one; what it holds itself stays its own. */
  public void passOn(Upstream upstream) {
    service.passOn(new OthersDistributions(upstream, base().toString()));
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
      List<String> path = request.path();
      boolean read = request.method().equals("GET") || request.method().equals("HEAD");
      if (path.equals(List.of("legacy", "")) || path.equals(List.of("legacy"))) {
        return receive(request);
      }
      if (!read) {
        throw new Rejection(405, "Method Not Allowed");
      }
      if (path.get(0).equals("simple")) {
        return simple(request, path.subList(1, path.size()));
      }
      if (path.get(0).equals("files") && path.size() == 3) {
        return shelf.file(path.get(1), path.get(2));
      }
      if (path.get(0).equals("pypi") && path.get(path.size() - 1).equals("json")) {
        return about(path.subList(1, path.size() - 1));
      }
      throw new Rejection(404, "Not Found");
    }

    @Override
    public Reply refusal(int status, String reason) {
      // The reason phrase cannot be set with the JDK's server, so the words stand in the page, where twine shows them.
      String text = SimplePages.escape(status + " " + reason);
      return Reply.text(
          status,
          "text/html; charset=UTF-8",
          "<html>\n <head>\n  <title>" + text + "</title>\n </head>\n <body>\n  <h1>" + text + "</h1>\n </body>\n</html>\n");
    }

    private Reply receive(Request request) throws IOException {
      if (!request.method().equals("POST")) {
        throw new Rejection(405, "Method Not Allowed");
      }
      String user = user(request);
      try (PyPiUpload.Upload received = upload.receive(request)) {
        shelf.publish(received, user);
      }
      return Reply.text(200, "text/plain; charset=UTF-8", "");
    }

    private Reply simple(Request request, List<String> path) throws IOException {
      SimplePages pages = new SimplePages(state.json(), base().toString());
      boolean json = SimplePages.wantsJson(request.header("Accept").orElse(""));
      if (path.isEmpty() || path.size() == 1 && !path.get(0).isEmpty() || path.size() > 2) {
        String last = path.isEmpty() ? "" : "/" + PyPiShelf.normalized(path.get(0));
        return path.size() > 2 ? refusal(404, "Not Found") : Reply.redirect(301, base() + "/simple" + last + "/");
      }
      if (path.size() == 1) {
        return pages.projects(shelf.names(), json);
      }
      String normalized = PyPiShelf.normalized(path.get(0));
      if (!normalized.equals(path.get(0))) {
        return Reply.redirect(301, base() + "/simple/" + normalized + "/");
      }
      return pages.project(shelf.project(normalized), json);
    }

    private Reply about(List<String> path) throws IOException {
      if (path.isEmpty() || path.size() > 2) {
        throw new Rejection(404, "Not Found");
      }
      ObjectNode project = shelf.project(PyPiShelf.normalized(path.get(0)));
      String version = path.size() == 2 ? path.get(1) : null;
      return new SimplePages(state.json(), base().toString()).about(project, version);
    }

    /** PyPI says the same of no token, a bad one and a revoked one. */
    private String user(Request request) {
      String header = request.header("Authorization").orElse("");
      String pair = "";
      if (header.regionMatches(true, 0, "Basic ", 0, 6)) {
        try {
          pair = new String(Base64.getDecoder().decode(header.substring(6).strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
          throw new Rejection(400, "the Authorization header is no base64");
        }
      }
      int colon = pair.indexOf(':');
      if (colon >= 0 && !pair.substring(0, colon).equals("__token__")) {
        throw new Rejection(
            403, "Username/Password authentication is no longer supported. Migrate to API Tokens or Trusted Publishers"
                + " instead.");
      }
      return accounts.user(pair.substring(colon + 1))
          .orElseThrow(() -> new Rejection(403, "Invalid or non-existent authentication information."));
    }
  }
}
