package dev.plasmite.staging;

import dev.plasmite.artifact.Shown;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * Packs a directory as a gzipped tarball whose bytes depend on names, contents, executable bits and the given time
 * alone: not on the day, the user, the file system's order or the umask. (The compressed form is that of the JDK's zlib.)
 */
public final class SdkPacker {

  private static final int UNKNOWN_SYSTEM = 255;
  private static final boolean POSIX = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private final Instant time;

  /**
   * A packer.
   *
   * @param time what every member's modification time says, in whole seconds; usually that of the commit
   */
  public SdkPacker(Instant time) {
    this.time = Instant.ofEpochSecond(time.getEpochSecond());
  }

  /**
   * Packs all files below a directory, under their paths relative to it.
   *
   * @param tarball replaced at once when it is there
   * @throws Refusal when there is nothing to pack, or something that is no file: links and devices
   * @throws OutsideFailure when reading or writing fails
   */
  public void pack(Path directory, Path tarball) {
    List<Path> files = files(directory);
    Path fresh = tarball.resolveSibling(tarball.getFileName() + ".new");
    try {
      Files.createDirectories(tarball.toAbsolutePath().getParent());
      Files.deleteIfExists(fresh);
      try (OutputStream out = Files.newOutputStream(fresh, StandardOpenOption.CREATE_NEW);
          GzipCompressorOutputStream gzip = new GzipCompressorOutputStream(out, parameters());
          TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip, "UTF-8")) {
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        for (Path file : files) {
          add(tar, file, name(directory, file));
        }
      }
      Files.move(fresh, tarball, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new OutsideFailure("cannot pack " + directory + " as " + tarball, e);
    }
  }

  private void add(TarArchiveOutputStream tar, Path file, String name) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_NORMAL);
    entry.setSize(Files.size(file));
    entry.setMode(program(file) ? 0100755 : 0100644);
    entry.setModTime(time.toEpochMilli());
    entry.setIds(0, 0);
    entry.setNames("", "");
    tar.putArchiveEntry(entry);
    Files.copy(file, tar);
    tar.closeArchiveEntry();
  }

  /** Its owner's bit, whoever packs: what this user may do differs from user to user. */
  private static boolean program(Path file) throws IOException {
    return POSIX
        ? Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS).contains(PosixFilePermission.OWNER_EXECUTE)
        : Files.isExecutable(file);
  }

  private static GzipParameters parameters() {
    GzipParameters parameters = new GzipParameters();
    parameters.setCompressionLevel(Deflater.BEST_COMPRESSION);
    parameters.setOperatingSystem(UNKNOWN_SYSTEM);
    parameters.setModificationTime(0);
    return parameters;
  }

  private static List<Path> files(Path directory) {
    List<Path> out = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        if (name(directory, path).indexOf('\ufffd') >= 0) {
          findings.add(
              Finding.of("its name cannot be read here: " + Shown.text(name(directory, path)))
                  .at(Place.file(directory.toString()))
                  .remedy("run in a UTF-8 locale (LC_ALL=C.UTF-8), or name it in ASCII"));
        } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
          out.add(path);
        } else if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          findings.add(
              Finding.of("no regular file: " + Shown.text(name(directory, path)))
                  .at(Place.file(directory.toString()))
                  .remedy("put the file itself there"));
        }
      }
    } catch (IOException | UncheckedIOException e) {
      throw new OutsideFailure("cannot list " + directory, e);
    }
    if (out.isEmpty()) {
      findings.add(Finding.of("nothing to pack").at(Place.file(directory.toString())).remedy("build the SDK first"));
    }
    if (!findings.isEmpty()) {
      throw new Refusal(findings);
    }
    // By code points, whatever the file system's separator and order.
    out.sort(Comparator.comparing(path -> name(directory, path)));
    return out;
  }

  private static String name(Path directory, Path file) {
    return directory.relativize(file).toString().replace('\\', '/');
  }
}
