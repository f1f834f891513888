package dev.plasmite.mojo;

import dev.plasmite.train.Decisions;
import java.time.Clock;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Lets a local gate (verify-candidate, verify-alignment or perf-gate) through for this very commit and version, in the name
 * of a person and for a reason. It is kept in the commit's notes, expires with the commit, and is shown in large letters.
 *
 * @since 0.1.0
 */
@Mojo(name = "waive", requiresProject = false, aggregator = true, threadSafe = true)
public final class WaiveMojo extends TrainMojo {

  /**
   * The gate.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.gate")
  private String gate;

  /**
   * Why.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.reason")
  private String reason;

  @Override
  void work() {
    new Decisions(plan(), invocation(), System.getenv(), Clock.systemDefaultZone(), getLog()::info).waive(gate, reason);
  }
}
