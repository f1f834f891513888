package dev.plasmite.channel;

import dev.plasmite.artifact.Artifact;
import dev.plasmite.gate.Effect;
import dev.plasmite.gate.OutsideFailure;
import java.net.URI;
import java.util.function.Function;

/** The usual act: one file of the release to one registry that never forgets it. */
record FileAct(
    String channel, Artifact artifact, URI endpoint, Function<Artifact, Holding> asks, Function<Artifact, String> sends)
    implements Act {

  @Override
  public String what() {
    return "publish " + artifact.file() + " to " + channel;
  }

  @Override
  public String file() {
    return artifact.file();
  }

  @Override
  public String sha256() {
    return artifact.sha256();
  }

  @Override
  public Effect effect() {
    return Effect.IRREVERSIBLE;
  }

  @Override
  public Holding holding() {
    try {
      return asks.apply(artifact);
    } catch (OutsideFailure e) {
      return Holding.unknown(e.getMessage());
    }
  }

  @Override
  public String send() {
    try {
      return sends.apply(artifact);
    } catch (OutsideFailure e) {
      return e.getMessage();
    }
  }
}
