package dev.plasmite.mojo;

import dev.plasmite.artifact.Targets;
import dev.plasmite.mojo.config.Configuration;
import dev.plasmite.mojo.config.StagingParameters;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugins.annotations.Parameter;

/** A goal beside the train that a build machine runs by hand or in a workflow; it leaves no receipt. */
abstract class StagingToolMojo extends PlasmiteMojo {

  @Parameter(defaultValue = "${session}", readonly = true, required = true)
  MavenSession session;

  /**
   * How artifacts are built and collected; its targets are used here.
   *
   * @since 0.1.0
   */
  @Parameter
  StagingParameters staging;

  /**
   * The machine-readable list of targets, relative to the POM or the current directory, when the configuration does not
   * name it: release/targets.json.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.targets")
  String targets;

  /** Where the work is done: the POM's directory, or the current one when there is no POM. */
  final Path directory() {
    File pom = session.getCurrentProject() == null ? null : session.getCurrentProject().getFile();
    return pom != null ? pom.toPath().getParent() : Path.of(session.getExecutionRootDirectory());
  }

  final Path absolute(File file) {
    return directory().resolve(file.toPath()).normalize();
  }

  /** The path of the targets file as it was given, if it was. */
  final Optional<String> targetsFile() {
    Configuration configuration = new Configuration();
    Optional<String> configured = configuration.staging(staging).targets();
    configuration.throwIfWrong();
    return Optional.ofNullable(targets).or(() -> configured);
  }

  /** The targets, if a file of them was named. */
  final Optional<Targets> targets() {
    return targetsFile().map(file -> Targets.read(directory().resolve(file), file));
  }
}
