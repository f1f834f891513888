package dev.plasmite.client;

import java.util.Objects;

/** A credential. It shows itself to nobody by accident; whoever needs the value says so. */
public final class Secret {

  private final String value;

  public Secret(String value) {
    this.value = Objects.requireNonNull(value);
  }

  /** The value, for a client's environment or a private file; never for an argument list or a log. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "***";
  }
}
