package dev.plasmite.channel;

import dev.plasmite.client.Command;
import dev.plasmite.client.Exit;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs an installed program, in an environment in which nothing else of that name can answer. */
final class Smoke {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private Smoke() {}

  /**
   * Runs it.
   *
   * @param bin where the installation put its programs: last on the PATH, and the only place for the program itself
   * @param directory where it runs
   */
  static Exit run(Workbench bench, Path bin, Path directory, List<String> argv) {
    Map<String, String> env = new LinkedHashMap<>(bench.environment(directory.resolve("smoke-home")));
    // Last: a program of it that is called like one of the machine's, such as node, must not answer in its place.
    env.merge("PATH", bin.toString(), (path, last) -> path + File.pathSeparator + last);
    List<String> command = new java.util.ArrayList<>(argv);
    // As a path: a program of the same name elsewhere on the PATH must not answer for a missing one.
    command.set(0, bin.resolve(argv.get(0)).toString());
    return bench.processes().run(Command.of(directory, command).with(env).within(LIMIT));
  }
}
