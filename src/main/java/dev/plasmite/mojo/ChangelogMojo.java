package dev.plasmite.mojo;

import dev.plasmite.candidate.ChangelogEdit;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.version.InvalidVersionException;
import dev.plasmite.version.SemVer;
import java.time.LocalDate;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Moves what stands under [Unreleased] in the changelog to the section of a version with today's date, and leaves every
 * other byte as it is.
 *
 * @since 0.1.0
 */
@Mojo(name = "changelog", requiresProject = false, aggregator = true, threadSafe = true)
public final class ChangelogMojo extends TrainMojo {

  /**
   * The version of the section. By default the one that the lockstep carries.
   *
   * @since 0.1.0
   */
  @Parameter(property = "newVersion")
  private String newVersion;

  /**
   * Shows the edit as a unified diff and writes nothing.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.dryRun", defaultValue = "false")
  private boolean dryRun;

  @Override
  void work() {
    if (newVersion != null) {
      version = parsed().toString();
    }
    ReleasePlan plan = plan();
    String path = plan.candidate().changelog().orElse("CHANGELOG.md");
    ChangelogEdit edit = ChangelogEdit.plan(plan.repository(), path, plan.version(), LocalDate.now());
    edit.findings().forEach(f -> getLog().warn(f.toString()));
    if (edit.isDone()) {
      getLog().info(path + ": " + plan.version() + " has its section, and [Unreleased] is empty; nothing to do");
      return;
    }
    if (dryRun) {
      edit.diff().lines().forEach(getLog()::info);
      getLog().info("nothing written: plasmite.dryRun is on");
      return;
    }
    edit.write();
    getLog().info(path + ": [Unreleased] is now the section of " + plan.version());
  }

  private SemVer parsed() {
    try {
      return SemVer.parse(newVersion);
    } catch (InvalidVersionException e) {
      throw new Refusal(Finding.of(e.getMessage()).remedy("mvn plasmite:changelog -DnewVersion=1.2.3"));
    }
  }
}
