package dev.plasmite.sandbox;

import dev.plasmite.client.EmptyHome;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Refusal;
import dev.plasmite.sandbox.loopback.Accounts;
import dev.plasmite.sandbox.loopback.Faults;
import dev.plasmite.sandbox.registry.CratesRegistry;
import dev.plasmite.sandbox.registry.GitHubStandIn;
import dev.plasmite.sandbox.registry.NpmRegistry;
import dev.plasmite.sandbox.registry.PyPiRegistry;
import dev.plasmite.sandbox.registry.Upstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * One sandbox, open: the registries of all channels with their state in {@code registries/}, a token for each channel, and
 * homes for the clients. What happened in it stays in its directory and is there again when it is opened the next time,
 * whatever ended the process. One process has it open at a time.
 */
public final class SandboxWorld implements AutoCloseable {

  /** The channels that have a registry here, by the names they have in the POM. */
  public static final String CRATES = "crates.io";

  /** See {@link #CRATES}. */
  public static final String NPM = "npm";

  /** See {@link #CRATES}. */
  public static final String PYPI = "pypi";

  /** See {@link #CRATES}. */
  public static final String GITHUB = "github";

  /** The name by which cargo knows the crates registry: {@code cargo publish --registry sandbox}. */
  public static final String CARGO_REGISTRY = "sandbox";

  private final Path directory;
  private final Tokens tokens;
  private final Isolation isolation;
  private final Deque<AutoCloseable> open;
  private final CratesRegistry crates;
  private final NpmRegistry npm;
  private final PyPiRegistry pypi;
  private final GitHubStandIn github;

  private SandboxWorld(Path directory, Deque<AutoCloseable> open, Function<String, Faults> faults) {
    this.directory = directory;
    this.open = open;
    this.isolation = new Isolation(System.getenv(), Path.of(System.getProperty("user.home")));
    this.tokens = Tokens.in(directory.resolve("tokens.json"));
    Path registries = directory.resolve("registries");
    this.crates =
        opened(
            CratesRegistry.open(
                registries.resolve("crates"),
                Accounts.of(tokens.of(CRATES)),
                CratesRegistry.Options.CRATES_IO,
                faults.apply(CRATES)));
    this.npm = opened(NpmRegistry.open(registries.resolve("npm"), Accounts.of(tokens.of(NPM)), faults.apply(NPM)));
    this.pypi = opened(PyPiRegistry.open(registries.resolve("pypi"), Accounts.of(tokens.of(PYPI)), faults.apply(PYPI)));
    this.github =
        opened(GitHubStandIn.open(registries.resolve("github"), Accounts.of(tokens.of(GITHUB)), faults.apply(GITHUB)));
  }

  /**
   * Opens the sandbox in a directory, making it when it is not there.
   *
   * @throws Refusal when another process has it open
   * @throws OutsideFailure when its directory cannot be made or read
   */
  public static SandboxWorld open(Path directory) {
    return open(directory, channel -> Faults.NONE);
  }

  /**
   * Opens the sandbox with faults.
   *
   * @param faults what goes wrong, by channel
   */
  public static SandboxWorld open(Path directory, Function<String, Faults> faults) {
    Path root = directory.toAbsolutePath().normalize();
    Deque<AutoCloseable> open = new ArrayDeque<>();
    boolean good = false;
    try {
      Files.createDirectories(root);
      open.push(WorldLock.take(root.resolve("lock")));
      SandboxWorld world = new SandboxWorld(root, open, faults);
      good = true;
      return world;
    } catch (IOException e) {
      throw new OutsideFailure("cannot open the sandbox at " + root, e);
    } finally {
      if (!good) {
        closeAll(open);
      }
    }
  }

  /** Its directory, absolute. */
  public Path directory() {
    return directory;
  }

  /** The registry that plays crates.io. */
  public CratesRegistry crates() {
    return crates;
  }

  /** The registry that plays npm's. */
  public NpmRegistry npm() {
    return npm;
  }

  /** The registry that plays PyPI. */
  public PyPiRegistry pypi() {
    return pypi;
  }

  /** The stand-in for GitHub. */
  public GitHubStandIn github() {
    return github;
  }

  /** The token of a channel, worth nothing outside; still never to be shown. */
  public String token(String channel) {
    return tokens.of(channel);
  }

  /** The variables that leave a client no way out but to this machine, to be put over any environment. */
  public Map<String, String> cutOff() {
    return aloneHere(Isolation.cutOff());
  }

  /** The same variables, and those that keep the configuration of the directories above the sandbox out of it. */
  private Map<String, String> aloneHere(Map<String, String> variables) {
    Map<String, String> all = new LinkedHashMap<>(variables);
    all.putAll(EmptyHome.below(directory));
    return all;
  }

  /** The environment of a build: an empty home and no way out, and no registry, so that nothing is taken from this one. */
  public Map<String, String> buildIsolation(String home) {
    return aloneHere(isolation.of(home(home)));
  }

  /**
   * The environment of a build that may fetch what it is made from: an empty home without any credential, and the network
   * as this machine reaches it.
   *
   * @param network the variables that say how
   */
  public Map<String, String> buildWithDownloads(String home, Map<String, String> network) {
    Map<String, String> environment = aloneHere(isolation.connected(home(home)));
    environment.putAll(network);
    return environment;
  }

  /** The public registry behind one of these, by its channel, from now on. */
  public void passOn(String channel, Upstream upstream) {
    switch (channel) {
      case CRATES -> crates.passOn(upstream);
      case NPM -> npm.passOn(upstream);
      case PYPI -> pypi.passOn(upstream);
      default -> throw new IllegalArgumentException("no registry of packages: " + channel);
    }
  }

  /** The environment of a client that works in the sandbox's own home; see {@link #isolation(String)}. */
  public Map<String, String> isolation() {
    return isolation("work");
  }

  /**
   * The whole environment of a client: nothing of the ambient one but what is needed to find and run programs, a home
   * and caches below {@code homes/}, the addresses of the sandbox's registries, and a proxy that refuses for everything
   * else. It holds no token. A program that ignores proxies can still open a socket: this cuts off clients, not malice.
   *
   * @param home the name of the home; what it holds stays
   */
  public synchronized Map<String, String> isolation(String home) {
    Path place = home(home);
    try {
      Map<String, String> environment = aloneHere(isolation.of(place));
      Path cargo = Files.createDirectories(Path.of(environment.get("CARGO_HOME")));
      // The ports are of this run. Not written again within it: a client of the same home may just be reading.
      Path config = cargo.resolve("config.toml");
      String wanted = crates.cargoConfig(CARGO_REGISTRY);
      if (!Files.exists(config) || !Files.readString(config).equals(wanted)) {
        Files.writeString(config, wanted);
      }
      environment.put("CARGO_REGISTRY_DEFAULT", CARGO_REGISTRY);
      environment.put("npm_config_registry", npm.base() + "/");
      environment.put("PIP_INDEX_URL", pypi.simple().toString());
      environment.put("UV_DEFAULT_INDEX", pypi.simple().toString());
      environment.put("UV_PUBLISH_URL", pypi.upload().toString());
      environment.put("TWINE_REPOSITORY_URL", pypi.upload().toString());
      environment.put("GITHUB_API_URL", github.base().toString());
      environment.put("GITHUB_SERVER_URL", github.web().toString());
      return environment;
    } catch (IOException e) {
      throw new OutsideFailure("cannot make a home in " + place, e);
    }
  }

  /** The same as {@link #isolation(String)}, in a home that is emptied first, as a user's new machine. */
  public synchronized Map<String, String> freshIsolation(String home) {
    Path place = home(home);
    try {
      Isolation.empty(place);
    } catch (IOException e) {
      throw new OutsideFailure("cannot empty " + place, e);
    }
    return isolation(home);
  }

  /** The variables by which the client of one channel, and only it, gets its token. */
  public Map<String, String> credentials(String channel) {
    String token = tokens.of(channel);
    return switch (channel) {
      case CRATES -> Map.of("CARGO_REGISTRIES_SANDBOX_TOKEN", token);
      case NPM -> Map.of("npm_config_" + npm.tokenKey(), token);
      case PYPI -> Map.of("TWINE_USERNAME", "__token__", "TWINE_PASSWORD", token, "UV_PUBLISH_TOKEN", token);
      case GITHUB -> Map.of("GITHUB_TOKEN", token);
      default -> throw new IllegalArgumentException("no such channel in the sandbox: " + channel);
    };
  }

  @Override
  public void close() {
    closeAll(open);
  }

  private Path home(String name) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,60}")) {
      throw new IllegalArgumentException("not a name for a home: " + name);
    }
    return directory.resolve("homes").resolve(name);
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  private static void closeAll(Deque<AutoCloseable> open) {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) { // what AutoCloseable declares; a part that cannot be closed must not keep the others open
        throw new OutsideFailure("cannot close the sandbox", e);
      }
    }
  }
}
