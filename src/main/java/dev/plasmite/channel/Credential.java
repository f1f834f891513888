package dev.plasmite.channel;

import dev.plasmite.client.Secret;
import dev.plasmite.gate.Finding;
import java.util.List;

/** What can be seen of a credential without asking anybody, and without ever showing it. */
final class Credential {

  private static final String REMEDY = "log in with the channel's client, or give the token as docs/channels.md says";

  private Credential() {}

  /** Errors when there is none, or when it holds what no token holds: it was copied with a line break or a quote. */
  static List<Finding> check(String channel, Secret secret) {
    String value = secret.reveal();
    if (value.isBlank()) {
      return List.of(Finding.of("there is no credential for " + channel).remedy(REMEDY));
    }
    // Printable ASCII: anything else cannot even be sent in a header.
    return value.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '\'')
        ? List.of()
        : List.of(
            Finding.of("the credential for " + channel + " holds a space, a line break, a quote or a sign that no token has")
                .remedy("copy it again, without what surrounds it"));
  }

  /** The error for one that the channel does not know (any more). */
  static Finding refused(String channel) {
    return Finding.of(channel + " does not know the credential: it is wrong, expired or revoked").remedy(REMEDY);
  }

  /** An answer that says neither yes nor no. */
  static Finding unclear(String channel, String question, int status) {
    return Finding.unknown(channel + " answers with status " + status + " when asked " + question)
        .remedy("try again when " + channel + " answers; nothing is sent on a guess");
  }
}
