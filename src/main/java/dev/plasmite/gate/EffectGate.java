package dev.plasmite.gate;

import java.net.URI;

/**
 * The one place that decides what may be sent to the outside: mode x effect. Whoever is about to do something that
 * leaves this machine asks here first; there is no other test of the mode in front of an effect.
 *
 * @param mode the mode of this run
 * @param downloads whether the sandbox, too, may fetch other people's packages
 */
public record EffectGate(Mode mode, boolean downloads) {

  /** The gate of a mode that is as strict as it comes. */
  public EffectGate(Mode mode) {
    this(mode, false);
  }

  /** Whether this mode allows the effect. */
  public boolean allows(Effect effect) {
    return switch (mode) {
      case SANDBOX -> effect == Effect.LOOPBACK || effect == Effect.DOWNLOAD && downloads;
      case REHEARSAL -> effect == Effect.LOOPBACK || effect == Effect.DOWNLOAD || effect == Effect.READ;
      case LIVE -> true;
    };
  }

  /**
   * Whether this is a rehearsal: whoever comes to the point of changing something outside says what would be done, and
   * does not do it.
   */
  public boolean rehearses() {
    return mode == Mode.REHEARSAL;
  }

  /**
   * Lets an effect on an endpoint pass, or stops the train. In the sandbox, what is sent to the loopback interface stays
   * on this machine, so it counts as {@link Effect#LOOPBACK}; a real service on the loopback interface does not, in the
   * other modes.
   *
   * @param effect what kind of effect it is
   * @param endpoint where it goes to
   * @param what the deed in words, for the message
   * @throws Refusal when the mode does not allow it
   */
  public void demand(Effect effect, URI endpoint, String what) {
    boolean stays = mode == Mode.SANDBOX && isLoopback(endpoint);
    demand(stays ? Effect.LOOPBACK : effect, what + " at " + endpoint.getScheme() + "://" + endpoint.getAuthority());
  }

  private static boolean isLoopback(URI endpoint) {
    // By the literal address, not by name: a resolver may say anything. A file is on this machine.
    return "file".equals(endpoint.getScheme())
        || "127.0.0.1".equals(endpoint.getHost())
        || "[::1]".equals(endpoint.getHost());
  }

  /**
   * Lets the effect pass, or stops the train.
   *
   * @param effect what kind of effect it is
   * @param what the deed in words, for the message: "publish alpha 1.2.0 to crates.io"
   * @throws Refusal when the mode does not allow it
   */
  public void demand(Effect effect, String what) {
    if (!allows(effect)) {
      throw new Refusal(
          Finding.of("mode " + mode.id() + " does not allow to " + what)
              .remedy("run with " + switchOf(effect) + " when this is what you want"));
    }
  }

  private static String switchOf(Effect effect) {
    return switch (effect) {
      case DOWNLOAD -> "-Dplasmite.downloads";
      case READ -> "-Dplasmite.mode=rehearsal or live";
      default -> "-Dplasmite.mode=live";
    };
  }
}
