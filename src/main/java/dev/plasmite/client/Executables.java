package dev.plasmite.client;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds a client's executable as a shell would: as a path, or on a PATH, with Windows' endings. */
public final class Executables {

  private Executables() {}

  /**
   * Finds an executable.
   *
   * @param name a bare name, or a path that is absolute or relative to {@code directory}
   * @param path a search path in the form of the PATH variable; null for none
   */
  public static Optional<Path> find(String name, Path directory, String path) {
    if (name.contains("/") || name.contains(File.separator)) {
      return executable(directory.resolve(name));
    }
    if (path == null) {
      return Optional.empty();
    }
    for (String entry : path.split(File.pathSeparator)) {
      if (!entry.isEmpty()) {
        Optional<Path> found = executable(Path.of(entry).resolve(name));
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /**
   * How a client that nobody has configured is called on this machine: by its name; Python as {@code python3} where there is
   * no {@code python}, as on systems that had a Python 2 by that name.
   *
   * @param path a search path in the form of the PATH variable; null for none
   */
  public static String usual(String client, Path directory, String path) {
    return client.equals("python") && find("python", directory, path).isEmpty() && find("python3", directory, path).isPresent() ? "python3" : client;
  }

  private static Optional<Path> executable(Path candidate) {
    // npm and friends are .cmd files on Windows, which ProcessBuilder does not find by itself.
    boolean windows = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
    for (String ending : windows ? List.of("", ".exe", ".cmd", ".bat") : List.of("")) {
      Path file = candidate.resolveSibling(candidate.getFileName() + ending);
      if (Files.isRegularFile(file) && Files.isExecutable(file) && !(windows && ending.isEmpty() && !file.toString().contains("."))) {
        return Optional.of(file.toAbsolutePath());
      }
    }
    return Optional.empty();
  }
}
