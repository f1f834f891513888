package dev.plasmite.channel;

import dev.plasmite.client.Redactor;
import dev.plasmite.client.Secret;
import dev.plasmite.gate.Finding;
import java.util.List;

/** What can be seen of a credential without asking anybody, and without ever showing it. */
final class Credential {

  private Credential() {}

  /** Where a channel's credential is looked for. */
  private static String remedy(String channel) {
    String usual =
        switch (channel) {
          case "crates.io" -> "set CARGO_REGISTRY_TOKEN, or run cargo login";
          case "npm" -> "set NODE_AUTH_TOKEN or NPM_TOKEN, or run npm login";
          case "PyPI" -> "set TWINE_PASSWORD (and TWINE_USERNAME, unless it is a token), or write it into .pypirc; for uv set UV_PUBLISH_TOKEN";
          case "GitHub Releases" -> "set GITHUB_TOKEN or GH_TOKEN to a token that may write contents there";
          default -> "log in with the channel's client";
        };
    return usual + "; or name a <server> of Maven's settings in its <channel>";
  }

  /**
   * What is wrong with a token: there is none, or it holds what no token holds, since it was copied with what surrounds
   * it. Printable ASCII: anything else cannot even be sent in a header.
   */
  static List<Finding> token(String channel, Secret secret) {
    return check(
        channel, secret, secret.reveal().chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '\''),
        "a space, a line break, a quote or a sign that no token has");
  }

  /** The same for a password that a user shows with their name: only what ends a line is in none. */
  static List<Finding> password(String channel, Secret secret) {
    return check(channel, secret, secret.reveal().chars().allMatch(c -> c >= ' ' && c != 0x7f), "a line break or another control character");
  }

  private static List<Finding> check(String channel, Secret secret, boolean good, String holds) {
    String value = secret.reveal();
    if (value.isBlank()) {
      return List.of(missing(channel));
    }
    if (!good) {
      return List.of(
          Finding.of("the credential for " + channel + " holds " + holds).remedy("copy it again, without what surrounds it"));
    }
    return value.length() >= Redactor.SHORTEST
        ? List.of()
        : List.of(
            Finding.of("the credential for " + channel + " is so short that it could not be kept out of what is shown")
                .remedy("take one of at least " + Redactor.SHORTEST + " characters"));
  }

  /** The error for none at all. */
  static Finding missing(String channel) {
    return Finding.of("there is no credential for " + channel).remedy(remedy(channel));
  }

  /** The error for one that the channel does not know (any more). */
  static Finding refused(String channel) {
    return Finding.of(channel + " does not know the credential: it is wrong, expired or revoked").remedy(remedy(channel));
  }

  /** An answer that says neither yes nor no. */
  static Finding unclear(String channel, String question, int status) {
    return Finding.unknown(channel + " answers with status " + status + " when asked " + question)
        .remedy("try again when " + channel + " answers; nothing is sent on a guess");
  }
}
