package dev.plasmite.train;

import dev.plasmite.artifact.Artifact;
import dev.plasmite.channel.PackageNames;
import dev.plasmite.client.Asking;
import dev.plasmite.client.CargoConfiguration;
import dev.plasmite.client.Fetch;
import dev.plasmite.client.LetThrough;
import dev.plasmite.client.NpmConfiguration;
import dev.plasmite.client.Processes;
import dev.plasmite.client.PythonConfiguration;
import dev.plasmite.client.Redactor;
import dev.plasmite.client.Surroundings;
import dev.plasmite.gate.Effect;
import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.Stage;
import dev.plasmite.gate.StagingPlan.Kind;
import dev.plasmite.sandbox.SandboxWorld;
import dev.plasmite.sandbox.registry.Upstream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Other people's packages in the sandbox. Without a permission to download there are none. With it, builds have the network
 * and no credential, and the sandbox's registries pass on what the public ones hold, but for the release's own packages;
 * where those are, the clients' own configuration says. The clients that publish and install reach nothing else still.
 */
final class SandboxDownloads implements AutoCloseable {

  private static final String SPARSE = "sparse+";

  private final ReleasePlan plan;
  private final Surroundings around;
  private final SandboxWorld world;
  private final EffectGate effects;
  private final OutsideScratch scratch = new OutsideScratch();
  private final List<Upstream> upstreams = new ArrayList<>();

  SandboxDownloads(ReleasePlan plan, Surroundings around, SandboxWorld world) {
    this.plan = plan;
    this.around = around;
    this.world = world;
    this.effects = plan.effects();
  }

  /** The environment of a build, in a home of its own. */
  Map<String, String> build(String home) {
    if (!allowed()) {
      return world.buildIsolation(home);
    }
    Map<String, String> environment = world.buildWithDownloads(home, LetThrough.network(around.environment()));
    mirror().ifPresent(index -> byMirror(Path.of(environment.get("CARGO_HOME")), index));
    return environment;
  }

  /** A stage that may need packages of others: when it fails for want of them, it says what would help. */
  Stage telling(Stage stage) {
    return allowed() ? stage : new WithoutDownloads(stage, this::refused);
  }

  /** Opens the way to the public registries for all packages but those of the release. */
  void passOn(Collection<Artifact> artifacts) {
    PackageNames names = new PackageNames(plan.version());
    passOn(SandboxWorld.CRATES, this::crates, own(artifacts, names, Kind.CRATE));
    passOn(SandboxWorld.NPM, this::npm, own(artifacts, names, Kind.NPM));
    passOn(SandboxWorld.PYPI, this::pypi, own(artifacts, names, Kind.WHEEL, Kind.SDIST));
  }

  private void passOn(String channel, Supplier<URI> address, Predicate<String> own) {
    Path kept = world.directory().resolve("downloads").resolve(channel);
    Upstream upstream = allowed() ? new Upstream(Fetch.ofPackages(effects), address, own, kept) : new Upstream(own);
    upstreams.add(upstream);
    world.passOn(channel, upstream);
  }

  private Set<String> refused() {
    return upstreams.stream().flatMap(u -> u.refused().stream()).collect(Collectors.toCollection(TreeSet::new));
  }

  private boolean allowed() {
    return effects.allows(Effect.DOWNLOAD);
  }

  /** Names that a registry takes for the same are the same here. */
  private static Predicate<String> own(Collection<Artifact> artifacts, PackageNames names, Kind... kinds) {
    Set<String> own =
        artifacts.stream().filter(a -> List.of(kinds).contains(a.kind())).map(names::of).map(SandboxDownloads::canonical).collect(Collectors.toSet());
    return name -> own.contains(canonical(name));
  }

  private static String canonical(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
  }

  private URI crates() {
    Optional<String> mirror = mirror();
    if (mirror.isPresent() && !mirror.get().startsWith(SPARSE)) {
      throw new OutsideFailure(
          "cargo's configuration takes crates.io's packages from a mirror whose index is a git repository, which the sandbox cannot pass on; name its sparse index there ("
              + SPARSE + "https://HOST/PATH/)");
    }
    return mirror
        .map(index -> address("cargo's configuration, in place of crates.io,", index))
        .orElseGet(() -> address("cargo's index", CargoConfiguration.cratesIo(asking(), "cargo").index()));
  }

  private Optional<String> mirror() {
    return CargoConfiguration.of(around).mirror();
  }

  /** A build has an empty home: of cargo's configuration it is told the mirror, and nothing else. */
  private static void byMirror(Path cargoHome, String index) {
    String quoted = "\"" + index.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    try {
      Files.writeString(
          cargoHome.resolve("config.toml"), "[source.crates-io]\nreplace-with = \"mirror\"\n\n[source.mirror]\nregistry = " + quoted + "\n");
    } catch (IOException e) {
      throw new OutsideFailure("cannot write cargo's configuration for a build", e);
    }
  }

  private URI npm() {
    return address("npm's configuration", NpmConfiguration.ask(asking()).registry().orElseThrow(() -> new OutsideFailure("npm does not tell where its registry is")));
  }

  private URI pypi() {
    return address("pip's configuration", new PythonConfiguration(asking()).index().address());
  }

  private static URI address(String said, String text) {
    return OutsideAddresses.slashed(OutsideAddresses.of(said, text));
  }

  private Asking asking() {
    return new Asking(new Processes(Redactor.NONE), around, plan.clients(), scratch.directory("asking"));
  }

  @Override
  public void close() {
    scratch.close();
  }
}
