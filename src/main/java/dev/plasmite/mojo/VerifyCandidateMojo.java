package dev.plasmite.mojo;

import dev.plasmite.gate.StageName;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Is this commit fit to be released? Clean, pushed, green, with a dated changelog section, and its tag free.
 *
 * @since 0.1.0
 */
@Mojo(name = "verify-candidate", threadSafe = true)
public final class VerifyCandidateMojo extends StageMojo {

  @Override
  StageName stage() {
    return StageName.VERIFY_CANDIDATE;
  }
}
