package dev.plasmite.manifest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The steps by which a transaction changes the disk. Tests stop it before, in and after any of them. */
class Disk {

  /** Overwrites a file where it is, so that its owner, permissions and links stay; may stop anywhere in it. */
  void overwrite(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      writeAll(channel, bytes);
      if (channel.size() > bytes.length) {
        channel.truncate(bytes.length);
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

  private static void writeAll(FileChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
