package dev.plasmite.manifest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/** The steps by which a transaction changes the disk. Tests stop it before, in and after any of them. */
class Disk {

  /**
   * Overwrites a file where it is, so that its owner, permissions and links stay; may stop anywhere in it. Called from
   * several threads, with a file each.
   *
   * @param before what must stand there now
   * @param durably whether to wait until the disk has it
   * @throws IOException when something else does; nothing is written then
   */
  void overwrite(Path file, byte[] before, byte[] bytes, boolean durably) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      if (!holds(channel, before)) {
        throw new IOException(file + " was changed while the version was written");
      }
      channel.position(0);
      writeAll(channel, bytes);
      if (channel.size() > bytes.length) {
        channel.truncate(bytes.length);
      }
      if (durably) {
        force(channel);
      }
    }
  }

  /** Writes a new file and waits until the disk has it. */
  void writeDurably(Path file, List<byte[]> parts) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
      for (byte[] part : parts) {
        writeAll(channel, part);
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

  private static boolean holds(FileChannel channel, byte[] expected) throws IOException {
    if (channel.size() != expected.length) {
      return false;
    }
    ByteBuffer buffer = ByteBuffer.allocate(expected.length);
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
      // Reads until all is there.
    }
    return !buffer.hasRemaining() && Arrays.equals(buffer.array(), expected);
  }

  private static void writeAll(FileChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
