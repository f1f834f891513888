package dev.plasmite.sandbox.loopback;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a stand-in answers. It is a value: whether and how it goes out is the server's business, so that a fault can be
 * put between the effect and the answer.
 *
 * @param status the HTTP status
 * @param headers response headers; {@code ETag} makes the answer conditional
 * @param body what is sent
 */
public record Reply(int status, Map<String, String> headers, Body body) {

  /** The body of an answer. */
  public sealed interface Body {}

  /** A small body, held in memory. */
  public record Bytes(byte[] bytes) implements Body {}

  /** A file, streamed from disk. */
  public record FileBody(Path file) implements Body {}

  public Reply {
    headers = Map.copyOf(headers);
  }

  /** Text or JSON that is already serialized, in UTF-8. */
  public static Reply text(int status, String contentType, String text) {
    return bytes(status, contentType, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes of a type. */
  public static Reply bytes(int status, String contentType, byte[] bytes) {
    return new Reply(status, Map.of("Content-Type", contentType), new Bytes(bytes));
  }

  /** A file with the strong validator {@code tag}, such as its digest. */
  public static Reply file(String contentType, Path file, String tag) {
    return new Reply(200, Map.of("Content-Type", contentType), new FileBody(file)).tagged(tag);
  }

  /** No body. */
  public static Reply empty(int status) {
    return new Reply(status, Map.of(), new Bytes(new byte[0]));
  }

  /** A redirect. */
  public static Reply redirect(int status, String location) {
    return empty(status).header("Location", location);
  }

  /** The same answer with a header more. */
  public Reply header(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new Reply(status, all, body);
  }

  /** The same answer with a strong validator, so that {@code If-None-Match} is answered with 304. */
  public Reply tagged(String tag) {
    return header("ETag", '"' + tag + '"');
  }
}
