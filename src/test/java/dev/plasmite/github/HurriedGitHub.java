package dev.plasmite.github;

import dev.plasmite.gate.EffectGate;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The client of the train, with limits that a test can wait for and no pauses between its questions. */
public final class HurriedGitHub {

  private HurriedGitHub() {}

  /** A client that gives up after a while. */
  public static GitHubClient client(URI base, String token, EffectGate gate, Duration limit) {
    return new GitHubClient(base, Optional.of(token), gate, Clock.systemUTC(), time -> {}, limit, limit);
  }
}
