package dev.plasmite.sandbox.loopback;

import java.time.Duration;
import java.util.Map;

/**
 * What goes wrong with one request.
 *
 * @param delay how long the answer is held back after everything else happened
 * @param kind where it goes wrong
 * @param status the status sent instead; only for {@link Kind#STATUS_BEFORE} and {@link Kind#STATUS_AFTER}
 * @param headers sent with that status, such as {@code Retry-After}
 * @param reason what the client is told with that status, in the service's own error shape
 */
public record Fault(Duration delay, Kind kind, int status, Map<String, String> headers, String reason) {

  private static final String REASON = "this failure was injected";

  /** Where a request goes wrong. */
  public enum Kind {
    /** Nowhere. */
    NONE,
    /** The body is read, nothing is done, a status is sent. */
    STATUS_BEFORE,
    /** All is done, but another status is sent than the true one. */
    STATUS_AFTER,
    /** The connection is dropped before the body is read; nothing is done. */
    RESET_BEFORE,
    /** All is done, then the connection is dropped without an answer. */
    RESET_AFTER,
    /** All is done, then the connection is dropped in the middle of the answer's body. */
    CUT_ANSWER
  }

  /** Nothing goes wrong. */
  public static final Fault NONE = of(Kind.NONE);

  public Fault {
    headers = Map.copyOf(headers);
  }

  /** A fault without status. */
  public static Fault of(Kind kind) {
    return new Fault(Duration.ZERO, kind, 0, Map.of(), REASON);
  }

  /** A status instead of doing what was asked. */
  public static Fault before(int status) {
    return new Fault(Duration.ZERO, Kind.STATUS_BEFORE, status, Map.of(), REASON);
  }

  /** A status although what was asked is done. */
  public static Fault after(int status) {
    return new Fault(Duration.ZERO, Kind.STATUS_AFTER, status, Map.of(), REASON);
  }

  /** Only slow. */
  public static Fault slow(Duration delay) {
    return NONE.delayed(delay);
  }

  /** The same fault, later. */
  public Fault delayed(Duration by) {
    return new Fault(by, kind, status, headers, reason);
  }

  /** The same fault with a header in its answer. */
  public Fault with(String header, String value) {
    return new Fault(delay, kind, status, Map.of(header, value), reason);
  }

  /** The same fault with other words in its answer. */
  public Fault saying(String words) {
    return new Fault(delay, kind, status, headers, words);
  }
}
