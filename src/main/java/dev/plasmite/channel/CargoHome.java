package dev.plasmite.channel;

import dev.plasmite.gate.OutsideFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A home for one installation by cargo. {@code cargo install} takes the configuration of every directory above its home, so
 * where one of them has any, such as the product's repository, the home is made elsewhere and removed afterwards.
 *
 * @param path the home, with nothing in it
 */
record CargoHome(Path path, boolean elsewhere) implements AutoCloseable {

  /**
   * A home, in the directory when that will do.
   *
   * @throws OutsideFailure when there is configuration above the temporary directory, too
   */
  static CargoHome in(Path directory) {
    if (configuration(directory).isEmpty()) {
      return new CargoHome(directory.resolve("home"), false);
    }
    try {
      Path temporary = Files.createTempDirectory("plasmite-cargo-").toRealPath(); // 0700
      Optional<Path> above = configuration(temporary);
      if (above.isPresent()) {
        Files.delete(temporary);
        throw new OutsideFailure("there is no place for a clean home of cargo: it would take " + above.get());
      }
      return new CargoHome(temporary, true);
    } catch (IOException e) {
      throw new OutsideFailure("cannot make a home for cargo", e);
    }
  }

  private static Optional<Path> configuration(Path directory) {
    for (Path above = directory; above != null; above = above.getParent()) {
      for (String name : List.of("config.toml", "config")) {
        Path file = above.resolve(".cargo").resolve(name);
        if (Files.exists(file)) {
          return Optional.of(file);
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    if (!elsewhere) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new OutsideFailure("cannot remove " + path, e);
    }
  }
}
