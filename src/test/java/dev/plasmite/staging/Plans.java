package dev.plasmite.staging;

import dev.plasmite.gate.CandidatePlan;
import dev.plasmite.gate.LockstepPlan;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.PerfPlan;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StagingPlan;
import dev.plasmite.gate.StagingPlan.ArtifactRule;
import dev.plasmite.gate.StagingPlan.Kind;
import dev.plasmite.version.SemVer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans in which only staging counts. */
public final class Plans {

  private Plans() {}

  public static ReleasePlan of(Path root, String version, StagingPlan staging) {
    return new ReleasePlan(
        root.resolve("repository"),
        SemVer.parse(version),
        Mode.SANDBOX,
        Optional.empty(),
        (LockstepPlan) null,
        new CandidatePlan(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
        (PerfPlan) null,
        staging,
        List.of(),
        Map.of(),
        new ReleasePlan.Directories(root.resolve("artifacts"), root.resolve("evidence"), root.resolve("sandbox")));
  }

  /** The same plan for a live release with a targets file. */
  public static ReleasePlan live(ReleasePlan plan, String targets) {
    StagingPlan old = plan.staging();
    StagingPlan staging =
        new StagingPlan(old.commands(), old.artifacts(), Optional.of(targets), old.commandTimeout());
    return new ReleasePlan(
        plan.repository(), plan.version(), Mode.LIVE, plan.baseTag(), plan.lockstep(), plan.candidate(), plan.perf(),
        staging, plan.channels(), plan.clients(), plan.directories());
  }

  public static StagingPlan staging(List<String> commands, ArtifactRule... rules) {
    return new StagingPlan(commands, List.of(rules), Optional.empty(), Duration.ofMinutes(20));
  }

  public static ArtifactRule rule(Kind kind, String pattern) {
    return new ArtifactRule(kind, pattern, 1, Optional.empty(), Optional.empty());
  }

  public static ArtifactRule rule(Kind kind, String pattern, String smoke) {
    return new ArtifactRule(kind, pattern, 1, Optional.empty(), Optional.of(smoke));
  }
}
