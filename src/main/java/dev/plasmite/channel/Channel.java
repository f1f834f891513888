package dev.plasmite.channel;

import dev.plasmite.gate.OutsideFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A place where users get the product: crates.io, npm, PyPI, GitHub Releases, a Homebrew tap. A channel says what is to
 * be done there and what is there; when it is done, in which order, and what is written down about it is decided by
 * whoever asks.
 */
public interface Channel {

  /** The name as users say it. */
  String name();

  /** The support tier: {@code official} or {@code preview}. */
  String tier();

  /** Everything that would stop a publish there, found out without sending anything. */
  Preflight preflight();

  /**
   * What is to be done there in one leg of the journey, in order; empty when the channel has no part in it. Each act is
   * small enough to be done once, or found done.
   */
  List<Act> acts(Leg leg);

  /**
   * Gets the release as a user would, byte for byte, without running any of it.
   *
   * @param directory an empty directory of this call's own
   * @return what came, one entry for each file that this channel carries
   * @throws NotThere when the channel does not have, or does not show yet, a file of the release
   * @throws OutsideFailure when something does not come
   */
  List<Delivered> fetch(Path directory);

  /**
   * Installs the release with the users' own client into an empty environment, and runs the configured smoke command.
   *
   * @param directory an empty directory of this call's own
   * @throws OutsideFailure when a client cannot be started
   */
  Installation install(Path directory);

  /**
   * The same with each of the users' clients that is on this machine, one installation each; the first is the one that
   * everybody has. Empty when nothing of this channel is for this machine.
   *
   * @param directory an empty directory of this call's own
   */
  default List<Installation> installations(Path directory) {
    return List.of(install(directory));
  }

  /** The files and clients that are left out when it is installed here, each with the reason in words. */
  default Map<String, String> notRunHere() {
    return Map.of();
  }

  /** How long it may take until everybody is shown what the channel has taken. */
  default Duration propagation() {
    return Duration.ofMinutes(10);
  }
}
