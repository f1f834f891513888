package dev.plasmite.mojo;

import dev.plasmite.alignment.Bump;
import dev.plasmite.alignment.BumpEdit;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.LockstepPlan;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Refusal;
import dev.plasmite.git.GitRepository;
import dev.plasmite.mojo.config.Configuration;
import dev.plasmite.mojo.config.LockstepParameters;
import dev.plasmite.version.Increment;
import dev.plasmite.version.InvalidVersionException;
import dev.plasmite.version.SemVer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Writes one version into every manifest of the lockstep, all or none, and verifies the alignment afterwards. Works in any
 * git repository, with or without a POM.
 *
 * @since 0.1.0
 */
@Mojo(name = "bump", requiresProject = false, aggregator = true, threadSafe = true)
public final class BumpMojo extends PlasmiteMojo {

  @Parameter(defaultValue = "${session}", readonly = true, required = true)
  private MavenSession session;

  /**
   * The version to write: 1.2.3 or 1.2.0-rc.1.
   *
   * @since 0.1.0
   */
  @Parameter(property = "newVersion")
  private String newVersion;

  /**
   * Which part of the present version to raise, instead of a version: major, minor, patch, rc or release.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.bump")
  private String bump;

  /**
   * Prints the edit as a unified diff, which {@code git apply} takes, and changes nothing.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.dryRun", defaultValue = "false")
  private boolean dryRun;

  /**
   * With plasmite.dryRun: a file for the diff, instead of standard output.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.output")
  private File output;

  /**
   * Allows the version that is there already, or a lower one.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.bump.allowDowngrade", defaultValue = "false")
  private boolean allowDowngrade;

  /**
   * Which manifests carry the version. By default all tracked manifests of a known format.
   *
   * @since 0.1.0
   */
  @Parameter
  private LockstepParameters lockstep;

  @Override
  void work() {
    File pom = session.getCurrentProject() == null ? null : session.getCurrentProject().getFile();
    Path directory = pom != null ? pom.toPath().getParent() : Path.of(session.getExecutionRootDirectory());
    Configuration configuration = new Configuration();
    LockstepPlan plan = configuration.lockstep(lockstep);
    configuration.throwIfWrong();
    try (GitRepository repository = GitRepository.open(directory)) {
      Bump work = new Bump(repository.root(), plan, getLog()::info);
      BumpEdit edit = work.plan(target(work), allowDowngrade);
      edit.lockstep().exclusions().forEach(exclusion -> getLog().info(exclusion.toString()));
      edit.lockstep().undecided().forEach(undecided -> getLog().warn("left as it is: " + undecided.finding()));
      if (dryRun) {
        show(edit.diff(), directory);
        getLog().info("nothing written: plasmite.dryRun is on");
      } else {
        List<Finding> drift = work.apply(edit);
        if (!drift.isEmpty()) {
          throw new Refusal(drift);
        }
      }
    }
  }

  /** Not through the log, which would put its own words before each line. */
  private void show(byte[] diff, Path directory) {
    if (output == null) {
      System.out.write(diff, 0, diff.length);
      System.out.flush();
      return;
    }
    Path file = directory.resolve(output.toPath());
    try {
      Files.write(file, diff);
    } catch (IOException e) {
      throw new OutsideFailure("cannot write " + file, e);
    }
    getLog().info("the diff is in " + output);
  }

  private Increment step() {
    return Increment.named(bump)
        .orElseThrow(
            () ->
                new Refusal(
                    Finding.of("'" + bump + "' is no part of a version")
                        .remedy("-Dplasmite.bump=major|minor|patch|rc|release")));
  }

  private SemVer target(Bump work) {
    if ((newVersion == null) == (bump == null)) {
      throw new Refusal(
          Finding.of(newVersion == null ? "no version given" : "both newVersion and plasmite.bump are given")
              .remedy("mvn plasmite:bump -DnewVersion=1.2.3, or -Dplasmite.bump=major|minor|patch|rc|release"));
    }
    try {
      return bump == null ? SemVer.parse(newVersion) : work.next(step());
    } catch (InvalidVersionException e) {
      throw new Refusal(Finding.of(e.getMessage()).remedy("mvn plasmite:bump -DnewVersion=1.2.3"));
    }
  }
}
