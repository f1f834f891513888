package dev.plasmite.mojo;

import dev.plasmite.train.Tagging;
import java.time.Clock;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Pins the candidate with the annotated release tag, when verify-candidate, verify-alignment and perf-gate have passed
 * evidence for this very commit and no blocker is open. Makes a local tag in mode live; pushes only when told. Never moves
 * a tag.
 *
 * @since 0.1.0
 */
@Mojo(name = "tag", requiresProject = false, aggregator = true, threadSafe = true)
public final class TagMojo extends TrainMojo {

  /**
   * Pushes the tag and the evidence in one atomic push.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.push", defaultValue = "false")
  private boolean push;

  /**
   * Whether the tag is signed. By default as git is configured to (tag.gpgSign); with which key and program, git's
   * configuration says too (gpg.format, user.signingKey).
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.sign")
  private Boolean sign;

  @Override
  void work() {
    ExecutionRoot.demandWhole(session, directory());
    new Tagging(plan(), invocation(), System.getenv(), Clock.systemDefaultZone(), getLog()::info)
        .tag(push, Optional.ofNullable(sign));
  }
}
