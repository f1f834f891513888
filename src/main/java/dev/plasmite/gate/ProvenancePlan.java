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
 * @param publicKey PEM file of the key that must have signed a directory's attestation, absolute; empty to trust no key
 *     but the sandbox's own
 */
public record ProvenancePlan(
    Optional<String> releaseTag,
    OptionalLong buildRun,
    Optional<Path> directory,
    Optional<Path> trustedRoot,
    Optional<String> workflow,
    Optional<String> event,
    Optional<String> artifact,
    Optional<Path> publicKey) {

  /** No signing key is configured. */
  public ProvenancePlan(
      Optional<String> releaseTag,
      OptionalLong buildRun,
      Optional<Path> directory,
      Optional<Path> trustedRoot,
      Optional<String> workflow,
      Optional<String> event,
      Optional<String> artifact) {
    this(releaseTag, buildRun, directory, trustedRoot, workflow, event, artifact, Optional.empty());
  }

  /** Nothing is said: the artifacts are those that this train stages. */
  public static ProvenancePlan none() {
    return new ProvenancePlan(
        Optional.empty(), OptionalLong.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
        Optional.empty());
  }

  /** The same for a directory of artifacts, whose attestation a key must have signed. */
  public ProvenancePlan of(Path artifacts, Optional<Path> key) {
    return new ProvenancePlan(
        releaseTag, buildRun, Optional.of(artifacts), trustedRoot, workflow, event, artifact, key);
  }

  /** The part that decides the outcome and is the same on every machine; see {@link ReleasePlan#configuration()}. */
  String configuration() {
    return "ProvenancePlan[workflow=" + workflow + ", event=" + event + ", artifact=" + artifact
        + publicKey.map(key -> ", publicKey=" + key.getFileName()).orElse("") + "]";
  }
}
