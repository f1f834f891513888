package dev.plasmite.staging;

import dev.plasmite.artifact.Artifact;
import dev.plasmite.artifact.BuildRun;
import dev.plasmite.artifact.Digests;
import dev.plasmite.artifact.LocalKey;
import dev.plasmite.artifact.ReleaseManifest;
import dev.plasmite.artifact.StagedSet;
import dev.plasmite.artifact.Targets;
import dev.plasmite.artifact.Unpacker;
import dev.plasmite.client.Command;
import dev.plasmite.client.CommandLine;
import dev.plasmite.client.Exit;
import dev.plasmite.client.Processes;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Progress;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.Stage;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import dev.plasmite.gate.StagingPlan.ArtifactRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Builds what is to be shipped, once, and collects it with its papers in the artifacts directory. A complete, valid set
 * that is there already for this version and commit is taken as it is: every rerun ships the same bytes.
 */
public final class StageArtifacts implements Stage {

  /** Proof: hex sha256 of the release manifest. */
  public static final String MANIFEST_SHA256 = "releaseManifestSha256";

  private final ReleasePlan plan;
  private final Path checkout;
  private final BuildRun run;
  private final Map<String, String> environment;
  private final Processes processes;
  private final Path signingKey;
  private final Progress progress;

  /**
   * The stage for one checkout.
   *
   * @param checkout the candidate's work tree, in which the build commands run
   * @param run the build run that this is
   * @param environment all that the build commands and clients find in their environment, with a PATH
   * @param signingKey where the local signing key is or will be made; its public half lies beside it
   *     ({@link LocalKey#publicKeyOf})
   */
  public StageArtifacts(
      ReleasePlan plan,
      Path checkout,
      BuildRun run,
      Map<String, String> environment,
      Processes processes,
      Path signingKey,
      Progress progress) {
    this.plan = plan;
    this.checkout = checkout.toAbsolutePath().normalize();
    this.run = run;
    this.environment = Map.copyOf(environment);
    this.processes = processes;
    this.signingKey = signingKey;
    this.progress = progress;
  }

  @Override
  public StageName name() {
    return StageName.STAGE_ARTIFACTS;
  }

  @Override
  public String purpose() {
    return "build the artifacts once, look inside each, and write their digests and provenance";
  }

  @Override
  public StageResult run(Receipts earlier) {
    Collector collector = new Collector(checkout, plan.version());
    Optional<Targets> targets = check(collector);
    StagedSet set = new StagedSet(plan.directories().artifacts());
    if (!set.absent()) {
      Optional<ReleaseManifest> kept = new ExistingSet(plan, run, progress).take(signingKey);
      if (kept.isPresent()) {
        return result(kept.get());
      }
    }
    CheckoutState state = new CheckoutState(checkout);
    demand(state.differences(run.commit(), "before the build"));
    LocalKey key = LocalKey.at(signingKey);
    build();
    demand(state.differences(run.commit(), "after the build"));
    List<Collector.Found> found = collector.collect(plan.staging().artifacts());
    Path fresh = SetSwap.fresh(plan.directories().artifacts());
    boolean done = false;
    try {
      List<Artifact> artifacts = new ArtifactIntake(plan, checkout, targets, environment, processes, progress).take(found, fresh);
      ReleaseManifest manifest = new ReleaseManifest(plan.version(), run, artifacts);
      StagedSet made = new StagedSet(fresh);
      made.writePapers(manifest, key);
      made.verifyWritten(key.publicKey());
      SetSwap.publish(fresh, plan.directories().artifacts());
      done = true;
      progress.line(
          "staged " + artifacts.size() + " artifacts, " + Bytes.shown(manifest.bytes()) + ", in "
              + plan.directories().artifacts());
      return result(manifest);
    } finally {
      if (!done) {
        Unpacker.delete(fresh);
      }
    }
  }

  /** All that can be known to be wrong before anything is built. */
  private Optional<Targets> check(Collector collector) {
    List<Finding> findings = new ArrayList<>(run.problems(Place.file("build run")));
    for (ArtifactRule rule : plan.staging().artifacts()) {
      collect(findings, () -> collector.glob(rule));
      if (rule.count() < 1) {
        findings.add(
            Finding.of("<count> is " + rule.count()).at(Place.file(rule.pattern())).remedy("give how many files it matches, from 1"));
      }
      if (rule.smoke().isPresent() && !SmokeTest.KINDS.contains(rule.kind())) {
        findings.add(
            Finding.of("<smoke> cannot be run for kind " + rule.kind().id() + " before it is installed")
                .at(Place.file(rule.pattern()))
                .remedy("set <smoke> on the artifact's channel; verify-delivery runs it there"));
      }
    }
    Targets targets = null;
    if (plan.staging().targets().isPresent()) {
      String file = plan.staging().targets().get();
      targets = collect(findings, () -> Targets.read(checkout.resolve(file), file));
      if (targets != null) {
        findings.addAll(new Distribution(targets, file).drift(checkout.resolve(Distribution.PATH)));
      }
    }
    demand(findings);
    return Optional.ofNullable(targets);
  }

  private void build() {
    for (String line : plan.staging().commands()) {
      List<String> argv = CommandLine.split(line);
      long start = System.nanoTime();
      Exit exit =
          processes.run(
              Command.of(checkout, argv).with(environment).within(plan.staging().commandTimeout()));
      if (!exit.ok()) {
        String why = exit.timedOut() ? "did not end within " + plan.staging().commandTimeout() : "ended with " + exit.code();
        throw new Refusal(
            Finding.of("build command " + why + ": " + line + "\n" + exit.tail(30))
                .at(Place.file("<staging><commands>"))
                .remedy("run it in " + checkout + " by hand"));
      }
      progress.line(String.format(Locale.ROOT, "built in %.1f s: %s", (System.nanoTime() - start) / 1e9, line));
    }
  }

  private static void demand(List<Finding> none) {
    if (!none.isEmpty()) {
      throw new Refusal(none);
    }
  }

  private static StageResult result(ReleaseManifest manifest) {
    return StageResult.of(
        List.of(),
        Map.of(
            MANIFEST_SHA256, Digests.sha256(manifest.json()),
            "artifacts", Integer.toString(manifest.artifacts().size()),
            "bytes", Long.toString(manifest.bytes())));
  }

  private static <T> T collect(List<Finding> findings, Supplier<T> check) {
    try {
      return check.get();
    } catch (Refusal e) {
      findings.addAll(e.findings());
      return null;
    }
  }
}
