package dev.plasmite.mojo;

import dev.plasmite.gate.StageName;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Is what is staged what the build run of this tag built? Anything unproven stops the train.
 *
 * @since 0.1.0
 */
@Mojo(name = "provenance", threadSafe = true)
public final class ProvenanceMojo extends StageMojo {

  @Override
  StageName stage() {
    return StageName.PROVENANCE;
  }
}
