package dev.plasmite.mojo;

import dev.plasmite.gate.StageName;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Brings the same bytes to every channel, each once. Demands the receipts of all gates before it, however it is called.
 *
 * @since 0.1.0
 */
@Mojo(name = "publish", threadSafe = true)
public final class PublishMojo extends StageMojo {

  @Override
  StageName stage() {
    return StageName.PUBLISH;
  }
}
