package dev.plasmite.channel;

import dev.plasmite.client.Exit;
import java.util.List;
import java.util.Optional;

/**
 * An installation by the users' own client.
 *
 * @param with the client in a word: {@code npm}, {@code pip}, {@code tarball}
 * @param how the client's command, as shown to people
 * @param client how the client ended
 * @param received digests of what the client itself received, where it can be told
 * @param smoke how the smoke command ended; empty when none is configured, the client failed, or what came is not ours
 */
public record Installation(String with, String how, Exit client, List<Delivered> received, Optional<Exit> smoke) {

  public Installation {
    received = List.copyOf(received);
  }

  /** An installation that came to nothing: no program was run. */
  static Installation failed(String with, String how, Exit client) {
    return new Installation(with, how, client, List.of(), Optional.empty());
  }
}
