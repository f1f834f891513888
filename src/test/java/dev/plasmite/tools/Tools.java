package dev.plasmite.tools;

import dev.plasmite.client.Command;
import dev.plasmite.client.Exit;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * What tests and the demo need and the repository does not hold: each is fetched once and kept, most below {@code target/tools}.
 * Two forks of the tests, or the tests and the demo, may ask for the same one at once: one makes it, the others wait.
 */
public final class Tools {

  /** Where the tests keep them. */
  public static final Path DIRECTORY = Path.of("target", "tools").toAbsolutePath();

  /** Written last, so that a tool without it was left half made. */
  private static final String MARKER = "complete.txt";

  private static final Duration LIMIT = Duration.ofMinutes(8);

  /** How often something is fetched that a network or a registry did not give at once. */
  private static final int ATTEMPTS = 3;

  private static final Duration PAUSE = Duration.ofSeconds(10);

  private Tools() {}

  /** Makes a tool in its directory, which is there and empty. */
  public interface Making {
    /** Makes it, or throws. */
    void make() throws IOException;
  }

  /**
   * Makes a tool, or takes the one that is there when it is complete and made in the same way.
   *
   * <p>It is made where it stays, under a lock on {@code NAME.lock} beside it: a virtual environment or npm's links cannot be
   * moved, so that no rename can complete it. Its marker is, and nobody takes a tool without.
   *
   * @param directory the tool's own; what is there of a tool that is not complete, or another, is deleted
   * @param recipe how it is made: another recipe makes it anew
   * @param works whether the complete one still runs, after its interpreter was updated, say
   */
  public static Path made(Path directory, String recipe, BooleanSupplier works, Making making) throws IOException {
    if (isComplete(directory, recipe) && works.getAsBoolean()) {
      return directory;
    }
    Files.createDirectories(directory.getParent());
    Path file = directory.resolveSibling(directory.getFileName() + ".lock");
    synchronized (Tools.class) { // the file's lock is the process's, and cannot be taken twice in it
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (!lock.isValid()) {
          throw new IOException("cannot lock " + file);
        }
        if (!isComplete(directory, recipe) || !works.getAsBoolean()) {
          Folders.delete(directory);
          Files.createDirectories(directory);
          making.make();
          Path part = directory.resolve(MARKER + ".part");
          Files.writeString(part, content(directory, recipe));
          Files.move(part, directory.resolve(MARKER), StandardCopyOption.ATOMIC_MOVE);
        }
      }
    }
    return directory;
  }

  /**
   * Makes a tool by programs that are run in its directory, one after another.
   *
   * @param steps their arguments; they are the recipe, too
   * @return the tool's directory
   */
  public static Path made(Path directory, List<List<String>> steps) throws IOException {
    return made(directory, String.join("\n", steps.stream().map(step -> String.join(" ", step)).toList()), () -> true, () -> {
      for (List<String> step : steps) {
        run(directory, step);
      }
    });
  }

  /** Runs a program that fetches something and must succeed, with the environment of this process. */
  public static void run(Path directory, List<String> argv) throws IOException {
    Exit exit = fetching(Command.of(directory, argv).inheriting().within(LIMIT));
    if (!exit.ok()) {
      throw new IOException(argv + " failed, which this test needs: " + exit.tail(20));
    }
  }

  /**
   * Runs a program that fetches something: when it fails a few times, for a network may be gone for a moment; from the second
   * time on without the caches of its user, which may be damaged or another's.
   *
   * @return how it ended at last
   */
  public static Exit fetching(Command command) {
    Exit exit = new Processes(Redactor.NONE).run(command);
    for (int attempt = 2; attempt <= ATTEMPTS && !exit.ok(); attempt++) {
      LockSupport.parkNanos(PAUSE.toNanos());
      Map<String, String> ownCaches =
          Map.of("npm_config_cache", command.directory().resolveSibling("npm-cache").toString(), "PIP_NO_CACHE_DIR", "1");
      exit = new Processes(Redactor.NONE).run(command.with(ownCaches));
    }
    return exit;
  }

  /** A program that is one of a virtual environment. */
  public static Path inVenv(Path venv, String program) {
    return venv.resolve(windows() ? "Scripts/" + program + ".exe" : "bin/" + program);
  }

  /** A step that makes a virtual environment of the directory, and one that installs packages into it. */
  public static List<List<String>> venvWith(Path venv, String... packages) {
    List<String> install = new ArrayList<>(List.of(inVenv(venv, "python").toString(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"));
    install.addAll(List.of(packages));
    return List.of(List.of(windows() ? "python" : "python3", "-m", "venv", "."), install);
  }

  /** A step that installs packages of npm into the directory. */
  public static List<String> npmInstall(String... packages) {
    List<String> install = new ArrayList<>(List.of(npm(), "install", "--loglevel=error", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", "."));
    install.addAll(List.of(packages));
    return install;
  }

  /** npm by the name that this system starts it by. */
  public static String npm() {
    return windows() ? "npm.cmd" : "npm";
  }

  /** Whether programs have other names here. */
  public static boolean windows() {
    return System.getProperty("os.name").startsWith("Windows");
  }

  private static boolean isComplete(Path directory, String recipe) throws IOException {
    try {
      return Files.readString(directory.resolve(MARKER)).equals(content(directory, recipe));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** With the place, as scripts of a virtual environment hold it. */
  private static String content(Path directory, String recipe) {
    return directory.toAbsolutePath().normalize() + "\n" + recipe + "\n";
  }
}
