package dev.plasmite.mojo;

import dev.plasmite.artifact.LocalKey;
import dev.plasmite.artifact.ReleaseManifest;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Refusal;
import dev.plasmite.staging.SetMerger;
import java.io.File;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Merges the sets that several platforms of one build run staged into one. Sets that disagree on tag, version, commit or
 * run, or that are not complete for the targets file together, are refused.
 *
 * @since 0.1.0
 */
@Mojo(name = "merge-manifests", requiresProject = false, aggregator = true, threadSafe = true)
public final class MergeManifestsMojo extends StagingToolMojo {

  /**
   * The directories of the platforms' sets, with commas between them on the command line.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.merge.parts", required = true)
  private List<File> parts;

  /**
   * The public keys that must have signed the parts, in the same order; one for all of them is enough when they share it.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.merge.publicKeys", required = true)
  private List<File> publicKeys;

  /**
   * Where the merged set goes: a directory that is not there yet.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.merge.into", required = true)
  private File into;

  /**
   * The key that signs the merged set, made when it is not there; its public half lies beside it.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.merge.signingKey", required = true)
  private File signingKey;

  @Override
  void work() {
    if (publicKeys.size() != 1 && publicKeys.size() != parts.size()) {
      throw new Refusal(
          Finding.of(parts.size() + " parts, but " + publicKeys.size() + " public keys")
              .remedy("name one key for all, or one for each part, in their order: -Dplasmite.merge.publicKeys"));
    }
    Map<Path, PublicKey> signed = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      Path part = absolute(parts.get(i));
      PublicKey key = LocalKey.publicKey(absolute(publicKeys.get(publicKeys.size() == 1 ? 0 : i)));
      if (signed.put(part, key) != null) {
        throw new Refusal(Finding.of(part + " is named twice").remedy("name each part once: -Dplasmite.merge.parts"));
      }
    }
    ReleaseManifest merged = new SetMerger(LocalKey.at(absolute(signingKey))).merge(signed, targets(), absolute(into));
    merged.artifacts().forEach(a -> getLog().info(a.sha256() + "  " + a.file()));
    getLog().info("merged " + parts.size() + " sets of " + merged.tag() + " at " + merged.run().commit() + ": "
        + merged.artifacts().size() + " artifacts, in " + absolute(into));
  }
}
