package dev.plasmite.client;

import dev.plasmite.gate.OutsideFailure;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that only their owner can read, from the moment they exist. */
public final class PrivateFiles {

  private PrivateFiles() {}

  /** Writes a new file with mode 0600, where the file system knows modes; one that is there already is replaced. */
  public static void write(Path file, String text) {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] owner =
        posix
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
            : new FileAttribute<?>[0];
    try {
      Files.deleteIfExists(file);
      Files.createFile(file, owner);
      Files.writeString(file, text, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new OutsideFailure("cannot write a private file", e);
    }
  }
}
