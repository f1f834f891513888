package dev.plasmite.sandbox;

import dev.plasmite.client.EmptyHome;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Environments that cut clients off from the ambient configuration and from the network. */
final class Isolation {

  /** A proxy that nobody is: port 9 (discard) of this machine, so every attempt is refused at once. */
  private static final String NOWHERE = "http://127.0.0.1:9";

  private final EmptyHome homes;

  /**
   * Isolation from an environment.
   *
   * @param ambient the environment of this process
   * @param realHome the user's home, where tool managers keep what is installed
   */
  Isolation(Map<String, String> ambient, Path realHome) {
    this.homes = new EmptyHome(ambient, realHome);
  }

  /** The environment for a home; makes the home's directories. The same home gives the same environment. */
  Map<String, String> of(Path home) {
    Map<String, String> environment = new TreeMap<>(homes.at(home));
    environment.putAll(cutOff());
    return environment;
  }

  /** The same with a way out, for what may fetch packages. */
  Map<String, String> connected(Path home) {
    Map<String, String> environment = new TreeMap<>(homes.at(home));
    // With a network there is something to try again, and something to fetch a package manager from.
    environment.remove("npm_config_fetch_retries");
    environment.remove("COREPACK_ENABLE_NETWORK");
    return environment;
  }

  /** The variables that leave a client no way out but to this machine. */
  static Map<String, String> cutOff() {
    Map<String, String> variables = new TreeMap<>();
    for (String proxy : List.of("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "FTP_PROXY")) {
      variables.put(proxy, NOWHERE);
      variables.put(proxy.toLowerCase(Locale.ROOT), NOWHERE);
    }
    variables.put("NO_PROXY", "127.0.0.1,localhost");
    variables.put("no_proxy", "127.0.0.1,localhost");
    return variables;
  }

  /** Empties a directory, links in it not followed. */
  static void empty(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, IOException failure) throws IOException {
            if (failure != null) {
              throw failure;
            }
            if (!dir.equals(directory)) {
              Files.delete(dir);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
