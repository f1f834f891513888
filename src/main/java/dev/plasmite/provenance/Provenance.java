package dev.plasmite.provenance;

import dev.plasmite.artifact.ArchiveLimits;
import dev.plasmite.artifact.Artifact;
import dev.plasmite.artifact.ArtifactInspector;
import dev.plasmite.artifact.BuildRun;
import dev.plasmite.artifact.Digests;
import dev.plasmite.artifact.LocalKey;
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
import dev.plasmite.version.SemVer;
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

  private final Path artifacts;
  private final SemVer version;
  private final Path repository;
  private final BuildRun expected;
  private final Path publicKey;
  private final Progress progress;

  /**
   * The stage for one release.
   *
   * @param repository where the release tag is: a work tree or a bare repository
   * @param expected the build run that must have built the artifacts
   * @param publicKey PEM file of the key that must have signed the attestation
   */
  public Provenance(ReleasePlan plan, Path repository, BuildRun expected, Path publicKey, Progress progress) {
    this(plan.directories().artifacts(), plan.version(), repository, expected, publicKey, progress);
  }

  /** The same for a directory of artifacts alone. */
  public Provenance(
      Path artifacts, SemVer version, Path repository, BuildRun expected, Path publicKey, Progress progress) {
    this.artifacts = artifacts;
    this.version = version;
    this.repository = repository;
    this.expected = expected;
    this.publicKey = publicKey;
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
    List<Finding> findings = new ArrayList<>(expected.problems(Place.file("expected build run")));
    String commit = collect(findings, () -> TagCommit.of(repository, version.tag()));
    ReleaseManifest manifest =
        collect(findings, () -> new StagedSet(artifacts).verify(LocalKey.publicKey(publicKey)));
    if (manifest != null) {
      findings.addAll(identity(manifest, commit));
      findings.addAll(inside(manifest));
      earlier
          .proof(StageName.STAGE_ARTIFACTS, MANIFEST_SHA256)
          .filter(staged -> !staged.equals(Digests.sha256(manifest.json())))
          .ifPresent(
              staged ->
                  findings.add(
                      at(ReleaseManifest.FILE, "the set is not the one that stage-artifacts has proven: its manifest was "
                          + staged, "run stage-artifacts again")));
    }
    if (manifest == null || !findings.isEmpty()) {
      return StageResult.of(findings, Map.of());
    }
    Map<String, String> proof = proof(manifest);
    progress.line("proven: " + proof.get("proven"));
    progress.line("not proven: " + proof.get("notProven"));
    return StageResult.of(List.of(), proof);
  }

  private List<Finding> identity(ReleaseManifest manifest, String commit) {
    List<Finding> out = new ArrayList<>();
    if (!manifest.version().equals(version)) {
      out.add(
          at(ReleaseManifest.FILE, "it is of " + manifest.tag() + ", the release is " + version.tag(),
              "take the artifacts of " + version.tag()));
    }
    if (commit != null && !manifest.run().commit().equals(commit)) {
      out.add(
          at(ReleaseManifest.FILE, "it is of commit " + manifest.run().commit() + ", the tag " + version.tag()
              + " pins " + commit, "take the artifacts of the tag's build run, or find out who moved the tag"));
    }
    out.addAll(manifest.run().differences(expected, Place.file(ReleaseManifest.FILE)));
    return out;
  }

  private List<Finding> inside(ReleaseManifest manifest) {
    List<Finding> out = new ArrayList<>();
    ArtifactInspector inspector = new ArtifactInspector(ArchiveLimits.usual(), version);
    for (Artifact artifact : manifest.artifacts()) {
      out.addAll(inspector.inspect(artifact.kind(), artifact.path()).findings());
    }
    return out;
  }

  private Map<String, String> proof(ReleaseManifest manifest) {
    BuildRun run = manifest.run();
    Map<String, String> proof = new TreeMap<>();
    proof.put(MANIFEST_SHA256, Digests.sha256(manifest.json()));
    proof.put("artifacts", Integer.toString(manifest.artifacts().size()));
    proof.put("tag", manifest.tag());
    proof.put("commit", run.commit());
    proof.put("buildRun", run.shown());
    proof.put("attestation", "DSSE, in-toto Statement v1, SLSA provenance v1, local key "
        + LocalKey.id(LocalKey.publicKey(publicKey)));
    proof.put(
        "proven",
        "all " + manifest.artifacts().size() + " artifacts have the digests that the signed attestation, the release"
            + " manifest and the checksums file state; none is missing or extra; they are of " + run.shown()
            + ", whose commit " + run.commit() + " is the one that tag " + manifest.tag()
            + " pins; each says version " + version + " inside, where its format says one");
    proof.put(
        "notProven",
        "that the build run did what it says beyond the word of the local signing key: whoever can use that key can sign"
            + " other papers");
    return proof;
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
