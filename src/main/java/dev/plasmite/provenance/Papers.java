package dev.plasmite.provenance;

import dev.plasmite.artifact.ReleaseManifest;
import dev.plasmite.gate.Refusal;
import java.nio.file.Path;

/** What vouches for a set of artifacts: who signed, and how that is proven. */
interface Papers {

  /**
   * Proves that files, manifest, checksums and signature agree.
   *
   * @param directory the set
   * @throws Refusal with all that does not agree
   */
  ReleaseManifest verify(Path directory);

  /** The kind of signature, for the evidence. */
  String shown();

  /** What the signature does not prove, in plain words. */
  String open();
}
