package dev.plasmite.client;

import dev.plasmite.gate.OutsideFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks a client how its user has set it up. It runs in an empty directory, since a configuration that lies in the working
 * directory belongs to whoever wrote what lies there, and in the user's own home.
 */
public final class Asking {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** Variables by which the clients' configuration is found or said, and which are no credentials. */
  private static final List<String> CONFIGURATION =
      List.of(
          "NPM_CONFIG_REGISTRY", "NPM_CONFIG_USERCONFIG", "NPM_CONFIG_GLOBALCONFIG", "NPM_CONFIG_PREFIX",
          "PIP_INDEX_URL", "PIP_CONFIG_FILE");

  private final Processes processes;
  private final Surroundings around;
  private final Map<String, String> executables;
  private final Path scratch;

  /**
   * Makes it.
   *
   * @param executables where clients are, by name, when not on the PATH
   * @param scratch a directory of its own
   */
  public Asking(Processes processes, Surroundings around, Map<String, String> executables, Path scratch) {
    this.processes = processes;
    this.around = around;
    this.executables = Map.copyOf(executables);
    this.scratch = scratch;
  }

  /** The machine and the user that are asked about. */
  public Surroundings around() {
    return around;
  }

  /**
   * Asks a client with the user's configuration.
   *
   * @param argv the client's name, then its arguments
   * @throws OutsideFailure when it cannot be started
   */
  public Exit with(List<String> argv) {
    Map<String, String> environment = new HashMap<>(LetThrough.asking(around.environment()));
    environment.put("HOME", around.home().toString());
    around.environment().forEach(
        (name, value) -> {
          if (CONFIGURATION.contains(name.toUpperCase(java.util.Locale.ROOT))) {
            environment.put(name, value);
          }
        });
    return run(argv, environment);
  }

  /** Asks a client without anybody's configuration, in a home of its own. */
  public Exit without(List<String> argv, Path home) {
    Map<String, String> environment = new HashMap<>(new EmptyHome(around.environment(), around.home()).at(home));
    environment.putAll(LetThrough.network(around.environment()));
    environment.putAll(EmptyHome.below(scratch));
    return run(argv, environment);
  }

  /** A directory that is empty but for what says that it is a project of its own: npm would look for one above it. */
  public Path fresh() {
    try {
      Path directory = java.nio.file.Files.createTempDirectory(java.nio.file.Files.createDirectories(scratch), "ask-");
      java.nio.file.Files.writeString(directory.resolve("package.json"), "{\"private\": true}\n");
      return directory;
    } catch (java.io.IOException e) {
      throw new OutsideFailure("cannot make a directory to ask a client in", e);
    }
  }

  private Exit run(List<String> argv, Map<String, String> environment) {
    List<String> resolved = new java.util.ArrayList<>(argv);
    String client = argv.get(0);
    resolved.set(0, executables.getOrDefault(client, Executables.usual(client, scratch, around.environment().get("PATH"))));
    return processes.run(Command.of(fresh(), resolved).with(environment).within(LIMIT));
  }
}
