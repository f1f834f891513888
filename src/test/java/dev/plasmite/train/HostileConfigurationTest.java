package dev.plasmite.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import dev.plasmite.git.GitRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The sandbox in a process of its own, around which everything that clients read is hostile. */
@Timeout(1800)
class HostileConfigurationTest {

  @TempDir Path temp;

  @Test
  @DisabledOnOs(OS.WINDOWS) // the hostile programs are shell scripts
  void nothingOfItRunsOrIsUsed() throws Exception {
    try (OutsideWorld world = new OutsideWorld(temp);
        Hostile hostile = new Hostile(temp.resolve("hostile"))) {
      // In the home, in the directory above the repository and the sandbox, and in the repository itself, where git does not see it.
      Files.writeString(world.repository.resolve(".git/info/exclude"), "*\n");
      for (Path place : List.of(world.home, temp, world.repository)) {
        hostile.placesIn(place).programsIn(place);
      }
      Files.writeString(temp.resolve("package.json"), "{\"name\": \"above\"}\n");
      Files.writeString(temp.resolve("Cargo.toml"), "[workspace]\nmembers = [\"nowhere\"]\n");

      List<ChannelPlan> channels = new ArrayList<>(world.channels());
      channels.set(2, OutsideWorld.channel("pypi", Map.of(), "lamp")); // on this machine a place of one's own would be used
      channels.remove(4); // the formula of this world points at services that the sandbox does not reach
      channels.add(OutsideWorld.channel("homebrew", Map.of("tap", "../services/git/tap-of-github.git", "formula", "Formula with spaces/lamp.rb"), "bin/lamp"));
      ReleasePlan plan = world.plan(Mode.SANDBOX, channels);
      TrainMain.describe(temp, channels, Map.of());
      try (GitRepository repository = GitRepository.open(world.repository);
          Ledger ledger = Ledger.open(LedgerHome.of(plan, repository), Clock.systemUTC())) {
        // Not measured here: that is another test's.
        ledger.append(Ledger.VERDICT, new Verdicts().write(StageName.PERF_GATE, StageResult.of(List.of(), Map.of()), Train.binding(plan, repository), 0));
      }
      Map<String, String> environment = new HashMap<>(world.environment());
      environment.remove("CI");
      environment.putAll(hostile.variables());
      String said =
          world.process(
              environment, Mode.SANDBOX, StageName.VERIFY_CANDIDATE, StageName.VERIFY_ALIGNMENT, StageName.STAGE_ARTIFACTS, StageName.PROVENANCE,
              StageName.PUBLISH, StageName.VERIFY_DELIVERY);
      assertThat(hostile.used()).as(said).isEmpty();
      assertThat(said).contains("VERIFY_CANDIDATE PASSED", "STAGE_ARTIFACTS PASSED", "PROVENANCE PASSED", "PUBLISH PASSED", "VERIFY_DELIVERY PASSED");
      assertThat(world.changes()).as("the services outside").isEmpty();
    }
  }
}
