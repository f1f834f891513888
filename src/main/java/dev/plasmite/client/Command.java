package dev.plasmite.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One process to start: an argument list, never a shell line.
 *
 * @param argv the executable and its arguments; no secret may be among them
 * @param directory where it runs
 * @param environment all its variables, or nothing of this process's when {@code inherit} is false
 * @param inherit whether this process's environment is passed on below {@code environment}
 * @param timeout limit after which the whole process tree is ended
 */
public record Command(
    List<String> argv, Path directory, Map<String, String> environment, boolean inherit, Duration timeout) {

  /** The limit of a command that sets none. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);

  public Command {
    argv = List.copyOf(argv);
    environment = Map.copyOf(environment);
  }

  /** A command with an environment of its own: what is not given is not there. */
  public static Command of(Path directory, List<String> argv) {
    return new Command(argv, directory, Map.of(), false, DEFAULT_TIMEOUT);
  }

  /** The same command with more variables; later ones win. */
  public Command with(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(environment);
    all.putAll(more);
    return new Command(argv, directory, all, inherit, timeout);
  }

  /** The same command, on top of this process's own environment. */
  public Command inheriting() {
    return new Command(argv, directory, environment, true, timeout);
  }

  /** The same command with another limit. */
  public Command within(Duration limit) {
    return new Command(argv, directory, environment, inherit, limit);
  }

  /** The same command with arguments added at its end. */
  public Command plus(String... more) {
    List<String> all = new ArrayList<>(argv);
    all.addAll(List.of(more));
    return new Command(all, directory, environment, inherit, timeout);
  }

  /** Without the environment, which may hold secrets. */
  @Override
  public String toString() {
    return "Command[" + shown() + " in " + directory + "]";
  }

  /** How the command is shown to people. */
  public String shown() {
    return String.join(" ", argv);
  }
}
