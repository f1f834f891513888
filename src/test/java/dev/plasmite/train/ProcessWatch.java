package dev.plasmite.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Looks fifty times a second at what the processes below this one were started with, and what is in their environment (proc(5)). */
final class ProcessWatch implements AutoCloseable {

  private final Map<Long, Seen> seen = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean over;

  /**
   * One process.
   *
   * @param parent its parent's id
   * @param argv its arguments, with spaces between
   * @param environment its variables, one a line
   */
  record Seen(long parent, String argv, String environment) {}

  ProcessWatch() {
    thread = new Thread(this::watch, "process-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    while (!over) {
      ProcessHandle.current().descendants().forEach(this::look);
      LockSupport.parkNanos(20_000_000);
    }
  }

  private void look(ProcessHandle process) {
    try {
      Path proc = Path.of("/proc", Long.toString(process.pid()));
      String argv = text(proc.resolve("cmdline"), ' ');
      String environment = text(proc.resolve("environ"), '\n');
      long parent = process.parent().map(ProcessHandle::pid).orElse(0L);
      Seen before = seen.get(process.pid());
      if (before != null && environment.isEmpty()) {
        return; // it ended between the two readings; the environment that was seen is not of these arguments
      }
      // A process is first its parent's copy, then the program, which may change its title.
      if (before == null || !before.argv().contains(argv)) {
        seen.merge(process.pid(), new Seen(parent, argv, environment), (a, b) -> new Seen(a.parent() == 0 ? b.parent() : a.parent(), a.argv() + "\n" + b.argv(), b.environment().isEmpty() ? a.environment() : b.environment()));
      }
    } catch (IOException e) {
      return; // it is gone
    }
  }

  private static String text(Path file, char end) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace('\0', end);
  }

  /** All that was seen. */
  List<Seen> seen() {
    return List.copyOf(seen.values());
  }

  /** What a process and those above it were started with. */
  String lineage(Seen process) {
    StringBuilder all = new StringBuilder();
    for (Seen at = process; at != null; at = seen.get(at.parent())) {
      all.append(at.argv()).append('\n');
    }
    return all.toString();
  }

  @Override
  public void close() {
    over = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
