package dev.plasmite.channel;

import dev.plasmite.gate.Receipts;
import java.util.List;

/** Opens the channels of a release, once it is clear that they may be opened. */
@FunctionalInterface
public interface Channels {

  /**
   * The channels, in the order of the configuration, with the artifacts that the receipts speak of and no others.
   *
   * @param earlier the receipts of all gates before
   * @throws dev.plasmite.gate.Refusal when what is staged now is not what was proven
   */
  List<Channel> open(Receipts earlier);
}
