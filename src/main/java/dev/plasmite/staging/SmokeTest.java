package dev.plasmite.staging;

import dev.plasmite.artifact.ArchiveLimits;
import dev.plasmite.artifact.Unpacker;
import dev.plasmite.client.Command;
import dev.plasmite.client.CommandLine;
import dev.plasmite.client.Executables;
import dev.plasmite.client.Exit;
import dev.plasmite.client.Processes;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.StagingPlan.Kind;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Installs one artifact alone into an empty directory, from its file and without any network, and runs the smoke command
 * there with nothing in its environment but a search path and a fresh home.
 */
final class SmokeTest {

  /** The kinds whose smoke command can be run here; the others must be compiled first, which their channel does. */
  static final Set<Kind> KINDS = Set.of(Kind.SDK, Kind.WHEEL, Kind.NPM, Kind.OTHER);

  private static final Duration INSTALL = Duration.ofMinutes(3);
  private static final Duration RUN = Duration.ofMinutes(1);

  private final Map<String, String> environment;
  private final Map<String, String> clients;
  private final Processes processes;

  /**
   * For one stage.
   *
   * @param environment of the installing clients, with a PATH
   * @param clients executables by client name, where they are not those on the PATH
   */
  SmokeTest(Map<String, String> environment, Map<String, String> clients, Processes processes) {
    this.environment = environment;
    this.clients = clients;
    this.processes = processes;
  }

  /**
   * Runs a smoke command.
   *
   * @param versions the spellings of the version of which the program must say one
   * @param scratch an empty directory for this test alone
   * @return empty when it ran and said the version
   */
  Optional<Finding> run(Kind kind, Path artifact, String command, Set<String> versions, Path scratch) {
    Place place = Place.file(artifact.getFileName().toString());
    try {
      Path home = Files.createDirectories(scratch.resolve("home"));
      Path root = scratch.resolve("installed");
      List<Path> path = new ArrayList<>();
      Optional<Finding> failed =
          switch (kind) {
            case SDK, OTHER -> unpacked(artifact, root, path);
            case WHEEL -> wheel(artifact, root, path);
            case NPM -> npm(artifact, root, scratch, path);
            default -> throw new IllegalArgumentException("no smoke test for kind " + kind.id());
          };
      if (failed.isPresent()) {
        return failed.map(f -> f.at(place));
      }
      Map<String, String> own = new HashMap<>();
      own.put("HOME", home.toString());
      own.put("PATH", path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
      system(own);
      List<String> argv = CommandLine.split(command);
      if (Executables.find(argv.get(0), root, own.get("PATH")).isEmpty()) {
        return Optional.of(
            Finding.of("once installed it has no program " + argv.get(0))
                .at(place)
                .remedy("correct <smoke>, or see that the artifact has it with its executable bit"));
      }
      Exit exit = processes.run(Command.of(root, argv).with(own).within(RUN));
      return judge(exit, command, versions).map(f -> f.at(place));
    } catch (IOException e) {
      throw new OutsideFailure("cannot prepare the smoke test in " + scratch, e);
    }
  }

  /** Whether a program that ran said one of the versions as a word of its own. */
  static Optional<Finding> judge(Exit exit, String command, Set<String> versions) {
    if (!exit.ok()) {
      return Optional.of(
          Finding.of("smoke command '" + command + "' " + (exit.timedOut() ? "did not end" : "ended with " + exit.code())
                  + said(exit))
              .remedy("install the artifact by hand and run it: " + command));
    }
    String any = versions.stream().map(Pattern::quote).collect(Collectors.joining("|"));
    Pattern word = Pattern.compile("(?<![0-9A-Za-z.+-])v?(?:" + any + ")(?![0-9A-Za-z+-]|\\.[0-9A-Za-z])");
    if (!word.matcher(exit.out() + "\n" + exit.err()).find()) {
      return Optional.of(
          Finding.of("smoke command '" + command + "' does not say version " + String.join(" or ", versions) + said(exit))
              .remedy("build again after the version was bumped: an old program is inside"));
    }
    return Optional.empty();
  }

  private Optional<Finding> unpacked(Path artifact, Path root, List<Path> path) {
    new Unpacker(ArchiveLimits.usual()).unpack(artifact, root);
    path.add(root.resolve("bin"));
    path.add(root);
    return Optional.empty();
  }

  private Optional<Finding> wheel(Path artifact, Path root, List<Path> path) throws IOException {
    Files.createDirectories(root);
    Path bin = root.resolve(windows() ? "Scripts" : "bin");
    Path python = bin.resolve(windows() ? "python.exe" : "python");
    path.add(bin);
    return first(
        // The environment needs no pip of its own (which takes seconds to unpack): the client's serves it, since pip 22.3.
        install(root, List.of(client("python", "python3"), "-m", "venv", "--without-pip", root.toString())),
        () ->
            install(
                root,
                List.of(client("python", "python3"), "-m", "pip", "--isolated", "--python", python.toString(), "install",
                    "--no-index", "--no-deps", "--no-cache-dir", "--disable-pip-version-check", artifact.toString())));
  }

  private Optional<Finding> npm(Path artifact, Path root, Path scratch, List<Path> path) throws IOException {
    Files.createDirectories(root);
    path.add(windows() ? root : root.resolve("bin"));
    // A program of an npm package starts with "env node".
    Executables.find("node", root, environment.get("PATH")).map(Path::getParent).ifPresent(path::add);
    return install(
        root,
        List.of(client("npm", "npm"), "install", "--global", "--prefix", root.toString(), "--offline", "--no-audit",
            "--no-fund", "--no-update-notifier", "--cache", scratch.resolve("cache").toString(), artifact.toString()));
  }

  private Optional<Finding> install(Path root, List<String> argv) {
    Exit exit = processes.run(Command.of(root, argv).with(environment).within(INSTALL));
    return exit.ok()
        ? Optional.empty()
        : Optional.of(
            Finding.of("it cannot be installed alone, without a network: " + String.join(" ", argv) + said(exit))
                .remedy("if it needs other packages, set <smoke> on its channel instead of the artifact"));
  }

  private static Optional<Finding> first(Optional<Finding> one, java.util.function.Supplier<Optional<Finding>> other) {
    return one.isPresent() ? one : other.get();
  }

  private String client(String name, String usual) {
    return clients.getOrDefault(name, usual);
  }

  private static String said(Exit exit) {
    String tail = exit.tail(8);
    return tail.isEmpty() ? "; it said nothing" : "; it said:\n" + tail;
  }

  private static void system(Map<String, String> own) {
    // Without it no Windows program finds its own libraries.
    String root = System.getenv("SystemRoot");
    if (windows() && root != null) {
      own.put("SystemRoot", root);
    }
  }

  private static boolean windows() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
  }
}
