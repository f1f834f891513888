package dev.plasmite.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.version.SemVer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReleasePlanTest {

  @Test
  void theConfigurationReadsTheSameWhereverTheRepositoryIsCheckedOut() {
    Path here = Path.of("checkouts", "one").toAbsolutePath();
    Path there = Path.of("elsewhere", "lantern").toAbsolutePath();
    assertThat(plan(here, here + "/tools/build.sh --fast").configuration())
        .isEqualTo(plan(there, there + "/tools/build.sh --fast").configuration())
        .contains("${repository}/tools/build.sh --fast");
  }

  @Test
  void anotherCommandIsAnotherConfiguration() {
    Path here = Path.of("checkouts", "one").toAbsolutePath();
    assertThat(plan(here, here + "/tools/build.sh --fast").configuration())
        .isNotEqualTo(plan(here, here + "/tools/build.sh").configuration());
  }

  private static ReleasePlan plan(Path repository, String command) {
    return new ReleasePlan(
        repository,
        SemVer.parse("1.0.0"),
        Mode.SANDBOX,
        Optional.empty(),
        LockstepPlan.discovered(),
        new CandidatePlan(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of(),
            new CandidatePlan.BlockerPlan("file", Optional.empty())),
        new PerfPlan(List.of(), Optional.empty(), "plasmite", Optional.empty(), 0.1, List.of(), 0, Duration.ofMinutes(1)),
        new StagingPlan(List.of(command), List.of(), Optional.empty(), Duration.ofMinutes(1)),
        List.of(),
        Map.of(),
        new ReleasePlan.Directories(repository, repository, repository));
  }
}
