package dev.plasmite.mojo;

import dev.plasmite.gate.StageName;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * One version everywhere? Every place of every manifest that differs is told, with file, line and column.
 *
 * @since 0.1.0
 */
@Mojo(name = "verify-alignment", threadSafe = true)
public final class VerifyAlignmentMojo extends StageMojo {

  @Override
  StageName stage() {
    return StageName.VERIFY_ALIGNMENT;
  }
}
