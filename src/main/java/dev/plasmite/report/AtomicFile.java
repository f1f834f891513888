package dev.plasmite.report;

import dev.plasmite.gate.OutsideFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a file whole or not at all: a reader sees the old one or the new one, also when the machine stops. */
final class AtomicFile {

  private AtomicFile() {}

  /**
   * Writes text as UTF-8 beside the target and renames it there; missing directories are made.
   *
   * @throws OutsideFailure when the disk does not take it; the old file is then as it was
   */
  static void write(Path target, String text) {
    Path directory = target.toAbsolutePath().getParent();
    // Not a temporary file of the JDK: that would be readable by its owner only.
    Path beside = directory.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      Files.createDirectories(directory);
      try {
        try (FileChannel out =
            FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
          ByteBuffer bytes = ByteBuffer.wrap(Visible.wellFormed(text).getBytes(StandardCharsets.UTF_8));
          while (bytes.hasRemaining()) {
            out.write(bytes);
          }
          out.force(true);
        }
        Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      throw new OutsideFailure("cannot write " + target, e);
    }
  }
}
