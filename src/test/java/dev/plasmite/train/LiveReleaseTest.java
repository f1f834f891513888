package dev.plasmite.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.client.Surroundings;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import dev.plasmite.gate.Verdict;
import dev.plasmite.sandbox.loopback.Fault;
import dev.plasmite.sandbox.loopback.Faults;
import dev.plasmite.sandbox.loopback.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The whole train in live mode, with real clients, against services on this machine that demand a secret each. */
@Timeout(1800)
class LiveReleaseTest {

  @TempDir Path temp;

  @Test
  @EnabledOnOs(OS.LINUX) // processes are watched in /proc
  void publishesWithTheCredentialsThatAreSetUpAndShowsNone() throws Exception {
    try (OutsideWorld world = new OutsideWorld(temp).configured();
        Hostile hostile = new Hostile(temp.resolve("hostile"))) {
      ReleasePlan plan = world.plan(Mode.LIVE, world.channels());
      world.built(Mode.LIVE).measured(plan);
      TrainMain.describe(temp, world.channels(), world.servers());
      // Of the clients' configuration the places and credentials count, and nothing that runs a program.
      hostile.programsIn(world.home).placesIn(temp).programsIn(temp);
      Map<String, String> environment = new HashMap<>(world.environment());
      environment.putAll(hostile.programs());

      // Refused at first by every service, which repeats what it was shown; only reads were sent.
      world.faults.set(request -> request.header("Authorization").isPresent() ? OutsideWorld.echo(request, 403) : Fault.NONE);
      List<StageName> before = List.of(StageName.values()).subList(0, StageName.PUBLISH.ordinal());
      try (ProcessWatch watch = new ProcessWatch()) {
        String refused = world.process(environment, Mode.LIVE, StageName.VERIFY_CANDIDATE, StageName.STAGE_ARTIFACTS);
        assertThat(refused).contains("GitHub answered 403").doesNotContain("VERIFY_CANDIDATE PASSED");
        world.faults.set(Faults.NONE);
        String gates = world.process(environment, Mode.LIVE, before.toArray(StageName[]::new));
        assertThat(gates).contains("PROVENANCE PASSED");
        world.faults.set(
            request ->
                request.header("Authorization").isPresent() && request.rawPath().matches(".*/(me|-/whoami|releases.*)")
                    ? OutsideWorld.echo(request, 500) : Fault.NONE);
        String unsure = world.process(environment, Mode.LIVE, StageName.PUBLISH);
        assertThat(unsure).contains("PUBLISH INCONCLUSIVE").contains("status 500 when asked whose the token is", "you sent");
        assertThat(world.changes()).isEmpty();

        // What is sent is answered with what was shown, whether it was done or not.
        world.faults.set(writes(request -> OutsideWorld.echo(request, 400), request -> OutsideWorld.echo(request, 500)));
        String refusedWrites = world.process(environment, Mode.LIVE, StageName.PUBLISH);
        assertThat(refusedWrites).contains("PUBLISH FAILED").contains(
            "could not publish lamp-1.2.0.crate to crates.io", "could not publish lamp-cli-1.2.0.tgz to npm",
            "could not publish lamp-1.2.0-py3-none-any.whl to PyPI");
        assertThat(refusedWrites).containsPattern("you sent (Bearer |Basic )?\\*\\*\\*");
        world.faults.set(writes(request -> OutsideWorld.echoAfter(request, 500), request -> OutsideWorld.echo(request, 500)));
        String half = world.process(world.withTwinesFile(environment), Mode.LIVE, StageName.PUBLISH);
        assertThat(half).contains("PUBLISH FAILED").contains("could not publish the GitHub release v1.2.0").doesNotContain("could not publish lamp");
        world.faults.set(writes(request -> OutsideWorld.echoAfter(request, 500), request -> OutsideWorld.echoAfter(request, 500)));
        String published = world.process(environment, Mode.LIVE, StageName.PUBLISH, StageName.VERIFY_DELIVERY);
        assertThat(published).contains("PUBLISH PASSED").contains("VERIFY_DELIVERY PASSED");
        Canaries.hidden(
            world, refused + gates + unsure + refusedWrites + half + published, watch,
            temp.resolve("settings.json"), temp.resolve("upload.zip"), temp.resolve("hostile"));
        assertThat(watch.seen()).anyMatch(p -> p.argv().contains("publish")).anyMatch(p -> p.argv().contains("twine"));
        assertThat(hostile.used()).isEmpty();
        world.faults.set(Faults.NONE);
      }
      String sent = String.join("\n", world.changes());
      assertThat(sent).contains("crates PUT", "npm PUT", "pypi POST", "github PATCH", "git POST /tap.git/git-receive-pack");
      assertThat(world.git(temp.resolve("services/git/tap.git"), "log", "-1", "--format=%s")).startsWith("lamp 1.2.0");

      StageResult again = world.train(plan, world.around(), line -> {}).run(StageName.PUBLISH);
      assertThat(again.verdict()).isEqualTo(Verdict.PASSED);
      assertThat(again.proof()).containsEntry("sent", "0");
      assertThat(String.join("\n", world.changes())).as("a second run sends nothing").isEqualTo(sent);
      credentialsThatAreOver(world, plan);
      assertThat(String.join("\n", world.changes())).isEqualTo(sent);
      forged(world, plan);
      assertThat(String.join("\n", world.changes())).isEqualTo(sent);
    }
  }

  /** The next writes to the registries and to GitHub's release, each with its fault. */
  private static Faults writes(Function<Request, Fault> registries, Function<Request, Fault> publication) {
    return request ->
        switch (request.method()) {
          case "GET", "HEAD" -> Fault.NONE;
          case "PATCH" -> publication.apply(request);
          default -> request.rawPath().contains("/repos/") ? OutsideWorld.echoAfter(request, 500) : registries.apply(request);
        };
  }

  /** Nothing is left to send, so that neither credentials that are over nor none at all stop a publish. */
  private static void credentialsThatAreOver(OutsideWorld world, ReleasePlan plan) throws IOException {
    Map<String, String> without = new HashMap<>(world.environment());
    List.of("TWINE_PASSWORD", "GITHUB_TOKEN").forEach(without::remove);
    Path elsewhere = Files.createDirectories(world.directory.resolve("nobody"));
    Files.writeString(elsewhere.resolve(".npmrc"), "registry=" + world.npm.base() + "/\n"); // the place alone
    world.faults.set(request -> request.header("Authorization").isPresent() ? Fault.before(401) : Fault.NONE);
    for (Surroundings around : List.of(world.around(), new Surroundings(without, elsewhere, Map.of()))) {
      StageResult result = world.train(plan, around, line -> {}).run(StageName.PUBLISH);
      assertThat(result.verdict()).as(String.valueOf(result.findings())).isEqualTo(Verdict.PASSED);
      assertThat(result.findings()).extracting(Finding::what).filteredOn(what -> what.contains("has all of this release already"))
          .extracting(what -> what.replaceFirst(" has all .*", "")).contains("crates.io", "npm", "GitHub Releases");
    }
    world.faults.set(Faults.NONE);
  }

  /** What is no receipt of these gates for this commit, version, mode and configuration is none. */
  private void forged(OutsideWorld world, ReleasePlan plan) throws IOException {
    assertThat(refusal(world, plan, world.channels().subList(0, 1))).contains("verify-candidate has no receipt", "provenance has no receipt", "configuration");
    assertThat(refusal(world, world.plan(Mode.REHEARSAL, world.channels()), world.channels())).contains("provenance has no receipt");
    world.git(world.repository, "commit", "-q", "--allow-empty", "-m", "another");
    assertThat(refusal(world, plan, world.channels())).contains("provenance has no receipt for this commit");
    world.git(world.repository, "reset", "-q", "--hard", "HEAD~1");

    Path ledger = world.repository.resolve(".git/plasmite/v1.2.0-live/ledger.jsonl");
    List<String> good = Files.readAllLines(ledger);
    List<String> edited = new ArrayList<>(good);
    edited.set(1, edited.get(1).replace("\"at\":\"2", "\"at\":\"3"));
    Files.write(ledger, edited);
    assertThat(refusal(world, plan, world.channels())).contains("the ledger was edited or damaged: line 2");
    edited = new ArrayList<>(good);
    edited.remove(2);
    Files.write(ledger, edited);
    assertThat(refusal(world, plan, world.channels())).contains("the ledger was edited or damaged: line 3");

    // Without a ledger, only evidence in the notes can speak for the performance gate; edited, it does not.
    try (var files = Files.list(ledger.getParent())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
    world.git(world.repository, "notes", "--ref=plasmite", "add", "-f", "-m",
        world.git(world.repository, "notes", "--ref=plasmite", "show", "HEAD").strip().replace("\"host\":\"test\"", "\"host\":\"tset\""), "HEAD");
    assertThat(refusal(world, plan, world.channels())).contains("perf-gate has no receipt", "verify-candidate has no receipt");
  }

  private static String refusal(OutsideWorld world, ReleasePlan plan, List<ChannelPlan> channels) throws IOException {
    ReleasePlan asked = world.plan(plan.mode(), channels);
    try {
      StageResult result = world.train(asked, world.around(), line -> {}).run(StageName.PUBLISH);
      assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
      return String.join("\n", result.findings().stream().map(Finding::toString).toList());
    } catch (dev.plasmite.gate.Refusal e) {
      return e.getMessage();
    }
  }

  @Test
  void tellsEveryMissingCredentialAtOnceAndWhereToPutIt() throws Exception {
    try (OutsideWorld world = new OutsideWorld(temp)) {
      List<ChannelPlan> channels = new ArrayList<>(world.channels());
      channels.set(1, OutsideWorld.channel("npm", Map.of("endpoint", world.npm.base() + "/"), "lamp"));
      ReleasePlan plan = world.plan(Mode.LIVE, channels);
      world.built(Mode.LIVE).measured(plan);
      for (StageName stage : List.of(StageName.values()).subList(0, StageName.PUBLISH.ordinal())) {
        world.train(plan, world.around(), line -> {}).run(stage);
      }
      Map<String, String> without = new HashMap<>(world.environment());
      without.remove("TWINE_PASSWORD");
      StageResult result = world.train(plan, new Surroundings(without, world.home, Map.of()), line -> {}).run(StageName.PUBLISH);
      assertThat(result.findings()).filteredOn(Finding::blocks).extracting(Finding::toString).satisfiesExactly(
          crates -> assertThat(crates).contains("there is no credential for crates.io", "CARGO_REGISTRY_TOKEN", "cargo login", "<server>"),
          npm -> assertThat(npm).contains("there is no credential for npm", "NODE_AUTH_TOKEN", "npm login", "<server>"),
          pypi -> assertThat(pypi).contains("there is no credential for PyPI", "TWINE_PASSWORD", ".pypirc", "<server>"),
          tap -> assertThat(tap).contains("Homebrew", "no server 'tap-of-settings'", "settings.xml"));
      assertThat(world.changes()).isEmpty();
    }
  }
}
