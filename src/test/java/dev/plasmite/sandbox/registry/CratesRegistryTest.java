package dev.plasmite.sandbox.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.artifact.Digests;
import dev.plasmite.client.Exit;
import dev.plasmite.sandbox.Clients;
import dev.plasmite.sandbox.loopback.Accounts;
import dev.plasmite.sandbox.loopback.Fault;
import dev.plasmite.sandbox.loopback.Faults;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(1800)
class CratesRegistryTest {

  private static final Accounts ACCOUNTS = Accounts.of("good-token").plus("other-token", "stranger");

  @TempDir Path directory;

  @Test
  void cargoPublishesAndAfterARestartInstallsTheSameBytes() throws Exception {
    Path library = crate("lantern-core", "0.1.0", "");
    Path program = crate("lantern", "0.1.0", "[dependencies]\nlantern-core = { version = \"0.1.0\", path = \"../lantern-core-0.1.0\" }\n");
    Files.writeString(
        Files.createDirectories(program.resolve("src")).resolve("main.rs"),
        "fn main() { println!(\"lantern {}\", lantern_core::VERSION); }\n");
    Files.delete(program.resolve("src/lib.rs"));
    String sha256;
    try (CratesRegistry registry = open()) {
      Clients cargo = cargo(registry, "good-token");
      cargo.succeed(library, "cargo", "publish", "--registry", "sandbox");
      cargo.succeed(program, "cargo", "package", "--no-verify", "--registry", "sandbox");
      sha256 = Digests.of(directory.resolve("cargo-target/package/lantern-0.1.0.crate")).sha256();
      cargo.succeed(program, "cargo", "publish", "--registry", "sandbox");
      assertThat(Http.get(registry.base(), "/index/la/nt/lantern").body()).contains("\"cksum\":\"" + sha256 + "\"");

      assertThat(Http.bytes(registry.base(), "/api/v1/crates/lantern/0.1.0/download").statusCode()).isEqualTo(302);
      Exit again = cargo.run(program, "cargo", "publish", "--no-verify", "--registry", "sandbox");
      assertThat(again.ok()).isFalse();
      assertThat(again.err()).contains("already exists on");
    }
    try (CratesRegistry registry = open()) {
      Path fresh = Files.createDirectory(directory.resolve("fresh"));
      Clients cargo = cargo(fresh, registry, "good-token");
      cargo.succeed(fresh, "cargo", "install", "lantern", "--version", "=0.1.0", "--root", "root");
      assertThat(cargo.succeed(fresh, fresh.resolve("root/bin/lantern").toString())).contains("lantern 0.1.0");
      assertThat(Http.get(registry.base(), "/api/v1/crates/lantern/0.1.0").body()).contains(sha256);
    }
  }

  @Test
  void anIndexThatRequiresAuthenticationOpensToTheTokenOnly() throws Exception {
    Path library = crate("lantern-core", "0.1.0", "");
    CratesRegistry.Options closed = new CratesRegistry.Options(true, 10 << 20);
    try (CratesRegistry registry = CratesRegistry.open(directory.resolve("state"), ACCOUNTS, closed, Faults.NONE)) {
      HttpResponse<String> refused = Http.get(registry.base(), "/index/config.json");
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.headers().firstValue("WWW-Authenticate")).get().asString().startsWith("Cargo login_url=");
      cargo(registry, "good-token").succeed(library, "cargo", "publish", "--no-verify", "--registry", "sandbox");
      Exit wrong = cargo(Files.createDirectory(directory.resolve("fresh")), registry, "revoked-token")
          .run(library, "cargo", "info", "--registry", "sandbox", "lantern-core");
      assertThat(wrong.ok()).isFalse();
      assertThat(wrong.err()).contains("401");
    }
  }

  @Test
  void aConnectionDroppedAfterTheEffectLooksLikeAFailureToCargoAndTheVersionIsThere() throws Exception {
    Path library = crate("lantern-core", "0.1.0", "");
    Faults faults = request -> request.method().equals("PUT") ? Fault.of(Fault.Kind.RESET_AFTER) : Fault.NONE;
    try (CratesRegistry registry =
        CratesRegistry.open(directory.resolve("state"), ACCOUNTS, CratesRegistry.Options.CRATES_IO, faults)) {
      Exit exit = cargo(registry, "good-token").run(library, "cargo", "publish", "--no-verify", "--registry", "sandbox");
      assertThat(exit.ok()).isFalse();
      assertThat(Http.get(registry.base(), "/index/la/nt/lantern-core").body().lines()).hasSize(1);
    }
  }

  @Test
  void yankAndOwnerAreWhatCargoSays() throws Exception {
    Path library = crate("lantern-core", "0.1.0", "");
    try (CratesRegistry registry = open()) {
      Clients cargo = cargo(registry, "good-token");
      cargo.succeed(library, "cargo", "publish", "--no-verify", "--registry", "sandbox");
      cargo.succeed(library, "cargo", "yank", "--version", "0.1.0", "--registry", "sandbox");
      assertThat(Http.get(registry.base(), "/index/la/nt/lantern-core").body()).contains("\"yanked\":true");
      cargo.succeed(library, "cargo", "yank", "--undo", "--version", "0.1.0", "--registry", "sandbox");
      assertThat(Http.get(registry.base(), "/index/la/nt/lantern-core").body()).contains("\"yanked\":false");
      cargo.succeed(library, "cargo", "owner", "--add", "stranger", "--registry", "sandbox");
      assertThat(cargo.succeed(library, "cargo", "owner", "--list", "--registry", "sandbox"))
          .contains("maintainer").contains("stranger");
      assertThat(cargo.succeed(library, "cargo", "search", "lantern", "--registry", "sandbox")).contains("lantern-core");
    }
  }

  @Test
  void theTokenDecidesAsOnCratesIo() throws Exception {
    Path library = crate("lantern-core", "0.1.0", "");
    try (CratesRegistry registry = open()) {
      Exit revoked = cargo(registry, "revoked-token").run(library, "cargo", "publish", "--no-verify", "--registry", "sandbox");
      assertThat(revoked.ok()).isFalse();
      assertThat(revoked.err()).contains("403").contains("authentication failed");
      assertThat(Http.get(registry.base(), "/index/la/nt/lantern-core").statusCode()).isEqualTo(404);

      cargo(registry, "good-token").succeed(library, "cargo", "publish", "--no-verify", "--registry", "sandbox");
      Path next = crate("lantern-core", "0.2.0", "");
      Exit stranger = cargo(registry, "other-token").run(next, "cargo", "publish", "--no-verify", "--registry", "sandbox");
      assertThat(stranger.err()).contains("don't seem to be an owner");

      assertThat(Http.get(registry.base(), "/api/v1/me").body()).contains("this action requires authentication");
      assertThat(Http.get(registry.base(), "/api/v1/me", "Authorization", "revoked").body()).contains("authentication failed");
      HttpResponse<String> known = Http.get(registry.base(), "/api/v1/me", "Authorization", "good-token");
      assertThat(known.statusCode()).isEqualTo(403);
      assertThat(known.body()).contains("can only be performed on the crates.io website");
    }
  }

  @Test
  void aLargeCrateIsStreamed() throws Exception {
    Path library = crate("lantern-core", "0.1.0", "");
    byte[] noise = new byte[30 << 20];
    new Random(7).nextBytes(noise);
    Files.write(library.resolve("noise.bin"), noise);
    noise = null;
    try (CratesRegistry registry = open()) {
      Exit tooLarge = cargo(registry, "good-token").run(library, "cargo", "publish", "--no-verify", "--registry", "sandbox");
      assertThat(tooLarge.err()).contains("413").contains("max upload size is: 10485760");
    }
    CratesRegistry.Options raised = new CratesRegistry.Options(false, 64 << 20);
    try (CratesRegistry registry = CratesRegistry.open(directory.resolve("state"), ACCOUNTS, raised, Faults.NONE)) {
      Heap heap = Heap.watch();
      cargo(registry, "good-token").succeed(library, "cargo", "publish", "--no-verify", "--registry", "sandbox");
      assertThat(heap.growth()).isLessThan(16L << 20);
    }
  }

  private CratesRegistry open() {
    return CratesRegistry.open(directory.resolve("state"), ACCOUNTS);
  }

  private Clients cargo(CratesRegistry registry, String token) throws Exception {
    return cargo(directory, registry, token);
  }

  private static Clients cargo(Path home, CratesRegistry registry, String token) throws Exception {
    Clients clients = new Clients(home);
    Files.writeString(
        Files.createDirectories(home.resolve("home/.cargo")).resolve("config.toml"), registry.cargoConfig("sandbox"));
    return clients
        .with("CARGO_REGISTRIES_SANDBOX_TOKEN", token);
  }

  private Path crate(String name, String version, String more) throws Exception {
    Path root = Files.createDirectories(directory.resolve(name + "-" + version));
    Files.writeString(
        root.resolve("Cargo.toml"),
        """
        [package]
        name = "%s"
        version = "%s"
        edition = "2021"
        description = "A lantern"
        license = "Apache-2.0"

        %s
        """.formatted(name, version, more));
    Files.writeString(
        Files.createDirectories(root.resolve("src")).resolve("lib.rs"),
        "pub const VERSION: &str = env!(\"CARGO_PKG_VERSION\");\n");
    return root;
  }
}
