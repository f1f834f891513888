package dev.plasmite.channel;

import dev.plasmite.client.Command;
import dev.plasmite.client.Executables;
import dev.plasmite.client.Exit;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    return run(bench, bin, directory, argv, Set.of());
  }

  /**
   * Runs it, or an interpreter of the machine that a library is tried with.
   *
   * @param interpreters clients that may stand in the place of the program, such as {@code node}
   */
  static Exit run(Workbench bench, Path bin, Path directory, List<String> argv, Set<String> interpreters) {
    Map<String, String> env = new LinkedHashMap<>(bench.environment(directory.resolve("smoke-home")));
    // Last: a program of it that is called like one of the machine's, such as node, must not answer in its place.
    env.merge("PATH", bin.toString(), (path, last) -> path + File.pathSeparator + last);
    List<String> command = new ArrayList<>(argv);
    if (interpreters.contains(argv.get(0))) {
      command.set(0, bench.executable(argv.get(0)));
    } else {
      // As a path: a program of the same name elsewhere on the PATH must not answer for a missing one.
      command.set(0, bin.resolve(argv.get(0)).toString());
      if (Executables.find(command.get(0), directory, null).isEmpty()) {
        return new Exit(127, "", "once installed there is no program " + argv.get(0), false);
      }
    }
    return bench.processes().run(Command.of(directory, command).with(env).within(LIMIT));
  }
}
