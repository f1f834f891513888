package dev.plasmite.artifact;

import dev.plasmite.gate.StagingPlan.Kind;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file to ship.
 *
 * @param kind what it is
 * @param path where it lies
 * @param platform the platform it is for, as in the targets file, such as {@code linux_amd64}; empty when it runs
 *     anywhere or nobody said
 * @param digests its size and digests
 */
public record Artifact(Kind kind, Path path, Optional<String> platform, Digests digests) {

  /** Its file name, by which manifest, checksums and attestation know it. */
  public String file() {
    return path.getFileName().toString();
  }

  /** Its size in bytes. */
  public long size() {
    return digests.size();
  }

  /** Lower-case hex. */
  public String sha256() {
    return digests.sha256();
  }

  /** Lower-case hex. */
  public String sha512() {
    return digests.sha512();
  }
}
