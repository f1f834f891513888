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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The whole train in live mode, with real clients, against services on this machine that demand a secret each. */
@Timeout(1800) // far from what it takes, for a busy machine
class LiveReleaseTest {

  /** Which command may have which secret in its environment; the others are used by the train alone. */
  private static final Map<String, String> MAY_HAVE = Map.of("crates", "cargo publish", "npm", "npm publish", "pypi", "twine upload");

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
      world.faults.set(request -> request.header("Authorization").isPresent() ? OutsideWorld.echo(request, 403) : dev.plasmite.sandbox.loopback.Fault.NONE);
      List<StageName> before = List.of(StageName.values()).subList(0, StageName.PUBLISH.ordinal());
      try (ProcessWatch watch = new ProcessWatch()) {
        String refused = world.process(environment, Mode.LIVE, StageName.VERIFY_CANDIDATE, StageName.STAGE_ARTIFACTS);
        assertThat(refused).contains("GitHub answered 403").doesNotContain("VERIFY_CANDIDATE PASSED");
        world.faults.set(dev.plasmite.sandbox.loopback.Faults.NONE);
        String gates = world.process(environment, Mode.LIVE, before.toArray(StageName[]::new));
        assertThat(gates).contains("PROVENANCE PASSED");
        world.faults.set(
            request ->
                request.header("Authorization").isPresent() && request.rawPath().matches(".*/(me|-/whoami|releases.*)")
                    ? OutsideWorld.echo(request, 500) : dev.plasmite.sandbox.loopback.Fault.NONE);
        String unsure = world.process(environment, Mode.LIVE, StageName.PUBLISH);
        assertThat(unsure).contains("PUBLISH INCONCLUSIVE").contains("status 500 when asked whose the token is", "you sent");
        assertThat(world.changes()).isEmpty();
        world.faults.set(dev.plasmite.sandbox.loopback.Faults.NONE);

        String published = world.process(environment, Mode.LIVE, StageName.PUBLISH, StageName.VERIFY_DELIVERY);
        assertThat(published).contains("PUBLISH PASSED").contains("VERIFY_DELIVERY PASSED");
        hidden(world, refused + gates + unsure + published, watch);
        assertThat(hostile.used()).isEmpty();
      }
      String sent = String.join("\n", world.changes());
      assertThat(sent).contains("crates PUT", "npm PUT", "pypi POST", "github PATCH", "git POST /tap.git/git-receive-pack");
      assertThat(world.git(temp.resolve("services/git/tap.git"), "log", "-1", "--format=%s")).startsWith("lamp 1.2.0");

      StageResult again = world.train(plan, world.around(), line -> {}).run(StageName.PUBLISH);
      assertThat(again.verdict()).isEqualTo(Verdict.PASSED);
      assertThat(again.proof()).containsEntry("sent", "0");
      assertThat(String.join("\n", world.changes())).as("a second run sends nothing").isEqualTo(sent);
      forged(world, plan);
      assertThat(String.join("\n", world.changes())).isEqualTo(sent);
    }
  }

  /** No canary in any spelling: in what was said, in any file that is not where it belongs, in any argument; and few in environments. */
  private void hidden(OutsideWorld world, String said, ProcessWatch watch) throws IOException {
    assertThat(OutsideWorld.files(world.temporary)).as("temporary files that are left").isEmpty();
    List<Path> own = List.of(world.home, temp.resolve("services"), temp.resolve("settings.json"), temp.resolve("upload.zip"), temp.resolve("hostile"));
    for (Map.Entry<String, String> canary : OutsideWorld.CANARIES.entrySet()) {
      for (String spelling : OutsideWorld.spellings(canary.getValue())) {
        assertThat(said).as("what was said, of " + canary.getKey()).doesNotContain(spelling);
        for (Path file : OutsideWorld.files(temp)) {
          if (own.stream().noneMatch(file::startsWith)) {
            assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)).as(file.toString()).doesNotContain(spelling);
          }
        }
        for (ProcessWatch.Seen process : watch.seen()) {
          assertThat(process.argv()).doesNotContain(spelling);
        }
      }
      for (ProcessWatch.Seen process : watch.seen()) {
        // The JVM starts programs by one of its own, which has the JVM's environment until it becomes the program.
        boolean train = process.argv().contains(TrainMain.class.getName()) || process.argv().strip().lines().allMatch(line -> line.contains("jspawnhelper"));
        if (!train && process.environment().contains(canary.getValue())) {
          assertThat(watch.lineage(process)).as("who has the secret of " + canary.getKey()).containsPattern(
              MAY_HAVE.getOrDefault(canary.getKey(), "(nobody)").replace(" ", ".*"));
        }
      }
    }
    assertThat(watch.seen()).anyMatch(p -> p.argv().contains("publish")).anyMatch(p -> p.argv().contains("twine"));
    assertThat(watch.seen())
        .filteredOn(p -> !p.argv().contains(TrainMain.class.getName()) && !p.argv().contains("jspawnhelper"))
        .noneMatch(p -> p.environment().contains("decoySecretOfSomethingElse"));
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
