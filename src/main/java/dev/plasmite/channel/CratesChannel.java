package dev.plasmite.channel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plasmite.artifact.Artifact;
import dev.plasmite.client.Exit;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.StagingPlan.Kind;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * crates.io, or a registry that speaks its protocol (the Cargo book: "Registry Index" and "Registry Web API"). cargo
 * cannot upload a {@code .crate} that is there already, so it packages again from the release tag, which gives the same
 * bytes for the same commit and toolchain: that is demanded before anything is sent, and the index's {@code cksum} says
 * what arrived.
 */
public final class CratesChannel extends RegistryChannel {

  /** The name under which a registry is given to cargo that cargo does not know by itself. */
  private static final String TOLD = "release";

  private List<Artifact> files;

  public CratesChannel(Workbench bench, ChannelPlan plan, Endpoint endpoint) {
    super("crates.io", bench, plan, endpoint);
  }

  @Override
  List<Finding> client() {
    List<Finding> findings = ClientCheck.of(bench, "cargo", "--version");
    return findings.isEmpty() && !files().isEmpty() ? packaging().findings(files()) : findings;
  }

  @Override
  List<Finding> right() {
    return new CratesPreflight(plan, endpoint, http).findings(files().stream().map(this::packageOf).toList());
  }

  @Override
  List<Finding> state() {
    return leftOut();
  }

  private CratePackaging packaging() {
    Path home = bench.freshHome("cargo-package");
    return new CratePackaging(bench, plan, environment(home), home.resolve("target"), registry());
  }

  /** A list of packages that is not the staged crates would leave one out of the release without a word. */
  private List<Finding> leftOut() {
    if (plan.packages().isEmpty()) {
      return List.of();
    }
    List<String> staged = bench.artifacts(Kind.CRATE).stream().map(this::packageOf).toList();
    List<Finding> findings = new ArrayList<>();
    plan.packages().stream()
        .filter(name -> !staged.contains(name))
        .map(name -> Finding.of("<packages> of channel " + name() + " names '" + name + "', and no crate of that name is staged"))
        .map(finding -> finding.remedy("correct the name, or declare the crate under <staging><artifacts>"))
        .forEach(findings::add);
    staged.stream()
        .filter(name -> !plan.packages().contains(name))
        .map(name -> Finding.of("the staged crate '" + name + "' is not among <packages> of channel " + name() + ", so it would not be published"))
        .map(finding -> finding.remedy("add it to <packages>"))
        .forEach(findings::add);
    return findings;
  }

  @Override
  public Installation install(Path directory) {
    try (CargoHome home = CargoHome.in(directory)) {
      return install(new CargoInstall(bench, files(), registry(), environment(home.path()), directory), directory);
    }
  }

  private Installation install(CargoInstall cargo, Path directory) {
    Exit client = cargo.fetch();
    if (!client.ok()) {
      return Installation.failed("cargo", "cargo fetch", client);
    }
    List<Delivered> received = cargo.received();
    if (cargo.programs().isEmpty() || !ours(received)) {
      // A library is not installed; what is not ours is not compiled.
      return new Installation("cargo", "cargo fetch", client, received, Optional.empty());
    }
    Path root = directory.resolve("root");
    String how = "cargo install";
    for (Artifact crate : cargo.programs()) {
      List<String> command = cargo.command(crate, root);
      how = String.join(" ", command);
      client = client.ok() ? cargo.install(command) : client;
    }
    return new Installation("cargo", how, client, received, smoke(client, received, root.resolve("bin"), directory));
  }

  /** What the sparse index says of a crate: one JSON object a line and version. */
  @Override
  Holding holding(Artifact crate) {
    URI uri = URI.create(index() + indexPath(packageOf(crate)));
    Optional<String> lines = http.text(uri, Map.of());
    String wanted = bench.plan().version().toString();
    for (String line : lines.orElse("").split("\n")) {
      if (!line.isBlank()) {
        JsonNode entry = http.parse(uri, line);
        String there = entry.path("vers").asText();
        if (wanted.equals(there)) {
          String cksum = entry.path("cksum").asText();
          return !cksum.equals(crate.sha256())
              ? Holding.other("sha256 " + cksum)
              : entry.path("yanked").asBoolean() ? Holding.other("the same bytes, yanked: cargo yank --undo gives them back") : Holding.same(cksum);
        }
        if (withoutBuild(wanted).equals(withoutBuild(there))) {
          return Holding.other("version " + there + ", which is the same but for its build metadata");
        }
      }
    }
    return Holding.absent();
  }

  private static String withoutBuild(String version) {
    return version.replaceFirst("\\+.*", "");
  }

  @Override
  String publish(Artifact crate) {
    Path home = bench.freshHome("cargo-publish");
    Map<String, String> env = environment(home);
    new CratePackaging(bench, plan, env, home.resolve("target"), registry()).demandSameBytes(crate);
    env.put("CARGO_TARGET_DIR", home.resolve("target").toString());
    env.put(endpoint.known().isPresent() ? "CARGO_REGISTRY_TOKEN" : variable("TOKEN"), endpoint.credential().reveal());
    List<String> argv = new ArrayList<>(List.of("cargo", "publish"));
    argv.addAll(registry());
    argv.addAll(List.of("--no-verify", "--package=" + packageOf(crate)));
    return bench.run(bench.checkout(), env, argv).tail(20);
  }

  /** A crate's address, by the template that the index gives (the Cargo book, "Index Configuration"). */
  @Override
  URI download(Artifact crate) {
    if (holding(crate).state() == Holding.State.ABSENT) { // crates.io's file store answers 403 for what it does not have
      throw new NotThere(name() + " does not have " + crate.file());
    }
    URI config = URI.create(index() + "config.json");
    String dl =
        http.json(config, Map.of())
            .orElseThrow(() -> new OutsideFailure("the index has no config.json at " + config))
            .path("dl")
            .asText();
    String name = packageOf(crate);
    String version = bench.plan().version().toString();
    if (!dl.contains("{")) {
      return HttpReading.address(config, dl + "/" + name + "/" + version + "/download");
    }
    String path = indexPath(name);
    return HttpReading.address(
        config,
        dl.replace("{crate}", name)
            .replace("{version}", version)
            .replace("{prefix}", path.substring(0, path.lastIndexOf('/')))
            .replace("{lowerprefix}", path.substring(0, path.lastIndexOf('/')))
            .replace("{sha256-checksum}", crate.sha256()));
  }

  /** Where the sparse index is read from: cargo marks the kind of index before the scheme. */
  private String index() {
    return endpoint.index().toString().replaceFirst("^sparse\\+", "");
  }

  /** The staged crates, what others depend on first, else in the order of the configuration. */
  @Override
  synchronized List<Artifact> files() {
    if (files == null) { // each crate is opened for it
      files = DependencyOrder.of(configured(), this::packageOf, crate -> CrateManifest.of(crate).needs());
    }
    return files;
  }

  /** The staged crates in the order of the configuration. */
  private List<Artifact> configured() {
    List<Artifact> staged = bench.artifacts(Kind.CRATE);
    return plan.packages().isEmpty()
        ? staged
        : staged.stream()
            .filter(a -> plan.packages().contains(packageOf(a)))
            .sorted(Comparator.comparingInt(a -> plan.packages().indexOf(packageOf(a))))
            .toList();
  }

  private String packageOf(Artifact crate) {
    return bench.names().of(crate);
  }

  private Map<String, String> environment(Path home) {
    Map<String, String> env = new HashMap<>(bench.environment(home));
    // No program that a configuration file names is started, least of all with the token in its environment.
    env.put("RUSTC_WRAPPER", "");
    env.put("RUSTC_WORKSPACE_WRAPPER", "");
    env.put("CARGO_REGISTRY_GLOBAL_CREDENTIAL_PROVIDERS", "cargo:token");
    env.put("CARGO_REGISTRY_CREDENTIAL_PROVIDER", "cargo:token");
    if (endpoint.known().isEmpty()) {
      env.put(variable("INDEX"), endpoint.index().toString());
      env.put(variable("CREDENTIAL_PROVIDER"), "cargo:token");
    }
    return env;
  }

  private static String variable(String what) {
    return "CARGO_REGISTRIES_" + TOLD.toUpperCase(Locale.ROOT) + "_" + what;
  }

  /**
   * The registry as cargo is told of it. Dependencies that name none come from the same one, so that crates of one release
   * find each other. crates.io itself goes by its own name, since under another cargo refuses its crates as dependencies.
   */
  private List<String> registry() {
    return endpoint.known().isPresent()
        ? List.of("--registry", endpoint.known().get())
        : List.of("--registry", TOLD, "--config", "source.crates-io.replace-with=\"" + TOLD + "\"");
  }

  /** Where the index keeps a crate (the Cargo book, "Index files"). */
  static String indexPath(String crate) {
    String name = crate.toLowerCase(Locale.ROOT);
    return switch (name.length()) {
      case 1 -> "1/" + name;
      case 2 -> "2/" + name;
      case 3 -> "3/" + name.charAt(0) + "/" + name;
      default -> name.substring(0, 2) + "/" + name.substring(2, 4) + "/" + name;
    };
  }
}
