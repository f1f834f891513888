package dev.plasmite.mojo;

import dev.plasmite.gate.StageName;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Is this commit fit to be released? Clean, pushed, green, with a dated changelog section, and its tag free.
 *
 * @since 0.1.0
 */
@Mojo(name = "verify-candidate", threadSafe = true)
public final class VerifyCandidateMojo extends StageMojo {

  /**
   * Skips this stage alone. It leaves no receipt, so nothing can be published; in live mode it is refused.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.verify-candidate.skip", defaultValue = "false")
  boolean skipStage;

  @Override
  boolean skippedAlone() {
    return skipStage;
  }

  @Override
  StageName stage() {
    return StageName.VERIFY_CANDIDATE;
  }
}
