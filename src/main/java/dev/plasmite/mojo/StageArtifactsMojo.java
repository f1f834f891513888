package dev.plasmite.mojo;

import dev.plasmite.gate.StageName;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * What do we ship? Builds and collects the artifacts, opens each, and writes the release manifest.
 *
 * @since 0.1.0
 */
@Mojo(name = "stage-artifacts", threadSafe = true)
public final class StageArtifactsMojo extends StageMojo {

  @Override
  StageName stage() {
    return StageName.STAGE_ARTIFACTS;
  }
}
