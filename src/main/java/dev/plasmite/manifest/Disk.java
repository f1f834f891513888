package dev.plasmite.manifest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;

/** The steps by which a transaction changes the disk; each is done or not done. Tests stop it before any of them. */
class Disk {

  /** Writes a new file with the permissions of another. */
  void write(Path file, byte[] bytes, Path like) throws IOException {
    Files.write(file, bytes);
    PosixFileAttributeView from = Files.getFileAttributeView(like, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (from != null) {
      Set<PosixFilePermission> wanted = from.readAttributes().permissions();
      if (!wanted.equals(Files.getPosixFilePermissions(file))) {
        Files.setPosixFilePermissions(file, wanted);
      }
    }
  }

  /** Writes a new file and waits until the disk has it. */
  void writeDurably(Path file, List<byte[]> parts) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
      for (byte[] part : parts) {
        ByteBuffer buffer = ByteBuffer.wrap(part);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      }
      force(channel);
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
        force(channel);
      }
    }
  }

  /** Waits until the disk has it. */
  void force(FileChannel channel) throws IOException {
    channel.force(true);
  }
}
