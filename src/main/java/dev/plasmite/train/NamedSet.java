package dev.plasmite.train;

import dev.plasmite.artifact.Digests;
import dev.plasmite.artifact.ReleaseManifest;
import dev.plasmite.artifact.StagedSet;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Progress;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.Stage;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import dev.plasmite.staging.StageArtifacts;
import dev.plasmite.version.SemVer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code stage-artifacts} where a directory of artifacts was named to be proven: it is taken as it lies there. Nothing is
 * built, moved or written, whatever lies there; who signed it is for provenance to prove.
 *
 * @param directory the artifacts
 * @param version that is to be released
 */
record NamedSet(Path directory, SemVer version, Progress progress) implements Stage {

  @Override
  public StageName name() {
    return StageName.STAGE_ARTIFACTS;
  }

  @Override
  public String purpose() {
    return "take the artifacts of a directory as they lie there";
  }

  @Override
  public StageResult run(Receipts earlier) {
    StagedSet set = new StagedSet(directory);
    if (set.absent()) {
      throw new Refusal(
          Finding.of("there are no artifacts, and none are built into a directory that is to be proven")
              .at(Place.file(directory.toString()))
              .remedy("name the artifacts' directory: -Dplasmite.artifacts=DIR; or leave -Dplasmite.releaseTag away to stage there"));
    }
    ReleaseManifest manifest = set.verifyUnsigned();
    List<Finding> findings = new ArrayList<>();
    if (!manifest.version().equals(version)) {
      findings.add(
          Finding.of("it is of " + manifest.tag() + ", the release is " + version.tag())
              .at(Place.file(ReleaseManifest.FILE))
              .remedy("take the artifacts of " + version.tag()));
    }
    progress.line("nothing is built here: " + manifest.artifacts().size() + " artifacts lie in " + directory);
    return StageResult.of(
        findings,
        findings.isEmpty()
            ? Map.of(
                StageArtifacts.MANIFEST_SHA256, Digests.sha256(manifest.json()),
                "artifacts", Integer.toString(manifest.artifacts().size()),
                "built", "not here: found in a directory")
            : Map.of());
  }
}
