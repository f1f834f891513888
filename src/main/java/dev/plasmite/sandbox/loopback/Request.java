package dev.plasmite.sandbox.loopback;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One request: its path already taken apart, its body still on the wire. */
public final class Request {

  private final HttpExchange exchange;
  private final URI base;
  private final List<String> path;
  private final Map<String, String> query;
  private final CountedBody body;

  Request(HttpExchange exchange, URI base) {
    this.exchange = exchange;
    this.base = base;
    // The URI's own getPath would decode %2f into a separator; names such as @scope%2fname are one segment.
    String raw = exchange.getRequestURI().getRawPath();
    this.path =
        Arrays.stream((raw == null ? "" : raw).split("/", -1)).skip(1).map(Request::decode).toList();
    if (path.isEmpty()) {
      throw new Rejection(400, "the request names no path");
    }
    this.query = parseQuery(exchange.getRequestURI().getRawQuery());
    this.body = new CountedBody(exchange.getRequestBody(), contentLength().orElse(-1L));
  }

  /** The server's own address now, without a slash at its end; for the links in answers, which are never stored. */
  public URI base() {
    return base;
  }

  /** The HTTP method. */
  public String method() {
    return exchange.getRequestMethod();
  }

  /** The path's segments, decoded; a slash at the end gives an empty last segment. */
  public List<String> path() {
    return path;
  }

  /** The path as it was sent. */
  public String rawPath() {
    return exchange.getRequestURI().getRawPath();
  }

  /** The path with its query, as it was sent. */
  public String target() {
    return exchange.getRequestURI().toString();
  }

  /** A query parameter; the first one of its name. */
  public Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /** A header; the first one of its name. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  /**
   * The declared length of the body in bytes, nothing when it comes in chunks.
   *
   * @throws Rejection 400 when it is no length
   */
  public Optional<Long> contentLength() {
    return header("Content-Length").map(Request::length);
  }

  /** The body; ends with {@link EOFException} when it is shorter than declared. */
  public InputStream body() {
    return body;
  }

  /**
   * The whole body, for small ones.
   *
   * @param limit in bytes
   * @throws Rejection 413 when it is larger
   */
  public byte[] smallBody(int limit) throws IOException {
    byte[] bytes = body.readNBytes(limit + 1);
    if (bytes.length > limit) {
      throw new Rejection(413, "the body is larger than " + limit + " bytes");
    }
    return bytes;
  }

  long received() {
    return body.count;
  }

  private static long length(String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw new Rejection(400, "Content-Length is no length");
    }
    return Long.parseLong(text);
  }

  private static Map<String, String> parseQuery(String raw) {
    Map<String, String> parsed = new LinkedHashMap<>();
    if (raw != null) {
      for (String pair : raw.split("&")) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        parsed.putIfAbsent(decode(name.replace('+', ' ')), decode(value.replace('+', ' ')));
      }
    }
    return parsed;
  }

  /** Percent-decoding as in RFC 3986: a plus sign is a plus sign. */
  private static String decode(String raw) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length());
    byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != '%') {
        out.write(bytes[i]);
        continue;
      }
      int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        throw new Rejection(400, "the path is not percent-encoded correctly");
      }
      out.write(high << 4 | low);
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(out.toByteArray())).toString();
    } catch (CharacterCodingException e) {
      throw new Rejection(400, "the path is not UTF-8");
    }
  }

  /** The JDK's server ends a body that was cut off as if it were whole; here that is an error. */
  private static final class CountedBody extends FilterInputStream {
    private final long declared;
    private long count;

    CountedBody(InputStream in, long declared) {
      super(in);
      this.declared = declared;
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      counted(b < 0 ? -1 : 1);
      return b;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
      int n = super.read(b, off, len);
      counted(n);
      return n;
    }

    @Override
    public long skip(long n) throws IOException {
      long skipped = super.skip(n);
      count += skipped;
      return skipped;
    }

    private void counted(int n) throws EOFException {
      if (n > 0) {
        count += n;
      } else if (n < 0 && count < declared) {
        throw new EOFException("the body ended after " + count + " of " + declared + " bytes");
      }
    }

    /** Left open: the server still drains it before it answers. */
    @Override
    public void close() {}
  }
}
