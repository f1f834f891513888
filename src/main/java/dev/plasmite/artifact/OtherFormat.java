package dev.plasmite.artifact;

import dev.plasmite.gate.Finding;
import java.util.List;
import java.util.regex.Pattern;

/** Any other archive: it must be safe to open; it says nothing of itself. */
final class OtherFormat implements ArtifactFormat {

  @Override
  public Pattern fileName() {
    return Pattern.compile(".+");
  }

  @Override
  public String example() {
    return "name";
  }

  @Override
  public boolean reads(String member) {
    return false;
  }

  @Override
  public ArtifactIdentity identity(String file, ArchiveContents contents, List<Finding> findings) {
    return ArtifactIdentity.NONE;
  }
}
