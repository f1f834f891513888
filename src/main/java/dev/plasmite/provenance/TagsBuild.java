package dev.plasmite.provenance;

import dev.plasmite.artifact.BuildRun;
import dev.plasmite.artifact.Digests;
import dev.plasmite.artifact.ReleaseManifest;
import dev.plasmite.artifact.StagedSet;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Progress;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.Stage;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import dev.plasmite.github.GitHubBuilds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The two stages where GitHub's build run has done the work: {@code stage-artifacts} takes what that run staged and builds
 * nothing, {@code provenance} proves that it is of the tag.
 */
public final class TagsBuild {

  /** Proof: that the build run was named by hand, and which. */
  public static final String RECOVERY = "recovery";

  private final ReleasePlan plan;
  private final Path repository;
  private final GitHubBuilds github;
  private final String fullName;
  private final Path directory;
  private final Progress progress;

  /**
   * The stages of one release.
   *
   * @param repository the clone in which the release tag is
   * @param github GitHub
   * @param fullName {@code owner/name}
   * @param directory where downloads are kept, made for its owner alone; nothing else may be in it
   */
  public TagsBuild(
      ReleasePlan plan, Path repository, GitHubBuilds github, String fullName, Path directory, Progress progress) {
    this.plan = plan;
    this.repository = repository;
    this.github = github;
    this.fullName = fullName;
    this.directory = directory;
    this.progress = progress;
  }

  /** Takes the set of the build run. */
  public Stage staged() {
    return new Part(StageName.STAGE_ARTIFACTS, "take what the build run of this tag staged", this::stage);
  }

  /** Proves the set of the build run. */
  public Stage proven() {
    return new Part(StageName.PROVENANCE, "prove that the artifacts are what the build run of this tag built", this::prove);
  }

  /**
   * The set as provenance has proven it, read again from the disk.
   *
   * @throws Refusal when it is another one
   */
  public ReleaseManifest provenSet(Receipts earlier) {
    ReleaseManifest manifest = new StagedSet(RunDownload.set(directory)).verifyUnsigned();
    Optional<String> proven = earlier.proof(StageName.PROVENANCE, Provenance.MANIFEST_SHA256);
    if (!proven.equals(Optional.of(Digests.sha256(manifest.json())))) {
      throw new Refusal(
          Finding.of("what is in " + RunDownload.set(directory) + " is another set than provenance has proven")
              .remedy("prove it again: type the phase provenance"));
    }
    return manifest;
  }

  /** What is wrong with the tag now, when it no longer pins the commit that provenance has proven. */
  public List<Finding> moved(Receipts earlier) {
    return earlier
        .proof(StageName.PROVENANCE, "commit")
        .map(commit -> new TagPin(github, fullName, plan.tag()).moved(commit))
        .orElseGet(
            () ->
                List.of(
                    Finding.of("provenance has proven no commit of " + plan.tag())
                        .remedy("prove it: type the phase provenance")));
  }

  private StageResult stage(Receipts earlier) {
    BuildRun run = run();
    ReleaseManifest manifest = new StagedSet(fetch(run)).verifyUnsigned();
    List<Finding> findings = new ArrayList<>(manifest.run().differences(run, Place.file(ReleaseManifest.FILE)));
    if (!manifest.version().equals(plan.version())) {
      findings.add(
          Finding.of("it is of " + manifest.tag() + ", the release is " + plan.tag())
              .at(Place.file(ReleaseManifest.FILE))
              .remedy("take the artifacts of " + plan.tag()));
    }
    Map<String, String> proof = new TreeMap<>();
    proof.put(Provenance.MANIFEST_SHA256, Digests.sha256(manifest.json()));
    proof.put("artifacts", Integer.toString(manifest.artifacts().size()));
    proof.put("built", "not here: by " + run.shown());
    progress.line("nothing is built here: " + manifest.artifacts().size() + " artifacts of " + run.shown());
    return StageResult.of(findings, findings.isEmpty() ? proof : Map.of());
  }

  private StageResult prove(Receipts earlier) {
    BuildRun run = run();
    Path set = fetch(run);
    StageResult result =
        new Provenance(
                plan, set, repository, ExpectedRun.of(run), new AttestedPapers(github, run, plan.provenance().trustedRoot()), progress)
            .run(earlier);
    if (plan.provenance().buildRun().isEmpty()) {
      return result;
    }
    String recovery = "the build run was named by hand: " + run.shown();
    List<Finding> findings = new ArrayList<>(result.findings());
    findings.add(Finding.warning(recovery));
    Map<String, String> proof = new TreeMap<>(result.proof());
    if (!proof.isEmpty()) {
      proof.put(RECOVERY, recovery);
    }
    return StageResult.of(findings, proof);
  }

  private BuildRun run() {
    String commit = new TagPin(github, fullName, plan.tag()).commit();
    return new BuildRuns(github, fullName, plan.provenance()).of(plan.tag(), commit);
  }

  private Path fetch(BuildRun run) {
    return new RunDownload(github, directory, progress).fetch(run, plan.provenance().artifact());
  }

  /** One of the two. */
  private record Part(StageName name, String purpose, java.util.function.Function<Receipts, StageResult> work)
      implements Stage {

    @Override
    public StageResult run(Receipts earlier) {
      return work.apply(earlier);
    }
  }
}
