package dev.plasmite.train;

import dev.plasmite.artifact.Artifact;
import dev.plasmite.artifact.Digests;
import dev.plasmite.artifact.ReleaseManifest;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.StageName;
import dev.plasmite.provenance.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What lies in the staged set now, held against what provenance has proven: the manifest whose digest its receipt carries,
 * and of every file the bytes that this manifest lists.
 */
final class ProvenSet {

  private final Path directory;

  ProvenSet(Path directory) {
    this.directory = directory;
  }

  /**
   * Reads it again.
   *
   * @throws Refusal when anything is not what was proven
   */
  ReleaseManifest read(Receipts earlier) {
    byte[] json = bytes(directory.resolve(ReleaseManifest.FILE));
    demandProven(directory, earlier, json);
    ReleaseManifest manifest = ReleaseManifest.parse(json, directory);
    List<Finding> findings = new ArrayList<>();
    for (Artifact artifact : manifest.artifacts()) {
      if (!Files.isRegularFile(artifact.path()) || !digests(artifact).equals(artifact.digests())) {
        findings.add(
            Finding.of("its bytes are not those that provenance has proven")
                .at(Place.file(artifact.file()))
                .remedy("take the set of the build run again: type the phase provenance"));
      }
    }
    if (!findings.isEmpty()) {
      throw new Refusal(findings);
    }
    return manifest;
  }

  /** Demands that a manifest is the very one that provenance has proven. */
  static void demandProven(Path directory, Receipts earlier, byte[] manifest) {
    Optional<String> proven = earlier.proof(StageName.PROVENANCE, Provenance.MANIFEST_SHA256);
    if (!proven.equals(Optional.of(Digests.sha256(manifest)))) {
      throw new Refusal(
          Finding.of("what is staged in " + directory + " is another set than provenance has proven")
              .remedy("prove it again: type the phase provenance"));
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new Refusal(Finding.of("cannot read the release manifest").at(Place.file(file.toString())).remedy("type the phase provenance"));
    }
  }

  private static Digests digests(Artifact artifact) {
    try {
      return Digests.of(artifact.path());
    } catch (IOException e) {
      throw new OutsideFailure("cannot read " + artifact.path(), e);
    }
  }
}
