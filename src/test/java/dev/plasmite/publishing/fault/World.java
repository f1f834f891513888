package dev.plasmite.publishing.fault;

import dev.plasmite.channel.Channel;
import dev.plasmite.channel.CratesChannel;
import dev.plasmite.channel.Endpoint;
import dev.plasmite.channel.GitHubChannel;
import dev.plasmite.channel.HomebrewChannel;
import dev.plasmite.channel.NpmChannel;
import dev.plasmite.channel.Patience;
import dev.plasmite.channel.PyPiChannel;
import dev.plasmite.channel.Workbench;
import dev.plasmite.client.Fetch;
import dev.plasmite.client.Secret;
import dev.plasmite.gate.CandidatePlan;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.LockstepPlan;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.PerfPlan;
import dev.plasmite.gate.Receipt;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import dev.plasmite.gate.StagingPlan;
import dev.plasmite.gate.Verdict;
import dev.plasmite.github.GitHubClient;
import dev.plasmite.github.HurriedGitHub;
import dev.plasmite.publishing.Publishing;
import dev.plasmite.sandbox.SandboxWorld;
import dev.plasmite.train.Ledger;
import dev.plasmite.version.SemVer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A world on disk (the sandbox's registries, a tap served over HTTP, a ledger) and publishes to it. Each run has nothing in
 * common with another but the disk: new servers on new ports, a new ledger handle, new channels.
 */
final class World {

  static final String REPOSITORY = "lamp-demo/lamp";

  private static final Duration PATIENT = Duration.ofSeconds(60);
  private static final Duration HURRIED = Duration.ofSeconds(1);
  private static final Receipt.Binding BINDING = new Receipt.Binding(Product.VERSION, "c".repeat(40), "sandbox", "d");

  private final Path directory;
  private final Product product;

  World(Path directory, Product product) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.product = product;
  }

  /**
   * What a run came to.
   *
   * @param result nothing when it was killed
   */
  record Run(Optional<StageResult> result) {

    boolean passed() {
      return result.filter(r -> r.verdict() == Verdict.PASSED).isPresent();
    }
  }

  /** Publishes to all channels. */
  Run publish(Plot plot, Set<String> real, Map<String, String> executables) throws IOException {
    return publish(plot, real, executables, channel -> true);
  }

  /** Publishes to the channels of some names. */
  Run publish(Plot plot, Set<String> real, Map<String, String> executables, Predicate<String> named) throws IOException {
    Duration limit = plot.timesOut() ? HURRIED : PATIENT;
    EffectGate effects = new EffectGate(Mode.SANDBOX);
    try (SandboxWorld world = SandboxWorld.open(directory.resolve("sandbox"), server -> request -> plot.fate(server, request));
        TapServer tap = TapServer.open(directory.resolve("tap.git"), request -> plot.fate("tap", request))) {
      world.github().addRepository(REPOSITORY);
      world.github().addTag(REPOSITORY, "v" + Product.VERSION, product.commit());
      plot.against(new Competitor(product, world, directory));
      GitHubClient github = HurriedGitHub.client(world.github().base(), world.token(SandboxWorld.GITHUB), effects, limit);
      List<ChannelPlan> plans = plans(tap.uri(), real.contains("uv") ? "uv" : "twine");
      Workbench bench =
          new Workbench(
              plan(plans, executables), product.artifacts(), product.names(), product.checkout(), effects,
              new LightClients(product, real, plot, limit), new Fetch(effects), world.cutOff(), directory.resolve("scratch"));
      List<Channel> channels = channels(bench, plans, world, github, tap.uri()).stream().filter(c -> named.test(c.name())).toList();
      try (Ledger ledger = Ledger.open(ledger(), Clock.systemUTC())) {
        Publishing publishing =
            new Publishing(receipts -> channels, effects, plot.journal(ledger), line -> {}, List::of, Patience.NONE);
        StageResult result = publishing.run(allGates());
        return new Run(plot.dead() ? Optional.empty() : Optional.of(result));
      } catch (Plot.Killed | RuntimeException e) {
        if (!plot.dead()) {
          throw e;
        }
        return new Run(Optional.empty()); // whatever a dying run throws, nobody hears it
      }
    } finally {
      if (plot.halfLine()) {
        Files.writeString(ledger(), "{\"seq\":4,\"prev\":\"0f", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
      }
    }
  }

  Path ledger() {
    return directory.resolve("ledger.jsonl");
  }

  /** What the registries, GitHub and the tap hold now, by names that do not change from world to world. */
  Map<String, String> state() throws IOException {
    try (SandboxWorld world = SandboxWorld.open(directory.resolve("sandbox"));
        TapServer tap = TapServer.open(directory.resolve("tap.git"), request -> dev.plasmite.sandbox.loopback.Fault.NONE)) {
      return new Inventory(world, tap).state();
    }
  }

  private List<Channel> channels(Workbench bench, List<ChannelPlan> plans, SandboxWorld world, GitHubClient github, URI tap) {
    URI npm = URI.create(world.npm().base() + "/");
    return List.of(
        new CratesChannel(bench, plans.get(0), new Endpoint(world.crates().base(), world.crates().index(), secret(world, SandboxWorld.CRATES))),
        new NpmChannel(bench, plans.get(1), new Endpoint(npm, npm, secret(world, SandboxWorld.NPM))),
        new PyPiChannel(bench, plans.get(2), new Endpoint(world.pypi().upload(), world.pypi().simple(), secret(world, SandboxWorld.PYPI))),
        new GitHubChannel(
            bench, plans.get(3), github, world.github().base(), REPOSITORY, new GitHubChannel.Notes(product.commit(), "### Added\n\n- Light\n")),
        new HomebrewChannel(bench, plans.get(4), tap, uri -> uri, false));
  }

  private static Secret secret(SandboxWorld world, String channel) {
    return new Secret(world.token(channel));
  }

  private static List<ChannelPlan> plans(URI tap, String uploader) {
    return List.of(
        new ChannelPlan("crates.io", "official", List.of("lamp", "lamp-native"), Optional.empty(), Map.of()),
        new ChannelPlan("npm", "official", List.of(), Optional.empty(), Map.of()),
        new ChannelPlan("pypi", "official", List.of(), Optional.empty(), Map.of("client", uploader)),
        new ChannelPlan("github", "official", List.of(), Optional.empty(), Map.of()),
        new ChannelPlan("homebrew", "official", List.of(), Optional.empty(), Map.of("tap", tap.toString(), "formula", "Formula/lamp.rb")));
  }

  private ReleasePlan plan(List<ChannelPlan> channels, Map<String, String> executables) {
    Map<String, String> clients = new java.util.HashMap<>(Map.of("ruby", "/there/is/no/ruby"));
    clients.putAll(executables);
    return new ReleasePlan(
        product.checkout(), SemVer.parse(Product.VERSION), Mode.SANDBOX, Optional.empty(), LockstepPlan.discovered(),
        new CandidatePlan(Optional.empty(), Optional.empty(), Optional.of(REPOSITORY), Optional.empty()),
        new PerfPlan(List.of(), Optional.empty(), "plasmite", Optional.empty(), 0.1, List.of(), 0, Duration.ofMinutes(1)),
        new StagingPlan(List.of(), List.of(), Optional.empty(), Duration.ofMinutes(1)),
        channels, clients, new ReleasePlan.Directories(product.staged(), directory, directory));
  }

  private static Receipts allGates() {
    return new Receipts(
        Stream.of(StageName.values()).map(s -> new Receipt(s, Verdict.PASSED, BINDING, Map.of())).toList(), BINDING);
  }
}
