package dev.plasmite.channel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plasmite.artifact.Artifact;
import dev.plasmite.client.Exit;
import dev.plasmite.gate.OutsideFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Installs a package with npm and with pnpm into an empty project, without its scripts. What came is what the client's own
 * lock file says: the integrity that it has compared the bytes with.
 */
final class NpmInstall {

  private final Workbench bench;
  private final HttpReading http;
  private final Artifact tarball;
  private final String packageName;
  private final String integrity;
  private final List<String> registry;

  /**
   * An installation of one package.
   *
   * @param integrity of the staged tarball
   * @param registry the arguments that name the one registry to take it from
   */
  NpmInstall(Workbench bench, HttpReading http, Artifact tarball, String integrity, List<String> registry) {
    this.bench = bench;
    this.http = http;
    this.tarball = tarball;
    this.packageName = bench.names().of(tarball);
    this.integrity = integrity;
    this.registry = registry;
  }

  /** An installation before anything of it has run. */
  record Installed(String how, Exit client, List<Delivered> received, Path bin) {}

  Installed npm(Path directory) {
    return run(directory, List.of("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund"), this::npmIntegrity);
  }

  Installed pnpm(Path directory) {
    return run(directory, List.of("pnpm", "add", "--ignore-scripts", "--store-dir", directory.resolve("store").toString()), this::pnpmIntegrity);
  }

  private interface Lock {
    Optional<String> integrity(Path project) throws IOException;
  }

  private Installed run(Path directory, List<String> command, Lock lock) {
    Path project = directory.resolve("project");
    List<String> argv = new ArrayList<>(command);
    argv.addAll(registry);
    argv.addAll(List.of("--", packageName + "@" + bench.plan().version()));
    try {
      // A project of its own: neither client looks for one above it.
      Files.createDirectories(project);
      Files.writeString(project.resolve("package.json"), "{\"private\": true}\n");
      Exit exit = bench.run(project, bench.environment(directory.resolve("home")), argv);
      List<Delivered> received = exit.ok() ? List.of(received(lock.integrity(project))) : List.of();
      return new Installed(String.join(" ", argv), exit, received, project.resolve("node_modules").resolve(".bin"));
    } catch (IOException e) {
      throw new OutsideFailure("cannot read what " + command.get(0) + " has installed", e);
    }
  }

  private Delivered received(Optional<String> stated) {
    String said = stated.orElse("(the lock file does not name " + packageName + ")");
    return new Delivered(tarball.file(), tarball.sha256(), said.equals(integrity) ? tarball.sha256() : said);
  }

  private Optional<String> npmIntegrity(Path project) throws IOException {
    Path lock = project.resolve("package-lock.json");
    JsonNode entry = http.parse(lock.toUri(), Files.readString(lock)).path("packages").path("node_modules/" + packageName);
    return Optional.of(entry.path("integrity").asText("")).filter(text -> !text.isEmpty());
  }

  /** pnpm's lock file: the package's entry, and the integrity in the line below it. */
  private Optional<String> pnpmIntegrity(Path project) throws IOException {
    String entry = Pattern.quote(packageName + "@" + bench.plan().version());
    Matcher found =
        Pattern.compile("(?m)^ {2}['\"]?/?" + entry + "['\"]?:\\R {4}resolution: \\{integrity: ([^,}\\s]+)")
            .matcher(Files.readString(project.resolve("pnpm-lock.yaml")));
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }
}
