package dev.plasmite.channel;

import dev.plasmite.artifact.ArchiveLimits;
import dev.plasmite.artifact.Artifact;
import dev.plasmite.artifact.ArtifactInspector;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.version.SemVer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What artifacts call themselves inside; each is opened once. A file's name does not say where a scope ends. */
public final class PackageNames {

  private final ArtifactInspector inspector;
  private final Map<Artifact, String> known = new ConcurrentHashMap<>();

  public PackageNames(SemVer version) {
    this.inspector = new ArtifactInspector(ArchiveLimits.usual(), version);
  }

  /**
   * The package's name, as its ecosystem writes it.
   *
   * @throws OutsideFailure when it says none
   */
  public String of(Artifact artifact) {
    return known.computeIfAbsent(
        artifact,
        a ->
            inspector
                .inspect(a.kind(), a.path())
                .identity()
                .name()
                .orElseThrow(() -> new OutsideFailure(a.file() + " does not say which package it is")));
  }
}
