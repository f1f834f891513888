package dev.plasmite.perf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Processes that wrote their number into a file, and are to be gone. */
final class Ended {

  private static final long LIMIT_SECONDS = 120;

  private Ended() {}

  /** Whether a process got as far as writing its number; one that was ended before has left nothing, or an empty file. */
  static boolean said(Path file) throws IOException {
    return Files.exists(file) && !Files.readString(file).isBlank();
  }

  /** Waits until the process is gone: that it was told to end is one thing, that a busy machine has done it another. */
  static void await(Path file) throws IOException, InterruptedException {
    long pid = Long.parseLong(Files.readString(file).strip());
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (runs(pid)) {
      assertThat(System.nanoTime()).as("process %d is still there", pid).isLessThan(until);
      Thread.sleep(50);
    }
  }

  /** A process that has ended stays in the table where nobody collects it, as below the init of some containers (proc(5)). */
  private static boolean runs(long pid) {
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    if (process.isEmpty() || !process.get().isAlive()) {
      return false;
    }
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return "ZX".indexOf(stat.charAt(stat.lastIndexOf(')') + 2)) < 0;
    } catch (IOException e) {
      return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false); // gone meanwhile, or no Linux
    }
  }
}
