package dev.plasmite.artifact;

/**
 * One thing in an archive.
 *
 * @param name its path with {@code /}, without a leading {@code ./} or trailing {@code /}; it has passed all rules
 * @param type what it is
 * @param mode its permission bits as the archive states them; 0 when it states none
 * @param size of its content in bytes
 */
public record ArchiveMember(String name, Type type, int mode, long size) {

  /** What the train accepts in an archive. */
  public enum Type {
    FILE,
    DIRECTORY
  }

  /** Whether its owner may execute it. */
  public boolean executable() {
    return (mode & 0100) != 0;
  }

  /** Its last path segment. */
  public String fileName() {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
