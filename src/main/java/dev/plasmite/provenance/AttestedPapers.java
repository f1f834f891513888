package dev.plasmite.provenance;

import dev.plasmite.artifact.BuildRun;
import dev.plasmite.artifact.Checksums;
import dev.plasmite.artifact.Digests;
import dev.plasmite.artifact.ReleaseManifest;
import dev.plasmite.artifact.SmallFile;
import dev.plasmite.artifact.StagedSet;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import dev.plasmite.github.GitHubBuilds;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * GitHub's artifact attestations vouch: those that GitHub keeps for the artifacts' digests, and bundles that lie in the
 * set. Every artifact and the release manifest must be a subject of one that the expected run signed.
 *
 * @param github where attestations are asked for
 * @param run the build run of the tag
 * @param trustedRoot Sigstore's trusted root, a file; empty when none is configured
 */
record AttestedPapers(GitHubBuilds github, BuildRun run, Optional<Path> trustedRoot) implements Papers {

  @Override
  public ReleaseManifest verify(Path directory) {
    List<Finding> findings = new ArrayList<>();
    ReleaseManifest manifest = new StagedSet(directory).verifyUnsigned();
    findings.addAll(manifest.run().differences(run, Place.file(ReleaseManifest.FILE)));
    Map<String, String> artifacts = new TreeMap<>(Checksums.of(manifest.artifacts()).sha256());
    artifacts.put(ReleaseManifest.FILE, Digests.sha256(manifest.json()));
    if (trustedRoot.isEmpty()) {
      findings.add(
          Finding.of("no trusted root is configured, so that no attestation can be verified")
              .at(Place.file("<configuration><provenance><trustedRoot>"))
              .remedy("keep Sigstore's trusted_root.json in the repository (gh attestation trusted-root prints it) and name it"));
    } else {
      Map<String, byte[]> bundles = lying(directory);
      artifacts.values().stream().distinct().forEach(sha256 -> kept(sha256, bundles));
      findings.addAll(new SigstoreBundles(trustedRoot.get(), run, Optional.empty()).verifyAny(bundles, artifacts));
    }
    if (!findings.isEmpty()) {
      throw new Refusal(findings);
    }
    return manifest;
  }

  @Override
  public String shown() {
    return "GitHub artifact attestations (Sigstore bundles, SLSA provenance v1) signed by " + run.shown();
  }

  @Override
  public String open() {
    return "that GitHub's runner built what the commit says: the attestation proves which workflow, commit and run produced"
        + " these bytes, not what its steps did; that GitHub's and Sigstore's own keys are in good hands";
  }

  /** The same bundle attests many artifacts, and is asked for with each. */
  private void kept(String sha256, Map<String, byte[]> bundles) {
    for (byte[] bundle : github.attestations(run.repository(), sha256)) {
      bundles.put("attestation " + Digests.sha256(bundle).substring(0, 16), bundle);
    }
  }

  private static Map<String, byte[]> lying(Path directory) {
    Map<String, byte[]> bundles = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + StagedSet.BUNDLE)) {
      files.forEach(file -> bundles.put(file.getFileName().toString(), SmallFile.bytes(file)));
    } catch (IOException e) {
      throw new OutsideFailure("cannot list " + directory, e);
    }
    return bundles;
  }
}
