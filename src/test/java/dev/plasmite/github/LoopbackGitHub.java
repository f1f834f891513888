package dev.plasmite.github;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on the loopback interface that answers as a test says, and remembers what it was asked. */
public final class LoopbackGitHub implements AutoCloseable {

  /** How a request is answered. */
  @FunctionalInterface
  public interface Script {
    Reply answer(Request request) throws IOException;
  }

  /** What came. */
  public record Request(String method, String path, String query, Map<String, List<String>> headers, byte[] body) {

    public String header(String name) {
      return headers.entrySet().stream()
          .filter(e -> e.getKey().equalsIgnoreCase(name))
          .map(e -> e.getValue().get(0))
          .findFirst()
          .orElse("");
    }
  }

  /** What goes back. */
  public record Reply(int status, Map<String, String> headers, byte[] body) {

    public static Reply json(int status, String json) {
      return new Reply(
          status, Map.of("Content-Type", "application/json; charset=utf-8"), json.getBytes(StandardCharsets.UTF_8));
    }

    public Reply with(String name, String value) {
      Map<String, String> all = new java.util.HashMap<>(headers);
      all.put(name, value);
      return new Reply(status, all, body);
    }
  }

  private final HttpServer server;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final java.util.concurrent.ExecutorService threads = java.util.concurrent.Executors.newFixedThreadPool(2);

  public LoopbackGitHub(Script script) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", exchange -> handle(exchange, script));
    server.start();
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public List<Request> requests() {
    return requests;
  }

  private void handle(HttpExchange exchange, Script script) throws IOException {
    try (exchange) {
      URI uri = exchange.getRequestURI();
      Request request =
          new Request(
              exchange.getRequestMethod(),
              uri.getRawPath(),
              uri.getRawQuery() == null ? "" : uri.getRawQuery(),
              Map.copyOf(exchange.getRequestHeaders()),
              exchange.getRequestBody().readAllBytes());
      requests.add(request);
      Reply reply = script.answer(request);
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
      exchange.getResponseBody().write(reply.body());
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** A run as GitHub lists it, with the fields that are read and some that are not. */
  public static String run(long id, String path, String event, String sha, String repository, String status, String conclusion) {
    return """
        {"id": %d, "name": "CI", "path": "%s", "event": "%s", "head_sha": "%s", "head_branch": "main",
         "head_repository": {"full_name": "%s"}, "status": "%s", "conclusion": %s, "run_attempt": 1,
         "run_number": 7, "html_url": "https://github.example/runs/%d"}"""
        .formatted(id, path, event, sha, repository, status, conclusion == null ? "null" : "\"" + conclusion + "\"", id);
  }

  /** A page of runs. */
  public static String runs(String... runs) {
    return "{\"total_count\": " + runs.length + ", \"workflow_runs\": [" + String.join(",", runs) + "]}";
  }
}
