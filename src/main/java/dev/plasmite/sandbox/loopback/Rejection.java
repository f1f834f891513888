package dev.plasmite.sandbox.loopback;

import java.util.LinkedHashMap;
import java.util.Map;

/** A request that a stand-in refuses: status and reason, put into the service's own error shape by its server. */
public final class Rejection extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Map<String, String> headers;

  /**
   * A refusal.
   *
   * @param status the HTTP status
   * @param reason what the client is told; a sentence
   */
  public Rejection(int status, String reason) {
    this(status, reason, Map.of());
  }

  private Rejection(int status, String reason, Map<String, String> headers) {
    super(reason);
    this.status = status;
    this.headers = headers;
  }

  /** The same refusal with a header more. */
  public Rejection header(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new Rejection(status, getMessage(), all);
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** Headers to send with it. */
  public Map<String, String> headers() {
    return headers;
  }
}
