package dev.plasmite.channel;

import dev.plasmite.client.Exit;
import java.util.List;
import java.util.Optional;

/**
 * An installation by the users' own client.
 *
 * @param how the client's command, as shown to people
 * @param client how the client ended
 * @param received digests of what the client itself received, where it can be told
 * @param smoke how the smoke command ended; empty when none is configured or the client failed
 */
public record Installation(String how, Exit client, List<Delivered> received, Optional<Exit> smoke) {

  public Installation {
    received = List.copyOf(received);
  }
}
