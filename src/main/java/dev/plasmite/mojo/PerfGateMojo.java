package dev.plasmite.mojo;

import dev.plasmite.gate.StageName;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Is it slower than the base tag on this same host? Blocks when it is, and when it cannot tell.
 *
 * @since 0.1.0
 */
@Mojo(name = "perf-gate", threadSafe = true)
public final class PerfGateMojo extends StageMojo {

  @Override
  StageName stage() {
    return StageName.PERF_GATE;
  }
}
