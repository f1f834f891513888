package dev.plasmite.mojo;

import dev.plasmite.train.Decisions;
import java.time.Clock;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Closes a blocker in its home, with the person (as git knows it) and the reason.
 *
 * @since 0.1.0
 */
@Mojo(name = "close-blocker", requiresProject = false, aggregator = true, threadSafe = true)
public final class CloseBlockerMojo extends TrainMojo {

  /**
   * The blocker, as verify-candidate and status name it.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.blocker")
  private String blocker;

  /**
   * What mended it, or why it is none.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.reason")
  private String reason;

  @Override
  void work() {
    new Decisions(plan(), invocation(), System.getenv(), Clock.systemDefaultZone(), getLog()::info).close(blocker, reason);
  }
}
