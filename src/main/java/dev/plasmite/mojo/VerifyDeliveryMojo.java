package dev.plasmite.mojo;

import dev.plasmite.gate.StageName;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Can a user install and run it? Installs the release back from each channel, compares the bytes, and runs it.
 *
 * @since 0.1.0
 */
@Mojo(name = "verify-delivery", threadSafe = true)
public final class VerifyDeliveryMojo extends StageMojo {

  @Override
  StageName stage() {
    return StageName.VERIFY_DELIVERY;
  }
}
