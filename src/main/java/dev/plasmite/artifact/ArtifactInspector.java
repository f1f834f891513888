package dev.plasmite.artifact;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.StagingPlan.Kind;
import dev.plasmite.version.SemVer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens an artifact and holds what is inside against what the release says it is. */
public final class ArtifactInspector {

  private final ArchiveReader reader;
  private final SemVer version;

  /**
   * For artifacts of one release.
   *
   * @param version the version that each must say
   */
  public ArtifactInspector(ArchiveLimits limits, SemVer version) {
    this.reader = new ArchiveReader(limits);
    this.version = version;
  }

  /**
   * What was found in an artifact.
   *
   * @param identity what it says of itself
   * @param contents what it holds; empty when it is no archive, or not a safe one
   * @param findings all that is wrong with it
   */
  public record Inspection(ArtifactIdentity identity, Optional<ArchiveContents> contents, List<Finding> findings) {

    public Inspection {
      findings = List.copyOf(findings);
    }
  }

  /** Opens one artifact. */
  public Inspection inspect(Kind kind, Path file) {
    String name = file.getFileName().toString();
    if (kind == Kind.OTHER && !ArchiveReader.reads(name)) {
      return new Inspection(ArtifactIdentity.NONE, Optional.empty(), List.of());
    }
    List<Finding> findings = new ArrayList<>();
    ArtifactFormat format = ArtifactFormat.of(kind);
    try {
      if (!format.fileName().matcher(name).matches()) {
        throw new Refusal(
            Finding.of("a file of kind " + kind.id() + " must be named like " + format.example())
                .at(Place.file(name))
                .remedy("correct the kind or the pattern in <staging><artifacts>"));
      }
      ArchiveContents contents = reader.read(file, format::reads, format.digests());
      ArtifactIdentity identity = format.identity(name, contents, findings);
      identity.version().ifPresent(is -> compare(kind, name, is, findings));
      return new Inspection(identity, Optional.of(contents), findings);
    } catch (Refusal e) {
      findings.addAll(e.findings());
      return new Inspection(ArtifactIdentity.NONE, Optional.empty(), findings);
    }
  }

  private void compare(Kind kind, String file, String is, List<Finding> findings) {
    Optional<String> wanted = KindSpelling.of(kind, version);
    if (wanted.isEmpty()) {
      findings.add(
          Finding.of("the version " + version + " has no spelling in the ecosystem of kind " + kind.id())
              .at(Place.file(file))
              .remedy("use a prerelease such as " + version.major() + "." + version.minor() + "." + version.patch()
                  + "-rc.1"));
    } else if (!wanted.get().equals(is)) {
      findings.add(
          Finding.of("it says version " + Shown.text(is) + " inside, the release is " + wanted.get())
              .at(Place.file(file))
              .remedy("mvn plasmite:bump -DnewVersion=" + version + ", commit, and build again"));
    }
  }
}
