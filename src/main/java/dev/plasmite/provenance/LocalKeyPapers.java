package dev.plasmite.provenance;

import dev.plasmite.artifact.LocalKey;
import dev.plasmite.artifact.ReleaseManifest;
import dev.plasmite.artifact.StagedSet;
import java.nio.file.Path;

/**
 * A key of this machine vouches: on a laptop, and in the sandbox.
 *
 * @param publicKey PEM file of the key that must have signed
 */
record LocalKeyPapers(Path publicKey) implements Papers {

  @Override
  public ReleaseManifest verify(Path directory) {
    return new StagedSet(directory).verify(LocalKey.publicKey(publicKey));
  }

  @Override
  public String shown() {
    return "DSSE, in-toto Statement v1, SLSA provenance v1, local key " + LocalKey.id(LocalKey.publicKey(publicKey));
  }

  @Override
  public String open() {
    return "that the build run did what it says beyond the word of the local signing key: whoever can use that key can"
        + " sign other papers";
  }
}
