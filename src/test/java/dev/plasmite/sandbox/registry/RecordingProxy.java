package dev.plasmite.sandbox.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** Stands between a client and a server, hands on what both say, and remembers it. */
final class RecordingProxy implements AutoCloseable {

  private static final Set<String> OF_THE_CONNECTION =
      Set.of("host", "content-length", "connection", "upgrade", "http2-settings", "transfer-encoding", "date");

  /**
   * One request and its answer.
   *
   * @param path decoded as far as a router does: raw
   */
  record Exchange(
      String method,
      String path,
      Map<String, List<String>> query,
      Map<String, List<String>> requestHeaders,
      byte[] sent,
      int status,
      Map<String, List<String>> responseHeaders,
      byte[] received) {}

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final URI target;
  private final UnaryOperator<String> addresses;

  /**
   * @param addresses puts the proxies' addresses in place of the servers' in what is answered
   */
  RecordingProxy(URI target, UnaryOperator<String> addresses) throws IOException {
    this.target = target;
    this.addresses = addresses;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  List<Exchange> exchanges() {
    return exchanges;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] sent = exchange.getRequestBody().readAllBytes();
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(target + exchange.getRequestURI().toString()))
              .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(sent));
      exchange.getRequestHeaders().forEach((name, values) -> {
        if (!OF_THE_CONNECTION.contains(name.toLowerCase(java.util.Locale.ROOT))) {
          values.forEach(value -> request.header(name, value));
        }
      });
      HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      byte[] body = response.body();
      Map<String, List<String>> headers = new TreeMap<>();
      response.headers().map().forEach((name, values) -> {
        if (!OF_THE_CONNECTION.contains(name)) {
          headers.put(name, values.stream().map(addresses).toList());
        }
      });
      if (headers.getOrDefault("content-type", List.of("")).get(0).contains("json")) {
        body = addresses.apply(new String(body, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
      }
      exchanges.add(
          new Exchange(
              exchange.getRequestMethod(), exchange.getRequestURI().getRawPath(), query(exchange.getRequestURI()),
              new TreeMap<>(exchange.getRequestHeaders()), sent, response.statusCode(), headers, body));
      exchange.getResponseHeaders().putAll(headers);
      exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, List<String>> query(URI uri) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (String pair : uri.getRawQuery() == null ? new String[0] : uri.getRawQuery().split("&")) {
      String[] parts = pair.split("=", 2);
      query.computeIfAbsent(parts[0], name -> new ArrayList<>())
          .add(URLDecoder.decode(parts.length < 2 ? "" : parts[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
