package dev.plasmite.candidate;

import dev.plasmite.gate.CandidatePlan;
import dev.plasmite.gate.LockstepPlan;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.PerfPlan;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StagingPlan;
import dev.plasmite.version.SemVer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Release plans for tests of this room; what other rooms read is empty. */
final class Plans {

  private Plans() {}

  static ReleasePlan of(Path repository, String version, Mode mode, CandidatePlan candidate) {
    return new ReleasePlan(
        repository,
        SemVer.parse(version),
        mode,
        Optional.empty(),
        LockstepPlan.discovered(),
        candidate,
        new PerfPlan(List.of(), Optional.empty(), "plasmite", Optional.empty(), 0.1, List.of(), 0, Duration.ofMinutes(1)),
        new StagingPlan(List.of(), List.of(), Optional.empty(), Duration.ofMinutes(1)),
        List.of(),
        Map.of(),
        new ReleasePlan.Directories(repository, repository, repository));
  }
}
