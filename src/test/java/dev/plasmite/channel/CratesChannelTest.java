package dev.plasmite.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.artifact.Artifact;
import dev.plasmite.artifact.Digests;
import dev.plasmite.client.Command;
import dev.plasmite.client.Exit;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import dev.plasmite.client.Secret;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.StagingPlan.Kind;
import dev.plasmite.sandbox.loopback.Accounts;
import dev.plasmite.sandbox.loopback.Logged;
import dev.plasmite.sandbox.registry.CratesRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real cargo, against the loopback registry: two crates of one release, the second built on the first. */
class CratesChannelTest {

  @TempDir Path directory;
  private final Processes processes = new Processes(Redactor.NONE);
  private Path checkout;
  private List<Artifact> crates;

  @BeforeEach
  void twoCrates() throws IOException {
    checkout = directory.resolve("checkout");
    write("Cargo.toml", "[package]\nname = \"flare\"\nversion = \"1.2.0\"\nedition = \"2021\"\nlicense = \"MIT\"\ndescription = \"A flare\"\n[workspace]\nmembers = [\"native\"]\n");
    write("src/lib.rs", "pub fn version() -> &'static str { env!(\"CARGO_PKG_VERSION\") }\n");
    write("src/main.rs", "fn main() { println!(\"flare {}\", flare::version()); }\n");
    write("native/Cargo.toml", "[package]\nname = \"flare-native\"\nversion = \"1.2.0\"\nedition = \"2021\"\nlicense = \"MIT\"\ndescription = \"A flare\"\n[dependencies]\nflare = { version = \"=1.2.0\", path = \"..\" }\n");
    write("native/src/lib.rs", "pub use flare::version;\n");
    write(".gitignore", "/target/\n");
    run("cargo", "generate-lockfile", "--offline");
    run("git", "init", "-q");
    run("git", "add", "-A");
    run("git", "-c", "user.name=M", "-c", "user.email=m@example.org", "commit", "-q", "-m", "flare 1.2.0");
    run("cargo", "package", "--workspace", "--offline", "--no-verify");
    crates = List.of(crate("flare"), crate("flare-native"));
  }

  @Test
  void publishesTheStagedBytesAndInstallsThemBack() throws IOException {
    try (CratesRegistry registry = CratesRegistry.open(directory.resolve("registry"), Accounts.of("token-of-the-test"))) {
      CratesChannel channel = channel(registry);
      assertThat(channel.preflight().findings()).singleElement().satisfies(f -> assertThat(f.blocks()).isFalse()).extracting(Finding::what).asString().startsWith("unproven: crates.io knows the token");
      assertThat(registry.requests()).allMatch(request -> request.method().equals("GET"));
      List<Act> acts = channel.acts(Leg.REGISTRY);
      assertThat(acts).extracting(Act::file).containsExactly("flare-1.2.0.crate", "flare-native-1.2.0.crate");
      for (Act act : acts) {
        assertThat(act.holding().state()).isEqualTo(Holding.State.ABSENT);
        String said = act.send();
        assertThat(act.holding()).as(said).isEqualTo(Holding.same(act.sha256()));
      }
      assertThat(channel.fetch(Files.createDirectory(directory.resolve("fetched")))).allMatch(d -> d.staged().equals(d.sha256())).hasSize(2);
      Installation installed = channel.install(Files.createDirectory(directory.resolve("installed")));
      assertThat(installed.client().ok()).as(installed.client().tail(20)).isTrue();
      assertThat(installed.received()).hasSize(2).allSatisfy(d -> assertThat(d.sha256()).isEqualTo(d.staged()));
      assertThat(installed.smoke().map(Exit::out)).hasValueSatisfying(out -> assertThat(out).isEqualTo("flare 1.2.0\n"));
    }
  }

  @Test
  void sendsNothingWhenCargoMakesOtherBytesThanWereStaged() throws IOException {
    try (CratesRegistry registry = CratesRegistry.open(directory.resolve("registry"), Accounts.of("token-of-the-test"))) {
      Act act = channel(registry).acts(Leg.REGISTRY).get(0);
      write("src/lib.rs", "pub fn version() -> &'static str { \"9.9.9\" }\n");
      run("git", "-c", "user.name=M", "-c", "user.email=m@example.org", "commit", "-q", "-a", "-m", "Another commit");
      assertThat(act.send()).contains("other bytes").contains("nothing was sent");
      assertThat(act.holding().state()).isEqualTo(Holding.State.ABSENT);
      assertThat(registry.requests()).noneMatch(request -> request.method().equals("PUT"));
    }
  }

  @Test
  void seesOtherBytesUnderTheSameVersion() throws IOException {
    try (CratesRegistry registry = CratesRegistry.open(directory.resolve("registry"), Accounts.of("token-of-the-test"))) {
      channel(registry).acts(Leg.REGISTRY).get(0).send();
      Artifact staged = crates.get(0);
      Artifact other = new Artifact(Kind.CRATE, staged.path(), staged.platform(), new Digests(staged.size(), "0".repeat(64), staged.sha512()));
      crates = List.of(other);
      assertThat(channel(registry).acts(Leg.REGISTRY).get(0).holding())
          .isEqualTo(Holding.other("sha256 " + staged.sha256()));
    }
  }

  @Test
  void refusesAListOfPackagesThatLeavesAStagedCrateOut() throws IOException {
    try (CratesRegistry registry = CratesRegistry.open(directory.resolve("registry"), Accounts.of("token-of-the-test"))) {
      assertThat(channel(registry, "flare", "flare-nativ").preflight().findings())
          .filteredOn(Finding::blocks)
          .extracting(Finding::what)
          .satisfiesExactly(
              named -> assertThat(named).contains("'flare-nativ'", "no crate of that name is staged"),
              leftOut -> assertThat(leftOut).contains("'flare-native'", "would not be published"));
      assertThat(channel(registry).preflight().findings()).noneMatch(Finding::blocks);
    }
  }

  @Test
  void seesOtherBytesBeforeAnythingIsSent() throws IOException {
    try (CratesRegistry registry = CratesRegistry.open(directory.resolve("registry"), Accounts.of("token-of-the-test"))) {
      write("native/src/lib.rs", "pub use flare::version as v;\n");
      run("git", "-c", "user.name=M", "-c", "user.email=m@example.org", "commit", "-q", "-a", "-m", "Another commit");
      assertThat(channel(registry).preflight().findings())
          .filteredOn(Finding::blocks)
          .extracting(Finding::what)
          .satisfiesExactly(
              first -> assertThat(first).contains("other bytes of flare-1.2.0.crate"), // each crate names its commit
              second -> assertThat(second).contains("other bytes of flare-native-1.2.0.crate"));
    }
  }

  @Test
  void tellsAKnownTokenFromARevokedOneThoughBothAreAnsweredAlike() throws IOException {
    crates = List.of();
    try (CratesRegistry registry = CratesRegistry.open(directory.resolve("registry"), Accounts.of("another-token"))) {
      assertThat(channel(registry, Map.of()).preflight().findings())
          .singleElement()
          .satisfies(f -> assertThat(f.blocks()).isTrue())
          .satisfies(f -> assertThat(f.toString()).contains("wrong, expired or revoked").doesNotContain("token-of-the-test"));
      assertThat(registry.requests()).extracting(Logged::status).containsExactly(403);
    }
    try (CratesRegistry registry = CratesRegistry.open(directory.resolve("good"), Accounts.of("token-of-the-test"))) {
      assertThat(channel(registry, Map.of()).preflight().findings()).singleElement().satisfies(f -> assertThat(f.blocks()).isFalse());
      assertThat(channel(registry, Map.of("unproven", "refuse")).preflight().findings()).singleElement().satisfies(f -> assertThat(f.blocks()).isTrue());
      assertThat(registry.requests()).extracting(Logged::status).containsExactly(403, 403);
    }
  }

  @Test
  void asksWhoOwnsTheName() throws IOException {
    Path state = directory.resolve("registry");
    Accounts accounts = Accounts.of("token-of-the-test").plus("theirs", "somebody");
    try (CratesRegistry registry = CratesRegistry.open(state, accounts)) {
      channel(registry, Map.of(), "theirs").acts(Leg.REGISTRY).get(0).send();
      crates = crates.subList(0, 1);
      assertThat(channel(registry, Map.of("owner", "maintainer")).preflight().findings())
          .anySatisfy(f -> assertThat(f.toString()).contains("maintainer is no owner of the crate flare", "somebody"))
          .anyMatch(Finding::blocks);
      assertThat(channel(registry, Map.of("owner", "Somebody")).preflight().findings()).noneMatch(Finding::blocks).hasSize(1);
      assertThat(channel(registry, Map.of()).preflight().findings()).noneMatch(Finding::blocks).anyMatch(f -> f.what().contains("who are: somebody"));
    }
  }

  private CratesChannel channel(CratesRegistry registry, Map<String, String> settings) {
    return channel(registry, settings, "token-of-the-test");
  }

  private CratesChannel channel(CratesRegistry registry) {
    return channel(registry, "flare", "flare-native");
  }

  private CratesChannel channel(CratesRegistry registry, String... packages) {
    return channel(registry, new ChannelPlan("crates.io", "official", List.of(packages), Optional.of("flare --version"), Map.of()), "token-of-the-test");
  }

  private CratesChannel channel(CratesRegistry registry, Map<String, String> settings, String token) {
    return channel(registry, new ChannelPlan("crates.io", "official", List.of(), Optional.of("flare --version"), settings), token);
  }

  private CratesChannel channel(CratesRegistry registry, ChannelPlan plan, String token) {
    return new CratesChannel(
        Benches.of(directory, checkout, plan, "1.2.0", crates, Map.of()), plan, new Endpoint(registry.base(), registry.index(), new Secret(token)));
  }

  private Artifact crate(String name) throws IOException {
    Path file = checkout.resolve("target/package/" + name + "-1.2.0.crate");
    return new Artifact(Kind.CRATE, file, Optional.empty(), Digests.of(file));
  }

  private void write(String file, String text) throws IOException {
    Path path = checkout.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void run(String... argv) {
    Exit exit = processes.run(Command.of(checkout, new ArrayList<>(List.of(argv))).inheriting());
    assertThat(exit.ok()).as(exit.err()).isTrue();
  }
}
