package dev.plasmite.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plasmite.client.Command;
import dev.plasmite.client.Exit;
import dev.plasmite.client.Login;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import dev.plasmite.client.Secret;
import dev.plasmite.client.Surroundings;
import dev.plasmite.gate.CandidatePlan;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.ChannelReport;
import dev.plasmite.gate.ChannelReport.State;
import dev.plasmite.gate.ChannelReport.Trial;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import dev.plasmite.gate.StagingPlan.Kind;
import dev.plasmite.gate.Verdict;
import dev.plasmite.git.GitRepository;
import dev.plasmite.mojo.config.Configuration;
import dev.plasmite.sandbox.Clients;
import dev.plasmite.sandbox.OtherRegistry;
import dev.plasmite.staging.Plans;
import dev.plasmite.version.SemVer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole publish and delivery of the sandbox, all channels, with the real clients; npm's registry is Verdaccio and
 * Python's is pypiserver, which nobody of this project wrote.
 */
class OtherRegistriesTest {

  private static final String PASSWORD = "password-of-pypiserver";

  @TempDir Path directory;
  private final List<String> said = java.util.Collections.synchronizedList(new ArrayList<>());
  private Path repository;

  @BeforeEach
  void product() throws IOException {
    repository = Files.createDirectory(directory.resolve("beacon"));
    write("package.json", "{\"name\": \"@shore/beacon\", \"version\": \"0.2.0\", \"license\": \"MIT\", \"bin\": {\"beacon\": \"beacon.js\"}, \"files\": [\"beacon.js\"]}\n");
    write("beacon.js", "#!/usr/bin/env node\nconsole.log('beacon ' + require('./package.json').version)\n");
    write("Cargo.toml", "[package]\nname = \"beacon\"\nversion = \"0.2.0\"\nedition = \"2021\"\nlicense = \"MIT\"\ndescription = \"A beacon\"\nexclude = [\"*.js\", \"*.json\", \"*.py\"]\n");
    write("src/main.rs", "fn main() { println!(\"beacon {}\", env!(\"CARGO_PKG_VERSION\")); }\n");
    write("build.py", Files.readString(Path.of("src/test/resources/train/build.py")));
    write(".gitignore", "/target/\n/dist/\n*.tgz\n");
    write("CHANGELOG.md", "# Changelog\n\n## [0.2.0] - 2026-11-01\n\n- Says its version.\n");
    run(repository, "cargo", "generate-lockfile", "--offline");
    commit(repository, "beacon 0.2.0");
    Path tap = Files.createDirectory(directory.resolve("tap"));
    Files.writeString(tap.resolve("beacon.rb"),
        "class Beacon < Formula\n  desc \"A beacon\"\n  homepage \"https://github.com/shore/beacon\"\n"
            + "  url \"https://github.com/shore/beacon/releases/download/v0.1.0/beacon_0.1.0.tar.gz\"\n  sha256 \"" + "0".repeat(64) + "\"\n"
            + "  version \"0.1.0\"\n\n  def install\n    bin.install \"bin/beacon\"\n  end\nend\n");
    commit(tap, "beacon 0.1.0");
    run(directory, "git", "clone", "-q", "--bare", tap.toString(), "tap.git");
  }

  @Test
  void theWholePublishAndDeliveryRunAgainstVerdaccioAndPypiserver() throws Exception {
    try (OtherRegistry verdaccio = OtherRegistry.verdaccio(directory.resolve("verdaccio"));
        OtherRegistry pypiserver = OtherRegistry.pypiserver(directory.resolve("pypiserver"), "shore", PASSWORD)) {
      Map<String, Login> servers =
          Map.of("verdaccio", Login.token(verdaccio.login("shore")), "pypiserver", new Login("shore", new Secret(PASSWORD)));
      ReleasePlan plan = plan(verdaccio, pypiserver);
      gatesThatLookAtTheRepositoryAlone(plan);
      Train train = new Train(plan, new Invocation("mvn", "unknown", "unknown", List.of(), false), said::add, new Surroundings(System.getenv(), directory, servers));

      assertThat(train.run(StageName.STAGE_ARTIFACTS).findings()).isEmpty();
      assertThat(train.run(StageName.PROVENANCE).verdict()).isEqualTo(Verdict.PASSED);
      StageResult published = train.run(StageName.PUBLISH);
      assertThat(published.verdict()).as(String.join("\n", said)).isEqualTo(Verdict.PASSED);
      assertThat(published.channels()).hasSize(5).allMatch(channel -> channel.state() == State.PUBLISHED);
      StageResult delivered = train.run(StageName.VERIFY_DELIVERY);
      assertThat(delivered.verdict()).as(String.join("\n", said)).isEqualTo(Verdict.PASSED);
      assertThat(delivered.channels()).hasSize(5).allMatch(channel -> channel.state() == State.DELIVERED);
      assertThat(ran(delivered)).containsExactlyInAnyOrder("crates.io cargo", "npm npm", "npm pnpm", "PyPI pip", "PyPI uv", "GitHub Releases tarball", "Homebrew formula");
      // They were really there, and not in the sandbox's own registries.
      assertThat(directory.resolve("verdaccio/storage/@shore/beacon/beacon-0.2.0.tgz")).exists();
      assertThat(directory.resolve("pypiserver/packages/beacon-0.2.0-py3-none-any.whl")).exists();

      // Verdaccio answers a duplicate with 409, pypiserver refuses the same bytes again: neither is sent anything.
      StageResult again = train.run(StageName.PUBLISH);
      assertThat(again.verdict()).as(String.join("\n", said)).isEqualTo(Verdict.PASSED);
      assertThat(again.proof()).containsEntry("sent", "0");
      assertThat(status(plan).path("channels")).hasSize(5).allMatch(channel -> channel.path("state").asText().equals("delivered"));
      assertThat(String.join("\n", said)).doesNotContain(PASSWORD).doesNotContain(servers.get("verdaccio").secret().reveal());
    }
  }

  private static List<String> ran(StageResult delivered) {
    List<String> ran = new ArrayList<>();
    for (ChannelReport channel : delivered.channels()) {
      channel.trials().stream().filter(t -> t.result() == Trial.Result.RAN).forEach(t -> ran.add(channel.name() + " " + t.with()));
    }
    return ran;
  }

  private static JsonNode status(ReleasePlan plan) throws IOException {
    return new ObjectMapper().readTree(Status.of(plan, new Invocation("mvn", "unknown", "unknown", List.of(), false), Map.of(), true, Clock.systemUTC()).json());
  }

  private ReleasePlan plan(OtherRegistry verdaccio, OtherRegistry pypiserver) throws IOException {
    Configuration defaults = new Configuration();
    String base = pypiserver.base().toString();
    return new ReleasePlan(
        repository,
        SemVer.parse("0.2.0"),
        Mode.SANDBOX,
        Optional.empty(),
        defaults.lockstep(null),
        new CandidatePlan(Optional.empty(), Optional.of("CHANGELOG.md"), Optional.empty(), Optional.of("shore/beacon")),
        defaults.perf(null),
        Plans.staging(
            List.of("python3 build.py", "npm pack --ignore-scripts", "cargo package --offline --no-verify"),
            Plans.rule(Kind.CRATE, "target/package/beacon-{version}.crate"),
            Plans.rule(Kind.WHEEL, "dist/beacon-{version}-py3-none-any.whl"),
            Plans.rule(Kind.NPM, "shore-beacon-{version}.tgz"),
            Plans.rule(Kind.OTHER, "dist/beacon_{version}.tar.gz")),
        List.of(
            channel("crates.io", "beacon", Map.of()),
            channel("npm", "beacon", Map.of("endpoint", verdaccio.base().toString(), "server", "verdaccio")),
            channel("pypi", "beacon", Map.of("endpoint", base, "index", base + "simple/", "server", "pypiserver")),
            channel("github", "bin/beacon", Map.of()),
            channel("homebrew", "bin/beacon", Map.of("tap", directory.resolve("tap.git").toString(), "formula", "beacon.rb"))),
        Map.of("python", Clients.pythonWithTwine().toString(), "uv", Clients.uv().toString(), "pnpm", Clients.pnpm().toString()),
        new ReleasePlan.Directories(directory.resolve("artifacts"), directory.resolve("evidence"), directory.resolve("sandbox")));
  }

  private static ChannelPlan channel(String name, String program, Map<String, String> settings) {
    return new ChannelPlan(name, "official", List.of(), Optional.of(program + " --version"), settings);
  }

  /** What they say is no part of this test; publish demands their receipts all the same. */
  private static void gatesThatLookAtTheRepositoryAlone(ReleasePlan plan) {
    try (GitRepository git = GitRepository.open(plan.repository());
        Ledger ledger = Ledger.open(LedgerHome.of(plan, git), Clock.systemUTC())) {
      for (StageName gate : List.of(StageName.VERIFY_CANDIDATE, StageName.VERIFY_ALIGNMENT, StageName.PERF_GATE)) {
        ledger.append(Ledger.VERDICT, new Verdicts().write(gate, StageResult.of(List.of(), Map.of()), Train.binding(plan, git), 0));
      }
    }
  }

  private static void commit(Path directory, String message) {
    run(directory, "git", "init", "-q", "-b", "main");
    run(directory, "git", "add", "-A");
    run(directory, "git", "-c", "user.name=M", "-c", "user.email=m@example.org", "commit", "-q", "-m", message);
  }

  private void write(String file, String text) throws IOException {
    Path path = repository.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private static void run(Path directory, String... argv) {
    Exit exit = new Processes(Redactor.NONE).run(Command.of(directory, new ArrayList<>(List.of(argv))).inheriting());
    assertThat(exit.ok()).as(exit.err()).isTrue();
  }
}
