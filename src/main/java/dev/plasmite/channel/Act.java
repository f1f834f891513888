package dev.plasmite.channel;

import dev.plasmite.gate.Effect;
import java.net.URI;

/**
 * One thing to do to the outside, once: a file to one place. Whether it is done is never taken from what a client says
 * about itself, always from what the channel holds.
 */
public interface Act {

  /** The deed in words: "publish lantern-0.3.0.crate to crates.io". */
  String what();

  /** The file of the release that it carries; empty for a deed without one. */
  String file();

  /** Hex sha256 of that file as staged; empty for a deed without one. */
  String sha256();

  /** What it does to the outside. */
  Effect effect();

  /** Where it goes. */
  URI endpoint();

  /** What the channel holds now; asks, never guesses. */
  Holding holding();

  /**
   * Does it, with the channel's own client. A client's failure is no exception: the caller asks {@link #holding()} again.
   *
   * @return what the client said, for a message, with secrets redacted
   */
  String send();
}
