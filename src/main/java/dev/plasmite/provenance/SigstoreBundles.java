package dev.plasmite.provenance;

import dev.plasmite.artifact.BuildRun;
import dev.plasmite.artifact.SmallFile;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * GitHub's artifact attestations (Sigstore bundles), verified offline against a given trusted root: signature,
 * certificate, transparency log, the signed identity of the build run, and what the statement says.
 */
public final class SigstoreBundles {

  private final Path trustedRoot;
  private final BuildRun expected;
  private final Optional<String> signer;

  /**
   * For the bundles of one build run.
   *
   * @param trustedRoot Sigstore's {@code trusted_root.json}
   * @param expected the run whose identity must have signed
   * @param signer where the attesting job is in a reusable workflow: that workflow's URI with its ref; empty when the
   *     run's own workflow attests
   */
  public SigstoreBundles(Path trustedRoot, BuildRun expected, Optional<String> signer) {
    this.trustedRoot = trustedRoot;
    this.expected = expected;
    this.signer = signer;
  }

  /**
   * Proves that every artifact is a subject of a good bundle.
   *
   * @param bundles JSON files; every one must be good and attest one of the artifacts
   * @param artifacts sha256 in lower-case hex by file name
   * @return all that is not proven; empty when all is
   */
  public List<Finding> verify(List<Path> bundles, Map<String, String> artifacts) {
    List<Finding> findings = new ArrayList<>();
    Set<String> proven = new HashSet<>();
    if (bundles.isEmpty()) {
      findings.add(Finding.of("there is no attestation").remedy("download those of the build run"));
    }
    for (Path bundle : bundles) {
      try {
        Place place = Place.file(bundle.getFileName().toString());
        byte[] json = SmallFile.bytes(bundle);
        // The only mention: until here none of Sigstore's classes is loaded.
        proven.addAll(new SigstoreEngine(SmallFile.bytes(trustedRoot), expected, signer, place).proven(json, artifacts));
      } catch (Refusal e) {
        findings.addAll(e.findings());
      }
    }
    findings.addAll(unproven(artifacts, proven));
    return findings;
  }

  /**
   * Proves that every artifact is a subject of at least one good bundle. Others may be there, of another attempt say: they
   * prove nothing, and are told of only when something stays unproven.
   *
   * @param bundles JSON by the name that findings give it
   * @param artifacts sha256 in lower-case hex by file name
   * @return all that is not proven; empty when all is
   */
  public List<Finding> verifyAny(Map<String, byte[]> bundles, Map<String, String> artifacts) {
    List<Finding> findings = new ArrayList<>();
    Set<String> proven = new HashSet<>();
    byte[] root = SmallFile.bytes(trustedRoot);
    bundles.forEach(
        (name, json) -> {
          try {
            proven.addAll(new SigstoreEngine(root, expected, signer, Place.file(name)).proven(json, artifacts));
          } catch (Refusal e) {
            findings.addAll(e.findings());
          }
        });
    List<Finding> unproven = unproven(artifacts, proven);
    if (unproven.isEmpty()) {
      return List.of();
    }
    if (bundles.isEmpty()) {
      findings.add(Finding.of("GitHub has no attestation of the artifacts").remedy("attest in the build run, and build again"));
    }
    findings.addAll(unproven);
    return findings;
  }

  private static List<Finding> unproven(Map<String, String> artifacts, Set<String> proven) {
    List<Finding> findings = new ArrayList<>();
    artifacts.forEach(
        (file, sha256) -> {
          if (!proven.contains(sha256)) {
            findings.add(
                Finding.of("no good attestation names its sha256 " + sha256)
                    .at(Place.file(file))
                    .remedy("take the artifact and its attestation from the build run"));
          }
        });
    return findings;
  }
}
