package dev.plasmite.perf;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.PerfPolicy;
import dev.plasmite.gate.Progress;
import dev.plasmite.gate.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Keeps an eye on the machine: waits for it to calm down, keeps other gates out, notes what spoils a measurement. */
final class HostWatch implements AutoCloseable {

  /** Load for each core above which the result is shown with a warning. */
  static final double BUSY = 0.5;

  private static final Duration LONGEST_FOR_OTHER_GATE = Duration.ofMinutes(20);
  private static final long POLL_MILLIS = 250;

  private final Host host;
  private final PerfPolicy policy;
  private final Progress progress;
  private final FileChannel lockFile;
  private final FileLock lock;
  private final Path lockPath;
  private final HostState first;
  private double highestLoad = -1;
  private boolean onBattery;

  private HostWatch(
      Host host, PerfPolicy policy, Progress progress, FileChannel lockFile, FileLock lock, Path lockPath) {
    this.host = host;
    this.policy = policy;
    this.progress = progress;
    this.lockFile = lockFile;
    this.lock = lock;
    this.lockPath = lockPath;
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
      FileChannel file = open(lockPath);
      long until = System.nanoTime() + LONGEST_FOR_OTHER_GATE.toNanos();
      for (boolean told = false; ; told = true) {
        FileLock lock = tryLock(file);
        if (lock != null && isStill(lockPath, file)) {
          return new HostWatch(host, policy, progress, file, lock, lockPath);
        }
        if (lock != null) {
          file.close();
          file = open(lockPath);
          continue;
        }
        if (System.nanoTime() > until) {
          file.close();
          throw new Refusal(
              Finding.unknown("another performance gate is measuring on this machine (" + lockPath + ")")
                  .remedy("run this one when the other has ended"));
        }
        if (!told) {
          progress.line("perf-gate: another performance gate is measuring on this machine; waiting for it, at most "
              + LONGEST_FOR_OTHER_GATE.toMinutes() + " min");
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

  private static FileChannel open(Path lockPath) throws IOException {
    return FileChannel.open(lockPath, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
  }

  /**
   * Whether the path names the locked file: the gate before may have removed it between opening and locking. The file is
   * given a size that no other one has; it must not be opened again, as closing it would undo the lock (fcntl(2)).
   */
  private static boolean isStill(Path path, FileChannel locked) throws IOException {
    long size = ThreadLocalRandom.current().nextLong(1, 1L << 30);
    locked.truncate(0);
    locked.write(ByteBuffer.allocate(1), size - 1);
    try {
      return Files.size(path) == size;
    } catch (NoSuchFileException e) {
      return false;
    }
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
      if (!told) {
        progress.line("perf-gate: load " + load + "; waiting for the machine to calm down, at most "
            + policy.hostWait().toSeconds() + " s");
      }
      if (System.nanoTime() > until) {
        throw new Refusal(
            Finding.unknown("this machine is too busy to measure: load " + load)
                .remedy("end what else runs here, or raise <perfGate><maxLoadPerCore> or <hostWait>"));
      }
      pause();
    }
  }

  /** Whether a hopeless host did not calm down while it was waited for; said before each pair of runs. */
  Optional<String> hopeless() {
    try {
      awaitCalm();
      return Optional.empty();
    } catch (Refusal e) {
      return Optional.of(e.findings().get(0).what());
    }
  }

  /** The machine just now; remembered for the warnings. */
  HostState note() {
    HostState now = host.now();
    highestLoad = Math.max(highestLoad, now.loadPerCore());
    onBattery |= now.power().equals("battery");
    return now;
  }

  /** What the machine is. */
  Host host() {
    return host;
  }

  /** What spoiled the measurement, for the maintainer. */
  List<Finding> warnings() {
    List<Finding> out = new ArrayList<>();
    HostState now = note();
    if (highestLoad > BUSY) {
      out.add(
          Finding.warning(String.format(Locale.ROOT,
              "this machine was busy while measuring: load per core up to %.1f, the benchmark's own included", highestLoad))
              .remedy("measure on a quiet machine: the gate then needs fewer runs"));
    }
    if (onBattery) {
      out.add(Finding.warning("this machine ran on battery while measuring").remedy("plug it in"));
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
      Files.deleteIfExists(lockPath); // while it is still locked, so that it is surely this gate's own
    } catch (IOException e) {
      // Windows removes no open file; an empty one that stays there does no harm.
      progress.line("perf-gate: " + lockPath + " stays");
    }
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
