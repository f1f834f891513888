package dev.plasmite.gate;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where the artifacts come from and what their papers are held against.
 *
 * @param releaseTag the tag as it was typed; empty when the version alone was given
 * @param buildRun id of the build run, named by hand to recover from an incident; empty to find it by the tag
 * @param directory the artifacts as they lie there, absolute; empty to take those of the build run
 * @param trustedRoot Sigstore's trusted root, a file, absolute; empty when none is configured
 * @param workflow path of the build workflow in the repository, such as {@code .github/workflows/build.yml}
 * @param event what must have started the build run; empty for {@code push}
 * @param artifact name of the workflow artifact that holds the set; empty when all of the run's together do
 */
public record ProvenancePlan(
    Optional<String> releaseTag,
    OptionalLong buildRun,
    Optional<Path> directory,
    Optional<Path> trustedRoot,
    Optional<String> workflow,
    Optional<String> event,
    Optional<String> artifact) {

  /** Nothing is said: the artifacts are those that this train stages. */
  public static ProvenancePlan none() {
    return new ProvenancePlan(
        Optional.empty(), OptionalLong.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
        Optional.empty());
  }

  /** The part that decides the outcome and is the same on every machine; see {@link ReleasePlan#configuration()}. */
  String configuration() {
    return "ProvenancePlan[workflow=" + workflow + ", event=" + event + ", artifact=" + artifact + "]";
  }
}
