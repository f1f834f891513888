package dev.plasmite.mojo;

import dev.plasmite.gate.ProvenancePlan;
import dev.plasmite.gate.StageName;
import java.io.File;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Is what is staged what the build run of this tag built? Anything unproven stops the train. With -Dplasmite.artifacts and
 * -Dplasmite.releaseTag on the command line, that directory is held against that tag.
 *
 * @since 0.1.0
 */
@Mojo(name = "provenance", threadSafe = true)
public final class ProvenanceMojo extends StageMojo {

  /**
   * Skips this stage alone. It leaves no receipt, so nothing can be published; in live mode it is refused.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.provenance.skip", defaultValue = "false")
  boolean skipStage;

  /**
   * The key that must have signed the attestation of a directory of artifacts: a PEM file that came another way than the
   * artifacts. By default no key is trusted but the sandbox's own.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.provenance.publicKey")
  private File publicKey;

  @Override
  boolean skippedAlone() {
    return skipStage;
  }

  @Override
  StageName stage() {
    return StageName.PROVENANCE;
  }

  @Override
  ProvenancePlan artifactsFrom(ProvenancePlan source) {
    return directoryNamed() ? source.of(absolute(artifacts), Optional.ofNullable(publicKey).map(this::absolute)) : source;
  }
}
