package dev.plasmite.channel;

import dev.plasmite.gate.OutsideFailure;

/** A channel has answered, and does not have (or does not show yet) what it is asked for. */
public final class NotThere extends OutsideFailure {

  private static final long serialVersionUID = 1L;

  public NotThere(String message) {
    super(message);
  }
}
