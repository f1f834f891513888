package dev.plasmite.publishing;

import dev.plasmite.channel.Channel;
import dev.plasmite.channel.Holding;
import dev.plasmite.gate.ChannelReport.State;
import dev.plasmite.gate.Finding;
import java.util.List;
import java.util.Optional;

/** What a channel's answer about a deed means for the train, whatever the client said or how it ended. */
final class Outcome {

  private Outcome() {}

  /**
   * Notes a deed's state on the board, and says what stands against going on.
   *
   * @param said what the client said, for people; nothing when it was not sent by this run
   * @param otherwise what else may be done than raising the version, where other bytes are there; empty for nothing
   * @return nothing when the channel holds the very bytes
   */
  static List<Finding> of(Channel channel, Deed deed, Holding holding, Optional<String> said, Board board, String otherwise) {
    switch (holding.state()) {
      case SAME:
        board.done(channel, deed, holding.detail());
        return List.of();
      case ABSENT:
        board.state(channel, State.FAILED);
        return List.of(
            Finding.of("could not " + deed.what() + ": the channel does not hold it. The client said: " + said.orElse("nothing"))
                .remedy("mend what the client says, then run the same command again: what is there is not sent twice"));
      case OTHER:
        board.state(channel, State.FAILED);
        return List.of(
            Finding.of(
                    "cannot " + deed.what() + ": the channel holds something else under that name and version: "
                        + holding.detail() + "; staged is sha256 " + deed.sha256())
                .remedy("a published version never changes: raise the version and release that one" + otherwise));
      default:
        board.state(channel, State.UNKNOWN);
        return List.of(
            Finding.unknown(
                    (said.isPresent()
                            ? "sent, and cannot tell whether it arrived: " + deed.what()
                            : "cannot tell what the outside holds, so did not " + deed.what())
                        + ": " + holding.detail())
                .remedy("run the same command again when " + channel.name() + " answers; nothing is sent on a guess"));
    }
  }
}
