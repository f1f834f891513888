package dev.plasmite.mojo;

import dev.plasmite.gate.StageName;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Brings the same bytes to every channel, each once. Demands the receipts of all gates before it, however it is called.
 *
 * @since 0.1.0
 */
@Mojo(name = "publish", threadSafe = true)
public final class PublishMojo extends StageMojo {

  /**
   * Skips this stage alone. It leaves no receipt, so nothing can be published; in live mode it is refused.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.publish.skip", defaultValue = "false")
  boolean skipStage;

  @Override
  boolean skippedAlone() {
    return skipStage;
  }

  @Override
  StageName stage() {
    return StageName.PUBLISH;
  }
}
