package dev.plasmite.demo;

import java.nio.file.Path;
import java.util.List;

/** How the demo types at Maven. */
@FunctionalInterface
interface Maven {

  /**
   * Runs Maven to its end; what it prints is seen while it runs.
   *
   * @param directory where it is typed
   * @param args goals, phases and options
   * @return its exit code
   */
  int run(Path directory, List<String> args);
}
