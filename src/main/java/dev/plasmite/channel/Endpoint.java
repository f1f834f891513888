package dev.plasmite.channel;

import dev.plasmite.client.Secret;
import java.net.URI;
import java.util.Optional;

/**
 * Where a channel's registry is.
 *
 * @param api where clients send to
 * @param index where clients read from; often the same
 * @param credential what clients show to be let in
 * @param user whose credential it is; empty where it says so itself, as a token does
 * @param known the name by which the client knows this registry by itself, such as cargo's {@code crates-io}; empty for
 *     one that it must be told of
 */
public record Endpoint(URI api, URI index, Secret credential, String user, Optional<String> known) {

  /** A registry that the client must be told of, entered by a token. */
  public Endpoint(URI api, URI index, Secret credential) {
    this(api, index, credential, "", Optional.empty());
  }
}
