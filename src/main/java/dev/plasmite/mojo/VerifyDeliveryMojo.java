package dev.plasmite.mojo;

import dev.plasmite.gate.StageName;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Can a user install and run it? Installs the release back from each channel, compares the bytes, and runs it.
 *
 * @since 0.1.0
 */
@Mojo(name = "verify-delivery", threadSafe = true)
public final class VerifyDeliveryMojo extends StageMojo {

  /**
   * Skips this stage alone. It leaves no receipt, so nothing can be published; in live mode it is refused.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.verify-delivery.skip", defaultValue = "false")
  boolean skipStage;

  @Override
  boolean skippedAlone() {
    return skipStage;
  }

  @Override
  StageName stage() {
    return StageName.VERIFY_DELIVERY;
  }
}
