package dev.plasmite.demo;

import dev.plasmite.client.Command;
import dev.plasmite.client.Executables;
import dev.plasmite.client.Exit;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.tools.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The Python that builds and publishes the sample product: a virtual environment, made once and used by the tests and
 * the demo alike. It is the only thing here that needs the network: pip takes it from where its user says.
 */
public final class DemoTools {

  private static final List<String> PACKAGES = List.of("build", "setuptools>=77", "wheel", "twine");
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private DemoTools() {}

  /**
   * Makes the environment in {@code tools/venv}, or takes the one that is there when it is complete.
   *
   * @param directory where {@code tools} is, {@code target} in this project
   * @return its Python
   * @throws OutsideFailure when there is no Python, or its packages cannot be installed
   */
  public static Path venv(Path directory) {
    return venv(directory, Map.of());
  }

  /** The same, with more in the environment of Python and pip than this process's own. */
  static Path venv(Path directory, Map<String, String> environment) {
    Path tools = directory.toAbsolutePath().normalize().resolve("tools");
    Path venv = tools.resolve("venv");
    Path python = python(tools);
    try {
      Tools.made(venv, String.join(" ", PACKAGES), () -> runs(python), () -> {
        run(
            venv,
            environment,
            Stream.of(systemPython(venv), "-m", "venv", "."),
            "on Debian: apt-get install python3-venv");
        run(
            venv,
            environment,
            Stream.concat(Stream.of(python.toString(), "-m", "pip", "install", "--quiet"), PACKAGES.stream()),
            "it needs the network once; pip config debug shows where pip takes its packages from");
      });
      return python;
    } catch (IOException e) {
      throw new OutsideFailure("cannot make " + venv, e);
    }
  }

  /** Where the environment's Python is, or will be. */
  static Path python(Path tools) {
    boolean windows = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
    return tools.resolve(windows ? "venv/Scripts/python.exe" : "venv/bin/python");
  }

  private static boolean runs(Path python) {
    if (!Files.isExecutable(python)) {
      return false;
    }
    List<String> argv = List.of(python.toString(), "-c", "import build, setuptools, twine");
    Command imports = Command.of(python.getParent(), argv);
    return new Processes(Redactor.NONE).run(imports.inheriting().within(LIMIT)).ok();
  }

  private static String systemPython(Path directory) {
    return Stream.of("python3", "python")
        .flatMap(name -> Executables.find(name, directory, System.getenv("PATH")).stream())
        .map(Path::toString)
        .findFirst()
        .orElseThrow(() -> new OutsideFailure("there is no python3 on the PATH: install Python 3.9 or newer"));
  }

  private static void run(Path directory, Map<String, String> environment, Stream<String> argv, String hint) {
    Command command = Command.of(directory, argv.toList()).with(environment).inheriting().within(LIMIT);
    // Who has set what pip is told has a reason, and does not want to wait.
    Exit exit = environment.isEmpty() ? Tools.fetching(command) : new Processes(Redactor.NONE).run(command);
    if (!exit.ok()) {
      throw new OutsideFailure(command.shown() + " failed (" + hint + "): " + exit.tail(15));
    }
  }
}
