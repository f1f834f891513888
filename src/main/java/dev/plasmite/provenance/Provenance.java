package dev.plasmite.provenance;

import dev.plasmite.artifact.ArchiveLimits;
import dev.plasmite.artifact.ArtifactInspector;
import dev.plasmite.artifact.BuildRun;
import dev.plasmite.artifact.Declared;
import dev.plasmite.artifact.Digests;
import dev.plasmite.artifact.Parallel;
import dev.plasmite.artifact.Platform;
import dev.plasmite.artifact.ReleaseManifest;
import dev.plasmite.artifact.Targets;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Progress;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.Stage;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Reads the staged set again and proves of every file that it is the one which the build run of this tag, commit and
 * version built. What cannot be proven this way is said as plainly as what was.
 */
public final class Provenance implements Stage {

  /** Proof: hex sha256 of the release manifest; the same name as stage-artifacts gives it. */
  public static final String MANIFEST_SHA256 = "releaseManifestSha256";

  private final ReleasePlan plan;
  private final Path artifacts;
  private final Path repository;
  private final ExpectedRun expected;
  private final Papers papers;
  private final Progress progress;

  /**
   * The stage for one release.
   *
   * @param repository where the release tag is: a work tree or a bare repository
   * @param expected the build run that must have built the artifacts
   * @param publicKey PEM file of the key that must have signed the attestation
   */
  public Provenance(ReleasePlan plan, Path repository, BuildRun expected, Path publicKey, Progress progress) {
    this(plan, plan.directories().artifacts(), repository, ExpectedRun.of(expected), publicKey, progress);
  }

  /**
   * The same for a directory of artifacts, wherever it comes from.
   *
   * @param artifacts the directory
   * @param expected what is known of the build run
   */
  public Provenance(
      ReleasePlan plan, Path artifacts, Path repository, ExpectedRun expected, Path publicKey, Progress progress) {
    this(plan, artifacts, repository, expected, new LocalKeyPapers(publicKey), progress);
  }

  /** The same with another signature on the papers. */
  Provenance(
      ReleasePlan plan, Path artifacts, Path repository, ExpectedRun expected, Papers papers, Progress progress) {
    this.plan = plan;
    this.artifacts = artifacts;
    this.repository = repository;
    this.expected = expected;
    this.papers = papers;
    this.progress = progress;
  }

  @Override
  public StageName name() {
    return StageName.PROVENANCE;
  }

  @Override
  public String purpose() {
    return "prove that the artifacts are what the build run of this tag built";
  }

  @Override
  public StageResult run(Receipts earlier) {
    List<Finding> findings = new ArrayList<>();
    TaggedCommit tagged =
        collect(findings, () -> TaggedCommit.of(repository, plan.tag(), plan.staging().targets()));
    ReleaseManifest manifest =
        collect(findings, () -> papers.verify(artifacts));
    if (manifest != null) {
      findings.addAll(identity(manifest, tagged));
      findings.addAll(inside(manifest));
      findings.addAll(declared(manifest));
      if (tagged != null) {
        findings.addAll(complete(manifest, tagged));
      }
      earlier
          .proof(StageName.STAGE_ARTIFACTS, MANIFEST_SHA256)
          .filter(staged -> !staged.equals(Digests.sha256(manifest.json())))
          .ifPresent(
              staged ->
                  findings.add(
                      at(ReleaseManifest.FILE, "the set is not the one that stage-artifacts has proven: its manifest was "
                          + staged, "run stage-artifacts again")));
    }
    if (manifest == null || findings.stream().anyMatch(Finding::blocks)) {
      return StageResult.of(findings, Map.of());
    }
    Map<String, String> proof = proof(manifest);
    progress.line("proven: " + proof.get("proven"));
    progress.line("not proven: " + proof.get("notProven"));
    return StageResult.of(findings, proof);
  }

  private List<Finding> identity(ReleaseManifest manifest, TaggedCommit tagged) {
    List<Finding> out = new ArrayList<>();
    if (!manifest.version().equals(plan.version())) {
      out.add(
          at(ReleaseManifest.FILE, "it is of " + manifest.tag() + ", the release is " + plan.tag(),
              "take the artifacts of " + plan.tag()));
    }
    if (tagged != null && !manifest.run().commit().equals(tagged.commit())) {
      out.add(
          at(ReleaseManifest.FILE, "it is of commit " + manifest.run().commit() + ", the tag " + plan.tag()
              + " pins " + tagged.commit(), "take the artifacts of the tag's build run, or find out who moved the tag"));
    }
    out.addAll(expected.differences(manifest.run(), Place.file(ReleaseManifest.FILE)));
    return out;
  }

  private List<Finding> inside(ReleaseManifest manifest) {
    List<Finding> out = new ArrayList<>();
    ArtifactInspector inspector = new ArtifactInspector(ArchiveLimits.usual(), plan.version());
    Parallel.map(manifest.artifacts(), artifact -> inspector.inspect(artifact.kind(), artifact.path()).findings())
        .forEach(out::addAll);
    return out;
  }

  /** Nothing declared is missing, and nothing is there that nobody declared. */
  private List<Finding> declared(ReleaseManifest manifest) {
    return plan.staging().artifacts().isEmpty()
        ? List.of()
        : new Declared(plan.staging().artifacts(), plan.version()).differences(manifest.artifacts(), onePlatform());
  }

  /** The targets file is the one of the tagged commit, not one that lies around. */
  private List<Finding> complete(ReleaseManifest manifest, TaggedCommit tagged) {
    if (plan.staging().targets().isEmpty()) {
      return List.of();
    }
    String file = plan.staging().targets().get();
    if (tagged.file().isEmpty()) {
      return List.of(at(file, "the commit " + tagged.commit() + " has no such file", "correct <staging><targets>"));
    }
    List<Finding> out = new ArrayList<>();
    Targets targets = collect(out, () -> Targets.parse(tagged.file().get(), file));
    if (targets != null) {
      out.addAll(
          onePlatform()
              ? targets.incompleteOn(Platform.host().map(Platform::id).orElse("unknown"), manifest)
              : targets.incomplete(manifest));
    }
    return out;
  }

  /** In the sandbox only this machine's platform is built. */
  private boolean onePlatform() {
    return plan.mode() == Mode.SANDBOX;
  }

  private Map<String, String> proof(ReleaseManifest manifest) {
    BuildRun run = manifest.run();
    Map<String, String> proof = new TreeMap<>();
    proof.put(MANIFEST_SHA256, Digests.sha256(manifest.json()));
    proof.put("artifacts", Integer.toString(manifest.artifacts().size()));
    proof.put("tag", manifest.tag());
    proof.put("commit", run.commit());
    proof.put("buildRun", run.shown());
    proof.put("attestation", papers.shown());
    proof.put("proven", proven(manifest));
    proof.put("notProven", notProven());
    return proof;
  }

  private String proven(ReleaseManifest manifest) {
    boolean targets = plan.staging().targets().isPresent() && !onePlatform();
    return "all " + manifest.artifacts().size() + " artifacts have the digests that the signed attestation, the release"
        + " manifest and the checksums file state; none is missing or extra; they are of " + manifest.run().shown()
        + ", whose commit " + manifest.run().commit() + " is the one that tag " + manifest.tag() + " pins; each says version "
        + plan.version() + " inside, where its format says one"
        + plan.staging().targets().map(file -> (targets ? "; the set is complete for " : "; the set has all of this platform and nothing extra for ") + file).orElse("");
  }

  private String notProven() {
    List<String> out = new ArrayList<>();
    out.add(papers.open());
    if (!expected.open().isEmpty()) {
      out.add("the build run's " + expected.open() + ": the papers state them, nothing else was asked");
    }
    if (plan.staging().artifacts().isEmpty()) {
      out.add("that nothing is missing or extra: no <staging><artifacts> is configured to hold the set against");
    }
    if (plan.staging().targets().isEmpty() && !onePlatform() && !plan.staging().artifacts().isEmpty()) {
      out.add("that there are no more of a kind than the platforms add: no <targets> is configured to say which there are");
    }
    if (plan.staging().targets().isPresent() && onePlatform()) {
      out.add("that the set is complete for every platform of " + plan.staging().targets().get() + ": the sandbox builds for this platform only");
    }
    return String.join("; ", out);
  }

  private static Finding at(String file, String what, String remedy) {
    return Finding.of(what).at(Place.file(file)).remedy(remedy);
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
