package dev.plasmite.artifact;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an archive holds, after all rules have been met.
 *
 * @param members in the order of the archive
 * @param kept the content of the files that were asked for, by name
 * @param sha256 hex sha256 of every file, by name; empty when they were not asked for
 */
public record ArchiveContents(List<ArchiveMember> members, Map<String, byte[]> kept, Map<String, String> sha256) {

  public ArchiveContents {
    members = List.copyOf(members);
    kept = Map.copyOf(kept);
    sha256 = Map.copyOf(sha256);
  }

  /** A member by its name. */
  public Optional<ArchiveMember> member(String name) {
    return members.stream().filter(m -> m.name().equals(name)).findFirst();
  }

  /** The files, without directories and links. */
  public List<ArchiveMember> files() {
    return members.stream().filter(m -> m.type() == ArchiveMember.Type.FILE).toList();
  }
}
