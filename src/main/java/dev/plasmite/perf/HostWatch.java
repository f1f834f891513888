package dev.plasmite.perf;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.PerfPolicy;
import dev.plasmite.gate.Progress;
import dev.plasmite.gate.Refusal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Keeps an eye on the machine: waits for it to calm down, keeps other gates out, notes what spoils a measurement. */
final class HostWatch implements AutoCloseable {

  /** Load for each core above which the result is shown with a warning. */
  private static final double BUSY = 0.5;

  private static final Duration LONGEST_FOR_OTHER_GATE = Duration.ofMinutes(20);
  private static final long POLL_MILLIS = 1000;

  private final Host host;
  private final PerfPolicy policy;
  private final Progress progress;
  private final FileChannel lockFile;
  private final FileLock lock;
  private final HostState first;
  private double highestLoad = -1;

  private HostWatch(Host host, PerfPolicy policy, Progress progress, FileChannel lockFile, FileLock lock) {
    this.host = host;
    this.policy = policy;
    this.progress = progress;
    this.lockFile = lockFile;
    this.lock = lock;
    this.first = host.now();
  }

  /**
   * Waits until no other gate measures on this machine.
   *
   * @param lockPath the file that gates agree on
   * @throws Refusal when another one measures for too long
   */
  static HostWatch start(Host host, Path lockPath, PerfPolicy policy, Progress progress) {
    try {
      FileChannel file = FileChannel.open(lockPath, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      long until = System.nanoTime() + LONGEST_FOR_OTHER_GATE.toNanos();
      for (boolean told = false; ; told = true) {
        FileLock lock = tryLock(file);
        if (lock != null) {
          return new HostWatch(host, policy, progress, file, lock);
        }
        if (System.nanoTime() > until) {
          file.close();
          throw new Refusal(
              Finding.unknown("another performance gate is measuring on this machine (" + lockPath + ")")
                  .remedy("run this one when the other has ended"));
        }
        if (!told) {
          progress.line("perf-gate: another performance gate is measuring on this machine; waiting for it");
        }
        pause();
      }
    } catch (IOException e) {
      throw new OutsideFailure("cannot lock " + lockPath, e);
    }
  }

  /** The file among the temporary files that all gates of a user agree on. */
  static Path lock(Path temporary) {
    String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9_-]", "_");
    return temporary.resolve("plasmite-perf-gate-" + user + ".lock");
  }

  private static FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // another gate in this very JVM
    }
  }

  /**
   * Waits until measuring has a chance.
   *
   * @throws Refusal when the machine stays too busy
   */
  void awaitCalm() {
    long until = System.nanoTime() + policy.hostWait().toNanos();
    for (boolean told = false; ; told = true) {
      HostState now = host.now();
      if (now.loadPerCore() <= policy.maxLoadPerCore()) {
        return;
      }
      String load = String.format(Locale.ROOT, "%.1f on %d cores", now.load(), now.cores());
      if (System.nanoTime() > until) {
        throw new Refusal(
            Finding.unknown("this machine is too busy to measure: load " + load)
                .remedy("end what else runs here, or raise <perfGate><maxLoadPerCore> or <hostWait>"));
      }
      if (!told) {
        progress.line("perf-gate: load " + load + "; waiting for the machine to calm down");
      }
      pause();
    }
  }

  /** The machine just now; remembered for the warnings. */
  HostState note() {
    HostState now = host.now();
    highestLoad = Math.max(highestLoad, now.loadPerCore());
    return now;
  }

  /** What the machine is. */
  Host host() {
    return host;
  }

  /** What spoiled the measurement, for the maintainer. */
  List<Finding> warnings() {
    List<Finding> out = new ArrayList<>();
    HostState now = host.now();
    if (highestLoad > BUSY) {
      out.add(
          Finding.warning(String.format(Locale.ROOT,
              "other programs kept this machine busy while measuring: load per core up to %.1f", highestLoad))
              .remedy("measure on a quiet machine: the gate then needs fewer runs"));
    }
    if (now.power().equals("battery")) {
      out.add(Finding.warning("this machine runs on battery").remedy("plug it in"));
    }
    if (now.governor().equals("powersave")) {
      out.add(Finding.warning("the frequency governor is powersave").remedy("set it to performance for the gate"));
    }
    if (first.throttled() >= 0 && now.throttled() > first.throttled()) {
      out.add(Finding.warning("the processor was throttled by heat while measuring").remedy("cool the machine"));
    }
    return out;
  }

  @Override
  public void close() {
    try {
      lock.release();
      lockFile.close();
    } catch (IOException e) {
      throw new OutsideFailure("cannot unlock the performance gate", e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutsideFailure("the performance gate was interrupted");
    }
  }
}
