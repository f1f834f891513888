package dev.plasmite.artifact;

import java.util.List;
import java.util.Optional;

/**
 * What an artifact says of itself, inside.
 *
 * @param name the package's name; empty for kinds that state none
 * @param version the version as it is spelled there; empty for kinds that state none
 * @param tags compatibility tags of a wheel, such as {@code py3-none-any}; empty for others
 */
public record ArtifactIdentity(Optional<String> name, Optional<String> version, List<String> tags) {

  /** Nothing is said inside. */
  public static final ArtifactIdentity NONE = new ArtifactIdentity(Optional.empty(), Optional.empty(), List.of());

  public ArtifactIdentity {
    tags = List.copyOf(tags);
  }

  static ArtifactIdentity of(String name, String version) {
    return new ArtifactIdentity(Optional.of(name), Optional.of(version), List.of());
  }
}
