package dev.plasmite.train;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * Bare repositories over HTTP on this machine, by git's own {@code http-backend} (git-http-backend(1)). To read takes
 * nothing; to push takes a user and a password.
 */
final class GitOverHttp implements AutoCloseable {

  private final HttpServer server;
  private final Path root;
  private final String user;
  private final String password;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private GitOverHttp(HttpServer server, Path root, String user, String password) {
    this.server = server;
    this.root = root;
    this.user = user;
    this.password = password;
  }

  static GitOverHttp serve(Path root, String user, String password) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    GitOverHttp git = new GitOverHttp(server, root, user, password);
    server.createContext("/", git::answer);
    server.setExecutor(
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "git-over-http");
              thread.setDaemon(true);
              return thread;
            }));
    server.start();
    return git;
  }

  URI uri(String repository) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + repository);
  }

  /** Method, path and query of each request. */
  List<String> requests() {
    return requests;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      URI uri = exchange.getRequestURI();
      String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
      requests.add(exchange.getRequestMethod() + " " + uri.getPath() + (query.isEmpty() ? "" : "?" + query));
      boolean push = query.contains("git-receive-pack") || uri.getPath().endsWith("git-receive-pack");
      String basic = "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
      String shown = exchange.getRequestHeaders().getFirst("Authorization");
      if (push && !basic.equals(shown)) {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"tap\"");
        byte[] echo = ("not you: " + shown).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(401, echo.length);
        exchange.getResponseBody().write(echo);
        return;
      }
      backend(exchange, query);
    }
  }

  private void backend(HttpExchange exchange, String query) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("git", "-c", "http.receivepack=true", "http-backend");
    Map<String, String> env = builder.environment();
    env.put("GIT_PROJECT_ROOT", root.toString());
    env.put("GIT_HTTP_EXPORT_ALL", "1");
    env.put("GIT_CONFIG_NOSYSTEM", "1");
    env.put("GIT_CONFIG_GLOBAL", "/dev/null");
    env.put("PATH_INFO", exchange.getRequestURI().getPath());
    env.put("QUERY_STRING", query);
    env.put("REQUEST_METHOD", exchange.getRequestMethod());
    env.put("REMOTE_USER", user);
    header(exchange, "Content-Type", env, "CONTENT_TYPE");
    header(exchange, "Git-Protocol", env, "HTTP_GIT_PROTOCOL");
    header(exchange, "Content-Encoding", env, "HTTP_CONTENT_ENCODING");
    byte[] body = exchange.getRequestBody().readAllBytes();
    env.put("CONTENT_LENGTH", String.valueOf(body.length));
    Process process = builder.start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(body);
    }
    int status = 200;
    InputStream out = process.getInputStream();
    for (String line = line(out); !line.isEmpty(); line = line(out)) {
      int colon = line.indexOf(':');
      String value = line.substring(colon + 1).strip();
      if (line.startsWith("Status:")) {
        status = Integer.parseInt(value.substring(0, 3));
      } else {
        exchange.getResponseHeaders().set(line.substring(0, colon), value);
      }
    }
    byte[] answer = out.readAllBytes();
    exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
    exchange.getResponseBody().write(answer);
  }

  private static void header(HttpExchange exchange, String name, Map<String, String> env, String variable) {
    String value = exchange.getRequestHeaders().getFirst(name);
    if (value != null) {
      env.put(variable, value);
    }
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }
}
