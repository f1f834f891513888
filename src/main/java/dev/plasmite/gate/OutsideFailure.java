package dev.plasmite.gate;

/** The world's fault: a disk, a network, a service or a client that does not do its part. The message is a sentence. */
public class OutsideFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public OutsideFailure(String message) {
    super(message);
  }

  public OutsideFailure(String message, Throwable cause) {
    super(message + (cause.getMessage() == null ? "" : ": " + cause.getMessage()), cause);
  }
}
