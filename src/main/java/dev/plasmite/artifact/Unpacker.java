package dev.plasmite.artifact;

import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Unpacks an archive into a directory of its own. Nothing is written that breaks a rule; files keep their executable bit and
 * no other.
 */
public final class Unpacker {

  private static final boolean POSIX = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private final ArchiveReader reader;
  private final ArchiveLimits limits;

  public Unpacker(ArchiveLimits limits) {
    this.reader = new ArchiveReader(limits);
    this.limits = limits;
  }

  /**
   * Unpacks.
   *
   * @param directory must not exist yet; it is gone again when the archive is refused
   * @throws Refusal with all that is wrong with the archive
   * @throws OutsideFailure when reading or writing fails
   */
  public void unpack(Path archive, Path directory) {
    try {
      Files.createDirectories(directory.toAbsolutePath().getParent());
      Files.createDirectory(directory);
    } catch (IOException e) {
      throw new OutsideFailure("cannot make the directory " + directory, e);
    }
    boolean done = false;
    try {
      reader.walk(
          archive,
          new ArchiveRules(archive.getFileName().toString(), limits.members()),
          (member, content) -> write(member, content, directory.resolve(member.name())));
      done = true;
    } finally {
      if (!done) {
        delete(directory);
      }
    }
  }

  /** Removes a directory with all that is in it; links are removed, not followed. */
  public static void delete(Path directory) {
    if (!Files.exists(directory, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new OutsideFailure("cannot remove " + directory, e);
    }
  }

  private static void write(ArchiveMember member, InputStream content, Path file) throws IOException {
    try {
      if (member.type() == ArchiveMember.Type.DIRECTORY) {
        Files.createDirectories(file);
        return;
      }
      Files.createDirectories(file.getParent());
    } catch (IOException e) {
      throw new ArchiveReader.DiskException(e);
    }
    byte[] buffer = new byte[1 << 16];
    try (OutputStream out = open(file)) {
      for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
        write(out, buffer, n);
      }
    }
    if (POSIX) {
      Files.setPosixFilePermissions(
          file, PosixFilePermissions.fromString(member.executable() ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }

  private static OutputStream open(Path file) throws IOException {
    try {
      return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      throw new ArchiveReader.DiskException(e);
    }
  }

  private static void write(OutputStream out, byte[] buffer, int n) throws IOException {
    try {
      out.write(buffer, 0, n);
    } catch (IOException e) {
      throw new ArchiveReader.DiskException(e);
    }
  }
}
