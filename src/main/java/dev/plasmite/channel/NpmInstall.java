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
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Installs packages with npm and with pnpm into an empty project, without their scripts. What came is what the client's own
 * lock file says: the integrity that it has compared the bytes with.
 */
final class NpmInstall {

  private final Workbench bench;
  private final HttpReading http;
  private final List<Artifact> tarballs;
  private final Function<Artifact, String> integrity;
  private final List<String> registry;

  /**
   * An installation of the packages of a release, those that are for this machine.
   *
   * @param integrity of a staged tarball
   * @param registry the arguments that name the one registry to take them from
   */
  NpmInstall(Workbench bench, HttpReading http, List<Artifact> tarballs, Function<Artifact, String> integrity, List<String> registry) {
    this.bench = bench;
    this.http = http;
    this.tarballs = tarballs;
    this.integrity = integrity;
    this.registry = registry;
  }

  /** An installation before anything of it has run. */
  record Installed(String with, String how, Exit client, List<Delivered> received, Path project) {

    /** Where the programs are. */
    Path bin() {
      return project.resolve("node_modules").resolve(".bin");
    }

    /**
     * The file that a package calls by a program's name, not the link or script in {@link #bin} that leads to it: pnpm's
     * script prefers a {@code node} that lies beside it to the machine's own.
     */
    String program(String name, List<String> packages, HttpReading json) {
      for (String each : packages) {
        Path home = project.resolve("node_modules").resolve(each);
        JsonNode bin = manifest(home, json).path("bin");
        String file = bin.isTextual() && each.replaceFirst(".*/", "").equals(name) ? bin.asText() : bin.path(name).asText("");
        if (!file.isEmpty() && home.resolve(file).normalize().startsWith(home)) {
          return home.resolve(file).normalize().toString();
        }
      }
      return name;
    }

    private static JsonNode manifest(Path home, HttpReading json) {
      Path file = home.resolve("package.json");
      try {
        return json.parse(file.toUri(), Files.readString(file));
      } catch (IOException e) {
        throw new OutsideFailure("cannot read " + file, e);
      }
    }
  }

  Installed npm(Path directory) {
    return run(directory, List.of("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund"), this::npmLock);
  }

  Installed pnpm(Path directory) {
    // pnpm looks for a workspace in the directories above.
    List<String> command =
        List.of("pnpm", "add", "--ignore-scripts", "--ignore-workspace", "--store-dir", directory.resolve("store").toString());
    return run(directory, command, this::pnpmLock);
  }

  /** A client's lock file, which says the integrity of a package. */
  private interface Lock {
    Optional<String> integrity(String packageName);
  }

  private interface LockReader {
    Lock read(Path project) throws IOException;
  }

  private Installed run(Path directory, List<String> command, LockReader reader) {
    Path project = directory.resolve("project");
    List<String> argv = new ArrayList<>(command);
    argv.addAll(registry);
    argv.add("--");
    tarballs.forEach(tarball -> argv.add(bench.names().of(tarball) + "@" + bench.plan().version()));
    try {
      // A project of its own: neither client looks for one above it.
      Files.createDirectories(project);
      Files.writeString(project.resolve("package.json"), "{\"private\": true}\n");
      Exit exit = bench.run(project, bench.environment(directory.resolve("home")), argv);
      List<Delivered> received = new ArrayList<>();
      if (exit.ok()) {
        Lock lock = reader.read(project);
        tarballs.forEach(tarball -> received.add(received(tarball, lock)));
      }
      return new Installed(command.get(0), String.join(" ", argv), exit, received, project);
    } catch (IOException e) {
      throw new OutsideFailure("cannot read what " + command.get(0) + " has installed", e);
    }
  }

  private Delivered received(Artifact tarball, Lock lock) {
    String name = bench.names().of(tarball);
    String said = lock.integrity(name).orElse("(the lock file does not name " + name + ")");
    return new Delivered(tarball.file(), tarball.sha256(), said.equals(integrity.apply(tarball)) ? tarball.sha256() : said);
  }

  private Lock npmLock(Path project) throws IOException {
    Path lock = project.resolve("package-lock.json");
    JsonNode packages = http.parse(lock.toUri(), Files.readString(lock)).path("packages");
    return name -> Optional.of(packages.path("node_modules/" + name).path("integrity").asText("")).filter(text -> !text.isEmpty());
  }

  /** pnpm's lock file: the package's entry, and the integrity in the line below it. */
  private Lock pnpmLock(Path project) throws IOException {
    String lock = Files.readString(project.resolve("pnpm-lock.yaml"));
    return name -> {
      String entry = Pattern.quote(name + "@" + bench.plan().version());
      Matcher found = Pattern.compile("(?m)^ {2}['\"]?/?" + entry + "['\"]?:\\R {4}resolution: \\{integrity: ([^,}\\s]+)").matcher(lock);
      return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    };
  }
}
