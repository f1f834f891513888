package dev.plasmite.channel;

import dev.plasmite.artifact.Artifact;
import dev.plasmite.client.Command;
import dev.plasmite.client.EmptyHome;
import dev.plasmite.client.Executables;
import dev.plasmite.client.Exit;
import dev.plasmite.client.Fetch;
import dev.plasmite.client.Processes;
import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StagingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What every channel works with.
 *
 * @param plan the release
 * @param artifacts the staged set, proven to be the build run's
 * @param names what the artifacts call themselves
 * @param checkout a work tree of the release tag, for clients that publish from source
 * @param effects decides what may be sent
 * @param processes starts the clients
 * @param fetch reads from registries
 * @param ambient variables that every client gets on top of an empty home: the sandbox cuts the outside off here
 * @param scratch a private directory; each client's home is below it
 * @param lacking why there is no login for the channel, where that is known: it takes the place of all that would be asked
 *     about one
 */
public record Workbench(
    ReleasePlan plan,
    List<Artifact> artifacts,
    PackageNames names,
    Path checkout,
    EffectGate effects,
    Processes processes,
    Fetch fetch,
    Map<String, String> ambient,
    Path scratch,
    List<Finding> lacking) {

  /** A bench for a channel that lacks nothing known. */
  public Workbench(
      ReleasePlan plan, List<Artifact> artifacts, PackageNames names, Path checkout, EffectGate effects, Processes processes,
      Fetch fetch, Map<String, String> ambient, Path scratch) {
    this(plan, artifacts, names, checkout, effects, processes, fetch, ambient, scratch, List.of());
  }

  /** The same for a channel without a login. */
  public Workbench lacking(List<Finding> login) {
    return new Workbench(plan, artifacts, names, checkout, effects, processes, fetch, ambient, scratch, List.copyOf(login));
  }

  /** The artifacts of one kind, in the order of the release manifest. */
  List<Artifact> artifacts(StagingPlan.Kind kind) {
    return artifacts.stream().filter(a -> a.kind() == kind).toList();
  }

  /** The executable of a client: as configured, else its usual name. */
  String executable(String client) {
    String configured = plan.clients().get(client);
    return configured != null ? configured : Executables.usual(client, plan.repository(), System.getenv("PATH"));
  }

  /** Whether a client is configured or on the PATH; one that not every user has is used only where it is. */
  boolean has(String client) {
    return Executables.find(executable(client), plan.repository(), System.getenv("PATH")).isPresent();
  }

  /** A client's environment with an empty home at a directory. */
  Map<String, String> environment(Path home) {
    Map<String, String> env = new LinkedHashMap<>(EmptyHome.besideThisOne().at(home));
    env.putAll(ambient);
    return env;
  }

  /** A fresh home below the scratch directory. */
  Path freshHome(String purpose) {
    try {
      return Files.createTempDirectory(Files.createDirectories(scratch), purpose + "-").toRealPath();
    } catch (IOException e) {
      throw new OutsideFailure("cannot make a directory for a client", e);
    }
  }

  /** Runs a client; the first word is the client's name, resolved as configured. */
  Exit run(Path directory, Map<String, String> environment, List<String> argv) {
    List<String> resolved = new ArrayList<>(argv);
    resolved.set(0, executable(argv.get(0)));
    return processes.run(Command.of(directory, resolved).with(environment));
  }
}
