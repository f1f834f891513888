package dev.plasmite.perf;

import dev.plasmite.gate.OutsideFailure;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A private directory that is removed when it is closed, and also when the JVM is told to end: then the thread that
 * made it is interrupted, which ends the process tree it waits for.
 */
final class Scratch implements AutoCloseable {

  static final String PREFIX = "plasmite-perf-";

  private static final int SECONDS_TO_STOP = 10;
  private static final int ROUNDS = 40;
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Path parent;
  private final Thread owner = Thread.currentThread();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "plasmite-perf-cleanup");
  private volatile Path root;

  /** One below a directory of temporary files; it is not made yet. */
  Scratch(Path parent) {
    this.parent = parent;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Makes the directory. */
  Path make() {
    try {
      root = Files.createTempDirectory(parent, PREFIX).toRealPath();
      return root;
    } catch (IOException e) {
      throw new OutsideFailure("cannot make a temporary directory", e);
    }
  }

  /** A path in it; nothing is made. */
  Path path(String name) {
    return root.resolve(name);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending and the hook waits for this very removal.
      Thread.interrupted();
    }
    try {
      if (root != null) {
        remove(root);
      }
    } catch (IOException e) {
      throw new OutsideFailure("cannot remove " + root, e);
    } finally {
      closed.countDown();
    }
  }

  private void stop() {
    owner.interrupt();
    try {
      closed.await(SECONDS_TO_STOP, TimeUnit.SECONDS);
      if (root != null && Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
        remove(root);
      }
    } catch (IOException | InterruptedException e) {
      System.err.println("plasmite: cannot remove " + root + ": " + e.getMessage());
    }
  }

  /**
   * Removes a tree; links are removed, not followed; what is gone already is no error. A process that has just been ended
   * may still write for a moment, so that a directory is not empty again: what stays is tried anew for a while.
   */
  static void remove(Path tree) throws IOException {
    for (int round = 1; Files.exists(tree, LinkOption.NOFOLLOW_LINKS); round++) {
      Removal removal = new Removal();
      Files.walkFileTree(tree, removal);
      if (removal.failure != null) {
        if (round == ROUNDS) {
          throw removal.failure;
        }
        LockSupport.parkNanos(PAUSE.toNanos()); // ends at once for an interrupted thread, which then tries faster
      }
    }
  }

  /** Removes all that can be removed, and remembers the first failure. */
  private static final class Removal extends SimpleFileVisitor<Path> {

    private IOException failure;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      return removed(file);
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return e instanceof NoSuchFileException ? FileVisitResult.CONTINUE : failed(e);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException e) {
      return e == null ? removed(directory) : failed(e);
    }

    private FileVisitResult removed(Path path) {
      try {
        delete(path);
      } catch (IOException e) {
        failed(e);
      }
      return FileVisitResult.CONTINUE;
    }

    private FileVisitResult failed(IOException e) {
      failure = failure == null ? e : failure;
      return FileVisitResult.CONTINUE;
    }
  }

  private static void delete(Path path) throws IOException {
    try {
      Files.deleteIfExists(path);
    } catch (java.nio.file.AccessDeniedException e) {
      // Windows keeps git's object files read-only; Go makes its module cache so.
      path.toFile().setWritable(true);
      path.toFile().getParentFile().setWritable(true);
      Files.deleteIfExists(path);
    }
  }
}
