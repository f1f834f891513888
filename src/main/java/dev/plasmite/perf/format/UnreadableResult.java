package dev.plasmite.perf.format;

/** A benchmark's result is not of the format. The message says what is wrong, without a full stop. */
public final class UnreadableResult extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UnreadableResult(String message) {
    super(message);
  }
}
