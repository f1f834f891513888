package dev.plasmite.mojo;

import dev.plasmite.gate.StageName;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * One version everywhere? Every place of every manifest that differs is told, with file, line and column.
 *
 * @since 0.1.0
 */
@Mojo(name = "verify-alignment", threadSafe = true)
public final class VerifyAlignmentMojo extends StageMojo {

  /**
   * Skips this stage alone. It leaves no receipt, so nothing can be published; in live mode it is refused.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.verify-alignment.skip", defaultValue = "false")
  boolean skipStage;

  @Override
  boolean skippedAlone() {
    return skipStage;
  }

  @Override
  StageName stage() {
    return StageName.VERIFY_ALIGNMENT;
  }
}
