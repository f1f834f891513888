package dev.plasmite.train;

import dev.plasmite.gate.CandidatePlan;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.ProvenancePlan;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import dev.plasmite.gate.StagingPlan.Kind;
import dev.plasmite.mojo.config.Configuration;
import dev.plasmite.staging.Plans;
import dev.plasmite.version.SemVer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A process of its own that runs stages of a rehearsal, so that it has the environment that the test gives it. */
final class RehearsalMain {

  private RehearsalMain() {}

  /**
   * @param args directory of the test; then the stages to run
   */
  public static void main(String[] args) {
    Path directory = Path.of(args[0]);
    Configuration defaults = new Configuration();
    ReleasePlan plan =
        new ReleasePlan(
            directory.resolve("repository"),
            SemVer.parse("1.2.0"),
            Mode.REHEARSAL,
            Optional.empty(),
            defaults.lockstep(null),
            new CandidatePlan(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("lantern-demo/lantern")),
            defaults.perf(null),
            Plans.staging(List.of(), Plans.rule(Kind.CRATE, "lantern-{version}.crate")),
            List.of(),
            Map.of(),
            new ReleasePlan.Directories(
                directory.resolve("artifacts"), directory.resolve("evidence"), directory.resolve("sandbox")),
            new ProvenancePlan(
                Optional.of("v1.2.0"), OptionalLong.empty(), Optional.empty(),
                Optional.of(directory.resolve("trusted_root.json")), Optional.of(".github/workflows/build.yml"),
                Optional.empty(), Optional.empty()));
    Invocation invocation = new Invocation("mvn", "unknown", "unknown", List.of(), false);
    for (int i = 1; i < args.length; i++) {
      try {
        StageResult result = new Train(plan, invocation, line -> {}).run(StageName.valueOf(args[i]));
        System.out.println(args[i] + " " + result.verdict() + " " + result.proof());
        result.findings().stream().map(Finding::toString).forEach(System.out::println);
      } catch (OutsideFailure e) {
        System.out.println(args[i] + " OUTSIDE " + e.getMessage());
      }
    }
  }
}
