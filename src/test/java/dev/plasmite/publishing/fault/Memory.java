package dev.plasmite.publishing.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directories for many small worlds: in memory where the system has a file system there, which halves their time. */
final class Memory {

  private static final Path SHARED = Path.of("/dev/shm");
  private static final long NEEDED = 256L << 20;

  private Memory() {}

  static Path directory() throws IOException {
    boolean there = Files.isWritable(SHARED) && Files.getFileStore(SHARED).getUsableSpace() > NEEDED;
    return (there ? Files.createTempDirectory(SHARED, "plasmite-") : Files.createTempDirectory("plasmite-")).toRealPath();
  }

  static void delete(Path directory) throws IOException {
    List<Path> all;
    try (Stream<Path> found = Files.walk(directory)) {
      all = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
