package dev.plasmite.manifest;

import dev.plasmite.json.StrictJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a transaction is about to do, kept in git's own directory, so that the next run can end what a killed one left.
 * It is there from before the first file changes until after the last.
 *
 * @param files the files it is about
 */
record Journal(List<Entry> files) {

  /**
   * One file, and where its old bytes and, behind them, its new ones stand in {@link #data}.
   *
   * @param path relative to the root
   * @param offset where the old bytes begin
   * @param before how many they are
   * @param after how many the new bytes are
   */
  record Entry(String path, long offset, int before, int after) {}

  private static final String NAME = "plasmite-bump";

  static Path file(Path gitDirectory) {
    return gitDirectory.resolve(NAME + ".json");
  }

  /** A journal that is being written; it counts when it has the journal's name. */
  static Path next(Path gitDirectory) {
    return gitDirectory.resolve(NAME + ".json.next");
  }

  /** The old and new bytes of all files, one after the other. */
  static Path data(Path gitDirectory) {
    return gitDirectory.resolve(NAME + ".data");
  }

  void save(Path gitDirectory, Disk disk) throws IOException {
    Path next = next(gitDirectory);
    disk.writeDurably(next, List.of(StrictJson.mapper().writeValueAsBytes(this)));
    disk.replace(next, file(gitDirectory));
    disk.sync(gitDirectory);
  }

  static Optional<Journal> load(Path gitDirectory) throws IOException {
    Path file = file(gitDirectory);
    return Files.exists(file)
        ? Optional.of(StrictJson.mapper().readValue(Files.readAllBytes(file), Journal.class))
        : Optional.empty();
  }

  /** The old bytes of a file. */
  static byte[] before(FileChannel data, Entry entry) throws IOException {
    return read(data, entry.offset(), entry.before());
  }

  /** The new bytes of a file. */
  static byte[] after(FileChannel data, Entry entry) throws IOException {
    return read(data, entry.offset() + entry.before(), entry.after());
  }

  static FileChannel open(Path gitDirectory) throws IOException {
    return FileChannel.open(data(gitDirectory), StandardOpenOption.READ);
  }

  private static byte[] read(FileChannel data, long offset, int size) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(size);
    while (buffer.hasRemaining() && data.read(buffer, offset + buffer.position()) >= 0) {
      // Reads until all is there.
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }
}
