package dev.plasmite.sandbox.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.client.Fetch;
import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.sandbox.Clients;
import dev.plasmite.sandbox.loopback.Accounts;
import dev.plasmite.sandbox.loopback.Fault;
import dev.plasmite.sandbox.loopback.Faults;
import dev.plasmite.sandbox.loopback.Logged;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A registry of the sandbox with a public one behind it; the public one is on this machine, too. */
@Timeout(1800)
class UpstreamTest {

  private static final Accounts ACCOUNTS = Accounts.of("good-token");
  private static final Predicate<String> OWN = name -> name.equals("lantern");

  @TempDir Path directory;

  @Test
  void cargoPublishesAndFetchesACrateWhoseDependencyOnlyThePublicRegistryHas() throws Exception {
    try (CratesRegistry outside = CratesRegistry.open(directory.resolve("outside"), ACCOUNTS);
        CratesRegistry sandbox = CratesRegistry.open(directory.resolve("sandbox"), ACCOUNTS)) {
      for (String name : List.of("kindling", "lantern")) {
        assertThat(Http.send("PUT", outside.base(), "/api/v1/crates/new", Uploads.crate(name, "1.2.3", new byte[9]), "Authorization", "good-token").statusCode())
            .isEqualTo(200);
      }
      sandbox.passOn(upstream(URI.create(outside.index().toString().substring("sparse+".length()))));
      Clients cargo = cargo("maintainer", sandbox);
      cargo.succeed(crate("kindling = \"1\""), "cargo", "publish", "--no-verify", "--registry", "sandbox");
      assertThat(Http.get(sandbox.base(), "/index/la/nt/lantern").body()).contains("0.1.0").doesNotContain("1.2.3");

      Path user = project("lantern = \"=0.1.0\"");
      cargo("user", sandbox).succeed(user, "cargo", "fetch");
      assertThat(Files.readString(user.resolve("Cargo.lock"))).contains("name = \"kindling\"\nversion = \"1.2.3\"");
      cargo("another", sandbox).succeed(user, "cargo", "fetch");
      assertThat(outside.requests()).filteredOn(r -> r.path().contains("/crates/kindling/")).as("a file is fetched once").hasSize(1);
      assertThat(outside.requests()).filteredOn(r -> r.method().equals("GET")).noneMatch(r -> r.path().contains("lantern"));
      assertThat(outside.requests()).extracting(Logged::method).containsOnly("PUT", "GET");
    }
  }

  @Test
  void npmInstallsAPackageAndItsDependencyAndTheReleasesOwnNameIsNeverAskedForOutside() throws Exception {
    try (NpmRegistry outside = NpmRegistry.open(directory.resolve("outside"), ACCOUNTS);
        NpmRegistry sandbox = NpmRegistry.open(directory.resolve("sandbox"), ACCOUNTS)) {
      npm("stranger", outside).succeed(pack("kindling", "1.2.3", ""), "npm", "publish", "--registry", outside.base() + "/");
      npm("stranger", outside).succeed(pack("lantern", "9.9.9", ""), "npm", "publish", "--registry", outside.base() + "/");
      int before = outside.requests().size();
      sandbox.passOn(upstream(URI.create(outside.base() + "/")));
      assertThat(Http.get(sandbox.base(), "/lantern").statusCode()).isEqualTo(404);
      npm("maintainer", sandbox).succeed(pack("lantern", "0.1.0", ", \"dependencies\": {\"kindling\": \"^1.0.0\"}"), "npm", "publish", "--registry", sandbox.base() + "/");
      Path user = Files.createDirectories(directory.resolve("user-project"));
      Files.writeString(user.resolve("package.json"), "{\"private\": true}\n");
      npm("user", sandbox).succeed(user, "npm", "install", "lantern", "--registry", sandbox.base() + "/");
      assertThat(Files.readString(user.resolve("node_modules/lantern/package.json"))).contains("0.1.0");
      assertThat(Files.readString(user.resolve("package-lock.json"))).contains(sandbox.base() + "/kindling/-/kindling-1.2.3.tgz");
      assertThat(outside.requests().subList(before, outside.requests().size())).isNotEmpty().allMatch(r -> r.method().equals("GET") && r.path().contains("kindling"));
    }
  }

  @Test
  void pipDownloadsAFileThroughTheSandboxsIndex() throws Exception {
    String python = Clients.pythonWithTwine().toString();
    try (PyPiRegistry outside = PyPiRegistry.open(directory.resolve("outside"), ACCOUNTS);
        PyPiRegistry sandbox = PyPiRegistry.open(directory.resolve("sandbox"), ACCOUNTS)) {
      String login = "Basic " + java.util.Base64.getEncoder().encodeToString("__token__:good-token".getBytes());
      for (String name : List.of("kindling", "lantern")) {
        assertThat(Http.send("POST", outside.base(), "/legacy/", Uploads.wheel(directory, name, "1.2.3", new byte[9]), "Authorization", login, "Content-Type", Uploads.FORM).statusCode())
            .isEqualTo(200);
      }
      sandbox.passOn(upstream(outside.simple()));
      assertThat(Http.get(sandbox.base(), "/simple/lantern/").statusCode()).isEqualTo(404);
      assertThat(Http.get(sandbox.base(), "/simple/kindling/", "Accept", "text/html").statusCode()).as("no page in a form that was not asked for").isEqualTo(406);
      Path to = Files.createDirectories(directory.resolve("downloaded"));
      new Clients(directory.resolve("user")).succeed(
          to, python, "-m", "pip", "download", "--isolated", "--no-cache-dir", "--no-deps", "--only-binary", ":all:", "--index-url", sandbox.simple().toString(), "kindling");
      assertThat(to.resolve("kindling-1.2.3-py3-none-any.whl")).hasSameBinaryContentAs(directory.resolve("kindling-1.2.3-py3-none-any.whl"));
      assertThat(outside.requests()).filteredOn(r -> r.method().equals("GET")).isNotEmpty().noneMatch(r -> r.path().contains("lantern"));
    }
  }

  @Test
  void withoutAnUpstreamNothingIsFetchedAndWhatWasWantedIsKnown() throws Exception {
    try (NpmRegistry npm = NpmRegistry.open(directory.resolve("npm"), ACCOUNTS);
        CratesRegistry crates = CratesRegistry.open(directory.resolve("crates"), ACCOUNTS);
        PyPiRegistry pypi = PyPiRegistry.open(directory.resolve("pypi"), ACCOUNTS)) {
      Upstream none = new Upstream(OWN);
      npm.passOn(none);
      crates.passOn(none);
      pypi.passOn(none);
      assertThat(Http.get(npm.base(), "/@acme%2fwick").statusCode()).isEqualTo(404);
      assertThat(Http.get(crates.base(), "/index/ki/nd/kindling").statusCode()).isEqualTo(404);
      assertThat(Http.get(pypi.base(), "/simple/wax/").statusCode()).isEqualTo(404);
      assertThat(Http.get(npm.base(), "/lantern").statusCode()).isEqualTo(404);
      assertThat(none.refused()).containsExactlyInAnyOrder("@acme/wick", "kindling", "wax");
    }
  }

  @Test
  void aPublicRegistryThatFailsIsNotTakenForOneThatHasNothing() throws Exception {
    AtomicReference<Fault> fault = new AtomicReference<>(Fault.before(503));
    try (CratesRegistry outside = CratesRegistry.open(directory.resolve("outside"), ACCOUNTS, CratesRegistry.Options.CRATES_IO, request -> fault.get());
        CratesRegistry sandbox = CratesRegistry.open(directory.resolve("sandbox"), ACCOUNTS)) {
      sandbox.passOn(upstream(URI.create(outside.base() + "/index/")));
      assertThat(Http.get(sandbox.base(), "/index/ki/nd/kindling").statusCode()).isEqualTo(502);
      assertThat(Http.get(sandbox.base(), "/index/ki/nd/kindling").body()).contains("status 503");
      fault.set(Fault.NONE);
      assertThat(Http.get(sandbox.base(), "/index/ki/nd/kindling").statusCode()).isEqualTo(404);
      assertThat(Http.send("PUT", sandbox.base(), "/index/ki/nd/kindling", new byte[1]).statusCode()).as("only reads are passed on").isEqualTo(404);
      assertThat(outside.requests()).extracting(Logged::method).containsOnly("GET");
    }
  }

  @Test
  void aClientThatDoesNotTellWhereItsRegistryIsIsAskedOnce() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (CratesRegistry sandbox = CratesRegistry.open(directory.resolve("sandbox"), ACCOUNTS)) {
      sandbox.passOn(
          new Upstream(
              Fetch.ofPackages(new EffectGate(Mode.SANDBOX, true)),
              () -> {
                asked.incrementAndGet();
                throw new OutsideFailure("cargo does not say");
              },
              OWN,
              directory.resolve("kept")));
      for (int i = 0; i < 3; i++) {
        assertThat(Http.get(sandbox.base(), "/index/ki/nd/kindling").body()).contains("cargo does not say");
      }
      assertThat(asked).hasValue(1);
    }
  }

  private Upstream upstream(URI base) {
    return new Upstream(Fetch.ofPackages(new EffectGate(Mode.SANDBOX, true)), () -> base, OWN, directory.resolve("kept"));
  }

  private Clients cargo(String who, CratesRegistry registry) throws Exception {
    Path home = directory.resolve(who);
    Clients clients = new Clients(home);
    Files.writeString(Files.createDirectories(home.resolve("home/.cargo")).resolve("config.toml"), registry.cargoConfig("sandbox"));
    return clients.with("CARGO_REGISTRIES_SANDBOX_TOKEN", "good-token");
  }

  private Clients npm(String who, NpmRegistry registry) throws Exception {
    return new Clients(directory.resolve(who)).with("npm_config_" + registry.tokenKey(), "good-token");
  }

  private Path crate(String dependency) throws Exception {
    return cargoProject("lantern", "description = \"A lantern\"\nlicense = \"Apache-2.0\"\n", dependency);
  }

  private Path project(String dependency) throws Exception {
    return cargoProject("user-project", "", dependency);
  }

  private Path cargoProject(String name, String more, String dependency) throws Exception {
    Path root = Files.createDirectories(directory.resolve(name));
    Files.writeString(root.resolve("Cargo.toml"), "[package]\nname = \"" + name + "\"\nversion = \"0.1.0\"\nedition = \"2021\"\n" + more + "\n[dependencies]\n" + dependency + "\n");
    Files.writeString(Files.createDirectories(root.resolve("src")).resolve("lib.rs"), "");
    return root;
  }

  private Path pack(String name, String version, String more) throws Exception {
    Path root = Files.createDirectories(directory.resolve("packages").resolve(name + "-" + version));
    Files.writeString(root.resolve("package.json"), "{\"name\": \"" + name + "\", \"version\": \"" + version + "\"" + more + "}\n");
    return root;
  }
}
