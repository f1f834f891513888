package dev.plasmite.channel;

import dev.plasmite.artifact.Artifact;
import dev.plasmite.client.CommandLine;
import dev.plasmite.client.Exit;
import dev.plasmite.gate.ChannelPlan;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A registry that never forgets a version: each file of its kind is one irreversible act. */
abstract class RegistryChannel extends NamedChannel {

  final Endpoint endpoint;

  RegistryChannel(String name, Workbench bench, ChannelPlan plan, Endpoint endpoint) {
    super(name, bench, plan);
    this.endpoint = endpoint;
  }

  /** The files it carries, in the order in which they must be published. */
  abstract List<Artifact> files();

  /** What the registry holds of a file. */
  abstract Holding holding(Artifact file);

  /** Sends a file with the registry's client; returns what the client said. */
  abstract String publish(Artifact file);

  /** Where a user gets a file from. */
  abstract URI download(Artifact file);

  @Override
  public final List<Act> acts(Leg leg) {
    return leg == Leg.REGISTRY
        ? files().stream()
            .<Act>map(file -> new FileAct(name(), file, endpoint.api(), this::holding, this::publish))
            .toList()
        : List.of();
  }

  @Override
  public final List<Delivered> fetch(Path directory) {
    List<Delivered> delivered = new ArrayList<>();
    for (Artifact file : files()) {
      delivered.add(http.delivered(download(file), file, directory));
    }
    return delivered;
  }

  /** Whether what a client received is what was built, all of it. */
  static boolean ours(List<Delivered> received) {
    return received.stream().allMatch(d -> d.sha256().equals(d.staged()));
  }

  /** Runs the smoke command of an installation, when there is one, its client has done its part and what came is ours. */
  final Optional<Exit> smoke(Exit client, List<Delivered> received, Path bin, Path directory) {
    return client.ok() && ours(received) && plan.smoke().isPresent()
        ? Optional.of(Smoke.run(bench, bin, directory, CommandLine.split(plan.smoke().get())))
        : Optional.empty();
  }
}
