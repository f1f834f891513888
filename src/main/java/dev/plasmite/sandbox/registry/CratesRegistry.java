package dev.plasmite.sandbox.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
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
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A registry for cargo: the sparse index and the web API of the Cargo book ("Registry Web API", "Registry Index"), with
 * the errors of crates.io. It refuses what crates.io refuses: a version that is there (also when only build metadata
 * differs), a name that differs from a taken one in {@code -}, {@code _} or case only, a crate of another owner, missing
 * metadata, an unknown dependency, an upload that is too large.
 */
public final class CratesRegistry implements AutoCloseable {

  /**
   * How the registry behaves.
   *
   * @param authRequired whether the index and downloads need a token, too
   * @param maxUpload the largest upload in bytes; crates.io's is 10 MiB unless its team raises it
   */
  public record Options(boolean authRequired, long maxUpload) {

    /** As crates.io. */
    public static final Options CRATES_IO = new Options(false, 10L << 20);
  }

  private static final String JSON = "application/json";

  private final StateDirectory state;
  private final CrateShelf shelf;
  private final CrateUpload upload;
  private final Accounts accounts;
  private final Options options;
  private final Others.Behind service;
  private final LoopbackServer server;

  private CratesRegistry(Path directory, Accounts accounts, Options options, Faults faults) {
    this.state = StateDirectory.open(directory);
    this.shelf = new CrateShelf(state);
    this.upload = new CrateUpload(state, options.maxUpload());
    this.accounts = accounts;
    this.options = options;
    this.service = new Others.Behind(new Service());
    this.server = LoopbackServer.start("crates", service, faults);
  }

  /** Opens the registry whose state is in a directory, and serves. */
  public static CratesRegistry open(Path state, Accounts accounts) {
    return open(state, accounts, Options.CRATES_IO, Faults.NONE);
  }

  /** Opens the registry with other behaviour and with faults. */
  public static CratesRegistry open(Path state, Accounts accounts, Options options, Faults faults) {
    return new CratesRegistry(state, accounts, options, faults);
  }

  /** The address of the web API, without a slash at the end. */
  public URI base() {
    return server.base();
  }

  /** The index, as {@code CARGO_REGISTRIES_NAME_INDEX} takes it: {@code sparse+http://.../index/}. */
  public URI index() {
    return URI.create("sparse+" + server.base() + "/index/");
  }

  /**
   * A cargo configuration file in which this registry takes the place of crates.io, and is also known by a name. With it
   * in {@code CARGO_HOME/config.toml}, what is packaged does not depend on this registry's address: a dependency that
   * names a registry has the address written into the crate, and this one's changes from run to run. Publishing still
   * needs {@code --registry name}.
   *
   * @param name letters, digits and hyphens
   */
  public String cargoConfig(String name) {
    return "[source.crates-io]\nreplace-with = \"" + name + "\"\n\n[source." + name + "]\nregistry = \"" + index()
        + "\"\n\n[registries." + name + "]\nindex = \"" + index() + "\"\ncredential-provider = [\"cargo:token\"]\n";
  }

  /** Lets the registry pass on what others have published in the public one; what it holds itself stays its own. */
  public void passOn(Upstream upstream) {
    service.passOn(new OthersCrates(upstream));
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
      if (path.get(0).equals("index") && read) {
        return index(request, path.subList(1, path.size()));
      }
      if (path.get(0).equals("crates") && path.size() == 3 && read) {
        return crateFile(request, path.get(1), path.get(2));
      }
      if (path.size() >= 3 && path.get(0).equals("api") && path.get(1).equals("v1")) {
        return api(request, request.method(), path.subList(2, path.size()));
      }
      throw new Rejection(404, "Not Found");
    }

    @Override
    public Reply refusal(int status, String reason) {
      ObjectNode error = state.json().createObjectNode();
      error.putArray("errors").addObject().put("detail", reason);
      return json(status, error);
    }

    private Reply api(Request request, String method, List<String> path) throws IOException {
      boolean crate = path.get(0).equals("crates");
      String call = method.equals("HEAD") ? "GET" : method;
      if (path.equals(List.of("me")) && call.equals("GET")) {
        user(request);
        // The real endpoint takes cookies only; that a token is known shows in the words alone.
        throw new Rejection(403, "this action can only be performed on the crates.io website");
      }
      if (crate && path.size() == 1 && call.equals("GET")) {
        return json(200, shelf.search(request.query("q").orElse("")));
      }
      if (crate && path.size() == 2 && path.get(1).equals("new") && call.equals("PUT")) {
        return publish(request, user(request));
      }
      if (crate && path.size() == 2 && call.equals("GET")) {
        return json(200, shelf.describe(path.get(1)));
      }
      if (crate && path.size() == 3 && path.get(2).equals("owners")) {
        return owners(request, call, path.get(1));
      }
      if (crate && path.size() == 3 && call.equals("GET")) {
        return json(200, shelf.describe(path.get(1), path.get(2)));
      }
      if (crate && path.size() == 4 && path.get(3).equals("download") && call.equals("GET")) {
        String name = shelf.crate(path.get(1)).path("name").asText();
        return Reply.redirect(302, base() + "/crates/" + name + "/" + name + "-" + path.get(2) + ".crate");
      }
      boolean yank = path.size() == 4 && path.get(3).equals("yank") && call.equals("DELETE");
      boolean unyank = path.size() == 4 && path.get(3).equals("unyank") && call.equals("PUT");
      if (crate && (yank || unyank)) {
        shelf.yank(path.get(1), path.get(2), yank, user(request));
        return json(200, state.json().createObjectNode().put("ok", true));
      }
      throw new Rejection(404, "Not Found");
    }

    private Reply index(Request request, List<String> path) throws IOException {
      if (options.authRequired()) {
        demandReader(request);
      }
      if (path.equals(List.of("config.json"))) {
        ObjectNode config = state.json().createObjectNode();
        config.put("dl", base() + "/crates/{crate}/{crate}-{version}.crate");
        config.put("api", base().toString());
        if (options.authRequired()) {
          config.put("auth-required", true);
        }
        return json(200, config);
      }
      String lines = shelf.indexFile(path).orElseThrow(() -> new Rejection(404, "Not Found"));
      return Reply.text(200, "text/plain; charset=utf-8", lines).tagged(CrateShelf.tag(lines));
    }

    private Reply crateFile(Request request, String name, String file) throws IOException {
      if (options.authRequired()) {
        demandReader(request);
      }
      String prefix = name + "-";
      if (!file.startsWith(prefix) || !file.endsWith(".crate")) {
        throw new Rejection(404, "Not Found");
      }
      String version = file.substring(prefix.length(), file.length() - ".crate".length());
      JsonNode entry = shelf.version(name, version);
      return Reply.file("application/gzip", shelf.file(name, version), entry.path("cksum").asText());
    }

    private Reply publish(Request request, String user) throws IOException {
      try (CrateUpload.Upload received = upload.receive(request)) {
        shelf.publish(received, user);
      }
      ObjectNode answer = state.json().createObjectNode();
      ObjectNode warnings = answer.putObject("warnings");
      warnings.putArray("invalid_categories");
      warnings.putArray("invalid_badges");
      warnings.putArray("other");
      return json(200, answer);
    }

    private Reply owners(Request request, String method, String name) throws IOException {
      if (method.equals("GET")) {
        ObjectNode answer = state.json().createObjectNode();
        ArrayNode users = answer.putArray("users");
        int id = 0;
        for (JsonNode owner : shelf.crate(name).path("owners")) {
          users.addObject().put("id", ++id).put("login", owner.asText()).put("name", owner.asText()).put("kind", "user");
        }
        return json(200, answer);
      }
      if (!method.equals("PUT") && !method.equals("DELETE")) {
        throw new Rejection(405, "Method Not Allowed");
      }
      String user = user(request);
      List<String> logins = CrateUpload.logins(state.json(), request.smallBody(1 << 16));
      shelf.changeOwners(name, logins, method.equals("PUT"), user);
      String said = logins.stream().map(login -> "user " + login).collect(Collectors.joining(", "));
      return json(
          200,
          state.json().createObjectNode().put("ok", true)
              .put("msg", said + (method.equals("PUT") ? " has been added as an owner" : " has been removed")));
    }

    private String user(Request request) {
      String token = request.header("Authorization").orElse("");
      if (token.isEmpty()) {
        throw new Rejection(403, "this action requires authentication");
      }
      // cargo sends the bare token; crates.io also takes it as a bearer token.
      String bare = token.toLowerCase(Locale.ROOT).startsWith("bearer ") ? token.substring(7) : token;
      return accounts.user(bare).orElseThrow(() -> new Rejection(403, "authentication failed"));
    }

    private void demandReader(Request request) {
      if (accounts.user(request.header("Authorization").orElse("")).isEmpty()) {
        throw new Rejection(401, "this registry requires authentication")
            .header("WWW-Authenticate", "Cargo login_url=\"" + base() + "/me\"");
      }
    }

    private Reply json(int status, JsonNode body) {
      return Reply.text(status, JSON, body.toString());
    }
  }
}
