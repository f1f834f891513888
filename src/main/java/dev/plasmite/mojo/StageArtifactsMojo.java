package dev.plasmite.mojo;

import dev.plasmite.gate.ProvenancePlan;
import dev.plasmite.gate.StageName;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * What do we ship? Builds and collects the artifacts, opens each, and writes the release manifest. With -Dplasmite.artifacts
 * and -Dplasmite.releaseTag on the command line, that directory is taken as it is: provenance is to prove it.
 *
 * @since 0.1.0
 */
@Mojo(name = "stage-artifacts", threadSafe = true)
public final class StageArtifactsMojo extends StageMojo {

  /**
   * Skips this stage alone. It leaves no receipt, so nothing can be published; in live mode it is refused.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.stage-artifacts.skip", defaultValue = "false")
  boolean skipStage;

  @Override
  boolean skippedAlone() {
    return skipStage;
  }

  @Override
  StageName stage() {
    return StageName.STAGE_ARTIFACTS;
  }

  /** A directory that provenance is to prove is taken as it is. */
  @Override
  ProvenancePlan artifactsFrom(ProvenancePlan source) {
    return directoryNamed() ? source.of(absolute(artifacts), Optional.empty()) : source;
  }
}
