package dev.plasmite.channel;

import dev.plasmite.artifact.ArchiveContents;
import dev.plasmite.artifact.ArchiveLimits;
import dev.plasmite.artifact.ArchiveReader;
import dev.plasmite.artifact.Artifact;
import dev.plasmite.artifact.Digests;
import dev.plasmite.client.Exit;
import dev.plasmite.gate.OutsideFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Installs crates with cargo in two steps, for {@code cargo install} compiles and so runs what it gets: first cargo fetches
 * all crates of the release into an empty home, as dependencies of an empty project; then it installs, offline, from what
 * it has fetched. In between, the very files are there to be compared.
 */
final class CargoInstall {

  private final Workbench bench;
  private final List<Artifact> crates;
  private final List<String> registry;
  private final Map<String, String> environment;
  private final Path directory;

  /**
   * An installation.
   *
   * @param registry the arguments that name the one registry to take crates from
   * @param environment with an empty {@code CARGO_HOME}
   * @param directory an empty directory
   */
  CargoInstall(Workbench bench, List<Artifact> crates, List<String> registry, Map<String, String> environment, Path directory) {
    this.bench = bench;
    this.crates = crates;
    this.registry = registry;
    this.environment = Map.copyOf(environment);
    this.directory = directory;
  }

  /** Fetches all crates of the release and what they need; compiles nothing. */
  Exit fetch() {
    Path project = directory.resolve("project");
    // A workspace of its own, so that cargo looks for none above it.
    StringBuilder manifest = new StringBuilder("[package]\nname = \"delivery-check\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\n[workspace]\n\n[dependencies]\n");
    crates.forEach(crate -> manifest.append(name(crate)).append(" = \"=").append(bench.plan().version()).append("\"\n"));
    try {
      Files.createDirectories(project.resolve("src"));
      Files.writeString(project.resolve("src").resolve("lib.rs"), "");
      Files.writeString(project.resolve("Cargo.toml"), manifest);
    } catch (IOException e) {
      throw new OutsideFailure("cannot write a project for cargo", e);
    }
    List<String> argv = new ArrayList<>(List.of("cargo", "fetch"));
    config(argv);
    argv.addAll(List.of("--manifest-path", project.resolve("Cargo.toml").toString()));
    return run(argv);
  }

  /** What cargo keeps of each download, the very file; a crate that it does not keep has no digest but a sentence. */
  List<Delivered> received() {
    return crates.stream().map(crate -> new Delivered(crate.file(), crate.sha256(), cached(crate).map(CargoInstall::digest).orElse("(cargo did not fetch it)"))).toList();
  }

  /** The crates that have a program; the others cannot be installed, only used. */
  List<Artifact> programs() {
    return crates.stream().filter(CargoInstall::hasProgram).toList();
  }

  /** The command that installs a crate as users do, from what was fetched. */
  List<String> command(Artifact crate, Path root) {
    List<String> argv = new ArrayList<>(List.of("cargo", "install"));
    argv.addAll(registry);
    argv.addAll(List.of("--offline", "--version", "=" + bench.plan().version(), "--root", root.toString(), "--", name(crate)));
    return argv;
  }

  Exit install(List<String> command) {
    return run(command);
  }

  /** From the root: cargo takes the configuration of every directory above the one that it is run in. */
  private Exit run(List<String> argv) {
    return bench.run(directory.getRoot(), environment, argv);
  }

  private void config(List<String> argv) {
    for (int i = 0; i + 1 < registry.size(); i++) {
      if (registry.get(i).equals("--config")) {
        argv.addAll(registry.subList(i, i + 2));
      }
    }
  }

  private String name(Artifact crate) {
    return bench.names().of(crate);
  }

  private static boolean hasProgram(Artifact crate) {
    String root = crate.file().replaceFirst("\\.crate$", "") + "/";
    ArchiveContents contents = new ArchiveReader(ArchiveLimits.usual()).read(crate.path(), (root + "Cargo.toml")::equals);
    String manifest = new String(contents.kept().getOrDefault(root + "Cargo.toml", new byte[0]), StandardCharsets.UTF_8);
    return manifest.lines().anyMatch(line -> line.strip().equals("[[bin]]"))
        || contents.files().stream().anyMatch(f -> f.name().equals(root + "src/main.rs") || f.name().startsWith(root + "src/bin/"));
  }

  private Optional<Path> cached(Artifact crate) {
    Path cache = Path.of(environment.get("CARGO_HOME")).resolve("registry").resolve("cache");
    if (!Files.isDirectory(cache)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(cache)) {
      return files.filter(file -> file.getFileName().toString().equals(crate.file())).findFirst();
    } catch (IOException e) {
      throw new OutsideFailure("cannot read cargo's cache", e);
    }
  }

  private static String digest(Path file) {
    try {
      return Digests.of(file).sha256();
    } catch (IOException e) {
      throw new OutsideFailure("cannot read " + file.getFileName() + ", which cargo should have made", e);
    }
  }
}
