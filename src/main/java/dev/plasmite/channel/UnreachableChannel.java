package dev.plasmite.channel;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A channel that cannot even be asked as things are set up. It stands among the others, so that what they find is told
 * together with what is wrong here; nothing is sent anywhere while it does.
 *
 * @param name as users say it
 * @param tier its support tier
 * @param troubles why; at least one blocks
 */
public record UnreachableChannel(String name, String tier, List<Finding> troubles) implements Channel {

  public UnreachableChannel {
    troubles = List.copyOf(troubles);
    if (troubles.stream().noneMatch(Finding::blocks)) {
      throw new IllegalArgumentException("a channel that nothing stands against can be opened: " + name);
    }
  }

  @Override
  public Preflight preflight() {
    return new Preflight(List.of(), troubles);
  }

  @Override
  public List<Act> acts(Leg leg) {
    return List.of();
  }

  @Override
  public List<Delivered> fetch(Path directory) {
    throw unreachable();
  }

  @Override
  public Installation install(Path directory) {
    throw unreachable();
  }

  /** Time does not mend how things are set up. */
  @Override
  public Duration propagation() {
    return Duration.ZERO;
  }

  private OutsideFailure unreachable() {
    return new OutsideFailure(troubles.stream().map(Finding::toString).collect(Collectors.joining("; ")));
  }
}
