package dev.plasmite.manifest;

import com.fasterxml.jackson.databind.ObjectMapper;
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
 *
 * @param state how far it had come
 * @param files the files it is about
 */
record Journal(State state, List<Entry> files) {

  /** How far a transaction is. */
  enum State {
    /** Files are being laid beside their targets; no target is changed. */
    STAGING,
    /** Targets are being replaced. */
    APPLYING,
    /** All targets are new; only what was laid beside them is left to be removed. */
    DONE
  }

  /**
   * One file.
   *
   * @param path relative to the root
   * @param before hex sha256 of the old bytes
   * @param after hex sha256 of the new bytes
   * @param offset where its old bytes stand in the backup
   * @param size how many they are
   */
  record Entry(String path, String before, String after, long offset, int size) {}

  private static final String NAME = "plasmite-bump.json";

  /** The old bytes of all files, one after the other. */
  static Path backup(Path gitDirectory) {
    return gitDirectory.resolve("plasmite-bump.old");
  }

  /** The old bytes of one file. */
  static byte[] oldBytes(Path gitDirectory, Entry entry) throws IOException {
    try (FileChannel channel = FileChannel.open(backup(gitDirectory), StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.allocate(entry.size());
      while (buffer.hasRemaining() && channel.read(buffer, entry.offset() + buffer.position()) >= 0) {
        // Reads until all is there.
      }
      return Arrays.copyOf(buffer.array(), buffer.position());
    }
  }

  static Path file(Path gitDirectory) {
    return gitDirectory.resolve(NAME);
  }

  /** A journal that is being written; it counts when it has the journal's name. */
  static Path next(Path gitDirectory) {
    return gitDirectory.resolve(NAME + ".next");
  }

  void save(Path gitDirectory, Disk disk) throws IOException {
    ObjectMapper mapper = StrictJson.mapper();
    Path next = next(gitDirectory);
    disk.writeDurably(next, List.of(mapper.writeValueAsBytes(this)));
    disk.replace(next, file(gitDirectory));
    disk.sync(gitDirectory);
  }

  static Optional<Journal> load(Path gitDirectory) throws IOException {
    Path file = file(gitDirectory);
    return Files.exists(file)
        ? Optional.of(StrictJson.mapper().readValue(Files.readAllBytes(file), Journal.class))
        : Optional.empty();
  }
}
