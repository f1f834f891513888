package dev.plasmite.channel;

import dev.plasmite.gate.Finding;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a channel finds before anything is sent. The two parts weigh differently for whoever asks: when all of the release
 * is there already, nobody needs a client or a credential any more.
 *
 * @param sending what stands against sending: a client that does not work, a credential that is missing or not known, a
 *     right that its owner does not have
 * @param state what stands against the release as the channel is, whoever sends it
 */
public record Preflight(List<Finding> sending, List<Finding> state) {

  public Preflight {
    sending = List.copyOf(sending);
    state = List.copyOf(state);
  }

  /** All findings, each once. */
  public List<Finding> findings() {
    return Stream.concat(sending.stream(), state.stream()).distinct().toList();
  }
}
