package dev.plasmite.gate;

/**
 * The one place that decides what may be sent to the outside: mode x effect. Whoever is about to do something that
 * leaves this machine asks here first; there is no other test of the mode in front of an effect.
 *
 * @param mode the mode of this run
 */
public record EffectGate(Mode mode) {

  /** Whether this mode allows the effect. */
  public boolean allows(Effect effect) {
    return switch (mode) {
      case SANDBOX -> effect == Effect.LOOPBACK;
      case REHEARSAL -> effect == Effect.LOOPBACK || effect == Effect.READ;
      case LIVE -> true;
    };
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
              .remedy("run with -Dplasmite.mode=" + (effect == Effect.READ ? "rehearsal or live" : "live")
                  + " when this is what you want"));
    }
  }
}
