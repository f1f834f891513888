package dev.plasmite.manifest;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Set;

/** The steps by which a transaction changes the disk; each is done or not done. Tests stop it before any of them. */
class Disk {

  /** Writes a new file and brings it to the disk; with the permissions of another when there is one. */
  void write(Path file, byte[] bytes, Path like) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE))) {
      java.nio.ByteBuffer buffer = java.nio.ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    if (like != null) {
      PosixFileAttributeView from = Files.getFileAttributeView(like, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
      if (from != null) {
        Files.setPosixFilePermissions(file, from.readAttributes().permissions());
      }
    }
  }

  /** Puts a file in the place of another at once. */
  void replace(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  /** Brings the names in a directory to the disk, where the system can. */
  void sync(Path directory) throws IOException {
    if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
