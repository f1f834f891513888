package dev.plasmite.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import dev.plasmite.gate.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole train in live mode, with real clients, against services on this machine. */
@Timeout(300)
class LiveReleaseTest {

  @TempDir Path temp;

  @Test
  void publishesWithTheCredentialsThatAreSetUp() throws Exception {
    try (OutsideWorld world = new OutsideWorld(temp).configured()) {
      ReleasePlan plan = world.plan(Mode.LIVE, world.channels());
      world.built(Mode.LIVE).measured(plan);
      List<String> lines = new ArrayList<>();
      for (StageName stage : StageName.values()) {
        long t = System.nanoTime();
        StageResult result = world.train(plan, world.around(), lines::add).run(stage);
        System.out.println(stage + " " + result.verdict() + " " + (System.nanoTime() - t) / 1e9);
        result.findings().forEach(f -> System.out.println("   " + f));
        assertThat(result.verdict()).as(result.findings().stream().map(Finding::toString).toList() + "\n" + lines).isEqualTo(Verdict.PASSED);
      }
      System.out.println(world.changes());
    }
  }
}
