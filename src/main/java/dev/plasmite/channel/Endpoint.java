package dev.plasmite.channel;

import dev.plasmite.client.Secret;
import java.net.URI;

/**
 * Where a channel's registry is.
 *
 * @param api where clients send to
 * @param index where clients read from; often the same
 * @param credential what clients show to be let in
 */
public record Endpoint(URI api, URI index, Secret credential) {}
