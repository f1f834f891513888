package dev.plasmite.publishing.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.locks.LockSupport;
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

  /** Deletes all below a directory; JGit may still be looking after a clone in the background. */
  static void delete(Path directory) throws IOException {
    for (int attempt = 1; Files.exists(directory); attempt++) {
      try (Stream<Path> found = Files.walk(directory)) {
        for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      } catch (IOException | UncheckedIOException e) {
        if (attempt == 100) {
          throw e;
        }
        LockSupport.parkNanos(50_000_000);
      }
    }
  }
}
