package dev.plasmite.sandbox.registry;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Plain requests for tests. */
final class Http {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private Http() {}

  static HttpResponse<String> get(URI base, String target, String... headers) throws Exception {
    return send("GET", base, target, new byte[0], headers);
  }

  static HttpResponse<String> send(String method, URI base, String target, byte[] body, String... headers)
      throws IOException, InterruptedException {
    return CLIENT.send(request(method, base, target, body, headers), HttpResponse.BodyHandlers.ofString());
  }

  static HttpResponse<byte[]> bytes(URI base, String target, String... headers) throws Exception {
    return CLIENT.send(request("GET", base, target, new byte[0], headers), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static HttpRequest request(String method, URI base, String target, byte[] body, String... headers) {
    HttpRequest.BodyPublisher publisher =
        body.length == 0 ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body);
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(target.startsWith("http") ? target : base + target))
            .method(method, publisher)
            .timeout(Duration.ofMinutes(5));
    if (headers.length > 0) {
      builder.headers(headers);
    }
    return builder.build();
  }
}
