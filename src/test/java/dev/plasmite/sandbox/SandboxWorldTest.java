package dev.plasmite.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.artifact.Digests;
import dev.plasmite.client.Command;
import dev.plasmite.client.Exit;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import dev.plasmite.gate.Refusal;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(1800)
class SandboxWorldTest {

  @TempDir Path directory;

  @Test
  void tokensAreMadeOnceAndDifferFromChannelToChannel() {
    String token;
    try (SandboxWorld world = SandboxWorld.open(directory)) {
      token = world.token(SandboxWorld.NPM);
      assertThat(List.of(world.token(SandboxWorld.CRATES), token, world.token(SandboxWorld.PYPI), world.token(SandboxWorld.GITHUB)))
          .doesNotHaveDuplicates().allMatch(t -> t.length() >= 32);
    }
    try (SandboxWorld world = SandboxWorld.open(directory)) {
      assertThat(world.token(SandboxWorld.NPM)).isEqualTo(token);
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void onlyTheOwnerReadsTheTokens() throws Exception {
    try (SandboxWorld world = SandboxWorld.open(directory)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(world.directory().resolve("tokens.json"))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void damagedTokensAreRefusedInOneSentence() throws Exception {
    Files.writeString(directory.resolve("tokens.json"), "{\"npm\":");
    assertThatThrownBy(() -> SandboxWorld.open(directory)).isInstanceOf(Refusal.class).hasMessageContaining("damaged");
    Files.writeString(directory.resolve("tokens.json"), "{}");
    assertThatThrownBy(() -> SandboxWorld.open(directory)).isInstanceOf(Refusal.class).hasMessageContaining("damaged");
  }

  @Test
  void aSecondOneInTheSameProcessIsRefusedUntilTheFirstIsClosed() {
    try (SandboxWorld world = SandboxWorld.open(directory)) {
      assertThatThrownBy(() -> SandboxWorld.open(directory))
          .isInstanceOf(Refusal.class).hasMessageContaining("in use").hasMessageContaining(world.directory().toString());
    }
    SandboxWorld.open(directory).close();
  }

  @Test
  void anotherProcessIsRefusedAndAKilledOneFreesTheLock() throws Exception {
    Process other = holder(directory);
    try {
      assertThatThrownBy(() -> SandboxWorld.open(directory))
          .isInstanceOf(Refusal.class).hasMessageContaining("process " + other.pid());
    } finally {
      other.destroyForcibly();
      other.waitFor();
    }
    SandboxWorld.open(directory).close();
  }

  @Test
  void theEnvironmentIsTheSameEachTimeAndHoldsNothingAmbientButWhatFindsPrograms() throws Exception {
    Map<String, String> ambient = new LinkedHashMap<>();
    ambient.put("PATH", "/bin");
    ambient.put("RUSTUP_HOME", "/opt/rustup");
    for (String secret : List.of("GITHUB_TOKEN", "NPM_TOKEN", "NODE_AUTH_TOKEN", "CARGO_REGISTRY_TOKEN", "TWINE_PASSWORD",
        "AWS_SECRET_ACCESS_KEY", "SSH_AUTH_SOCK", "MY_API_KEY", "npm_config__auth", "PIP_FIND_LINKS", "PIP_INDEX_URL",
        "NODE_OPTIONS", "PYTHONPATH", "LD_PRELOAD", "CARGO_HOME", "CARGO_BUILD_TARGET", "GIT_DIR", "https_proxy", "BASH_ENV")) {
      ambient.put(secret, "leaked-" + secret);
    }
    Isolation isolation = new Isolation(ambient, directory.resolve("no-such-home"));
    Map<String, String> environment = isolation.of(directory.resolve("home"));
    assertThat(environment.values()).noneMatch(value -> value.contains("leaked-"));
    assertThat(environment).containsEntry("PATH", "/bin").containsEntry("RUSTUP_HOME", "/opt/rustup")
        .containsEntry("HTTPS_PROXY", "http://127.0.0.1:9").containsEntry("no_proxy", "127.0.0.1,localhost")
        .containsEntry("LANG", "C.UTF-8");
    assertThat(isolation.of(directory.resolve("home"))).isEqualTo(environment);
    assertThat(environment.keySet()).noneMatch(name -> name.matches("(?i).*(TOKEN|SECRET|PASSWORD|AUTH).*"));
  }

  @Test
  void noSecretOfThisMachineReachesAClient() {
    try (SandboxWorld world = SandboxWorld.open(directory)) {
      Map<String, String> environment = world.isolation();
      System.getenv().forEach((name, value) -> {
        if (name.matches("(?i).*(TOKEN|SECRET|PASSWORD|KEY|AUTH).*")) {
          assertThat(environment).doesNotContainEntry(name, value);
        }
      });
      for (String channel : List.of(SandboxWorld.CRATES, SandboxWorld.NPM, SandboxWorld.PYPI, SandboxWorld.GITHUB)) {
        assertThat(environment.values()).noneMatch(value -> value.contains(world.token(channel)));
      }
    }
  }

  @Test
  void noClientGetsOutside() {
    try (SandboxWorld world = SandboxWorld.open(directory)) {
      Map<String, String> environment = world.isolation();
      String fetch = "import urllib.request,sys\nurllib.request.urlopen(sys.argv[1], timeout=5)";
      for (String address : List.of("http://registry.example/", "https://registry.example/")) {
        Exit python = run(environment, "python3", "-c", fetch, address);
        assertThat(python.ok()).isFalse();
        // Refused by the proxy that is none, not unknown to the name service.
        assertThat(python.err()).contains("Connection refused");
      }
      Exit git = run(environment, "git", "ls-remote", "https://registry.example/x.git");
      assertThat(git.ok()).isFalse();
      assertThat(git.err()).contains("127.0.0.1").contains("9");
      Exit ssh = run(environment, "git", "ls-remote", "ssh://git@registry.example/x.git");
      assertThat(ssh.err()).contains("transport 'ssh' not allowed");
      Exit npm = run(environment, "npm", "view", "lantern", "--registry", "https://registry.example/");
      assertThat(npm.ok()).isFalse();
      assertThat(npm.err()).contains("ECONNREFUSED").contains("127.0.0.1:9");
      Exit cargo = run(environment, "cargo", "search", "lantern", "--index", "sparse+https://registry.example/");
      assertThat(cargo.ok()).isFalse();
      assertThat(cargo.err()).contains("127.0.0.1");
      Exit pip = run(environment, "python3", "-m", "pip", "download", "--retries", "0", "--index-url", "https://registry.example/", "lantern");
      assertThat(pip.ok()).isFalse();
    }
  }

  @Test
  void clientsWorkInItWithTheTokenOfTheirChannelOnly() throws Exception {
    try (SandboxWorld world = SandboxWorld.open(directory)) {
      Map<String, String> npm = new LinkedHashMap<>(world.isolation());
      assertThat(run(npm, "npm", "whoami").ok()).isFalse();
      npm.putAll(world.credentials(SandboxWorld.NPM));
      assertThat(run(npm, "npm", "whoami").out()).contains("maintainer");
      Map<String, String> cargo = new LinkedHashMap<>(world.isolation());
      Path crate = Files.createDirectories(directory.resolve("crate/src"));
      Files.writeString(crate.resolve("lib.rs"), "");
      Files.writeString(crate.resolveSibling("Cargo.toml"),
          "[package]\nname = \"lantern\"\nversion = \"0.1.0\"\nedition = \"2021\"\ndescription = \"d\"\nlicense = \"MIT\"\n");
      Exit none = run(cargo, crate.getParent(), "cargo", "publish", "--no-verify", "--registry", SandboxWorld.CARGO_REGISTRY);
      assertThat(none.err()).contains("no token found");
      cargo.putAll(world.credentials(SandboxWorld.CRATES));
      Exit published = run(cargo, crate.getParent(), "cargo", "publish", "--no-verify", "--registry", SandboxWorld.CARGO_REGISTRY);
      assertThat(published.ok()).as(published.err()).isTrue();
      Exit found = run(world.freshIsolation("elsewhere"), "cargo", "search", "lantern");
      assertThat(found.out()).as(found.err()).contains("lantern = \"0.1.0\"");
    }
  }

  @Test
  void aReleaseOfTwoCratesIsInstalledIntoAFreshHomeAfterARestart() throws Exception {
    Path core = crate("lantern-core", "");
    Files.writeString(core.resolve("src/lib.rs"), "pub const SAYS: &str = \"lantern 0.1.0\";\n");
    Path program = crate("lantern", "[dependencies]\nlantern-core = { version = \"=0.1.0\", path = \"../lantern-core\" }\n");
    Files.writeString(program.resolve("src/main.rs"), "fn main() { println!(\"{}\", lantern_core::SAYS); }\n");
    int port;
    try (SandboxWorld world = SandboxWorld.open(directory.resolve("world"))) {
      Map<String, String> environment = new LinkedHashMap<>(world.isolation());
      environment.putAll(world.credentials(SandboxWorld.CRATES));
      for (Path crate : List.of(core, program)) {
        Exit exit = run(environment, crate, "cargo", "publish", "--registry", SandboxWorld.CARGO_REGISTRY);
        assertThat(exit.ok()).as(exit.err()).isTrue();
      }
      port = world.crates().base().getPort();
    }
    try (SandboxWorld world = SandboxWorld.open(directory.resolve("world"))) {
      assertThat(world.crates().base().getPort()).isNotEqualTo(port);
      Map<String, String> environment = world.freshIsolation("buyer");
      Path home = Path.of(environment.get("HOME"));
      Exit exit = run(environment, home, "cargo", "install", "--version", "=0.1.0", "--root", "root", "lantern");
      assertThat(exit.ok()).as(exit.err()).isTrue();
      assertThat(run(environment, home, home.resolve("root/bin/lantern").toString()).out()).isEqualTo("lantern 0.1.0\n");
      // The address of the registry is not in the bytes: packaged again, at another port, they are the same.
      Exit packaged = run(world.isolation(), program, "cargo", "package", "--no-verify", "--registry", SandboxWorld.CARGO_REGISTRY);
      assertThat(packaged.ok()).as(packaged.err()).isTrue();
      Path index = world.directory().resolve("registries/crates/crates/lantern/crate.json");
      assertThat(Files.readString(index)).contains(Digests.of(program.resolve("target/package/lantern-0.1.0.crate")).sha256());
    }
  }

  private Path crate(String name, String more) throws Exception {
    Path root = Files.createDirectories(directory.resolve(name).resolve("src")).getParent();
    Files.writeString(root.resolve("Cargo.toml"), "[package]\nname = \"" + name + "\"\nversion = \"0.1.0\"\nedition = \"2021\"\n"
        + "description = \"A lantern\"\nlicense = \"Apache-2.0\"\n" + more);
    return root;
  }

  @Test
  void aFreshHomeIsEmptyAndAnyOtherStays() throws Exception {
    try (SandboxWorld world = SandboxWorld.open(directory)) {
      Path home = Path.of(world.isolation("buyer").get("HOME"));
      Path left = Files.writeString(home.resolve("left.txt"), "left");
      world.isolation("buyer");
      assertThat(left).exists();
      world.freshIsolation("buyer");
      assertThat(left).doesNotExist();
      assertThatThrownBy(() -> world.isolation("../out")).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private Exit run(Map<String, String> environment, String... argv) {
    return run(environment, directory, argv);
  }

  private static Exit run(Map<String, String> environment, Path where, String... argv) {
    return new Processes(Redactor.NONE)
        .run(Command.of(where, List.of(argv)).with(environment).within(Duration.ofMinutes(20)));
  }

  /** Another process that has the sandbox open until it is killed. */
  private static Process holder(Path directory) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Holder.class.getName(), directory.toString())
            .redirectErrorStream(true)
            .start();
    BufferedReader said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    assertThat(said.readLine()).isEqualTo("open");
    return process;
  }

  /** Opens a sandbox and waits to be killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws Exception {
      try (SandboxWorld world = SandboxWorld.open(Path.of(arguments[0]))) {
        System.out.println("open");
        Thread.sleep(600_000);
        System.out.println(world.directory());
      }
    }
  }
}
