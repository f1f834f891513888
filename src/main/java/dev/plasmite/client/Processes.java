package dev.plasmite.client;

import dev.plasmite.gate.OutsideFailure;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Starts processes, keeps what they print, and ends their whole tree at the limit or when this thread is interrupted. */
public class Processes {

  /** What is kept of each stream, in bytes; the rest is read and dropped, so that no child can fill the heap. */
  public static final int KEPT = 8 * 1024 * 1024;

  /** How long the pipes of a process that was ended may take to close. */
  private static final int LAST_WORDS_SECONDS = 2;

  private static final File NOTHING = new File(File.separatorChar == '\\' ? "NUL" : "/dev/null");

  private final Redactor redactor;

  public Processes(Redactor redactor) {
    this.redactor = redactor;
  }

  /**
   * Runs a command to its end, which is when it ended and nobody holds its output open any more.
   *
   * @throws OutsideFailure when it cannot be started
   */
  public Exit run(Command command) {
    return run(command, new byte[0]);
  }

  /**
   * Runs a command to its end, with something on its standard input.
   *
   * @param input what it may read there; that it does not read it all is no error
   * @throws OutsideFailure when it cannot be started
   */
  public Exit run(Command command, byte[] input) {
    Process process = start(command, input.length == 0);
    try {
      write(process.getOutputStream(), input);
      Output out = Output.of(process.getInputStream());
      Output err = Output.of(process.getErrorStream());
      long until = System.nanoTime() + command.timeout().toNanos();
      boolean ended = process.waitFor(command.timeout().toMillis(), TimeUnit.MILLISECONDS);
      // A child that was left behind may hold the pipes longer than its parent ran.
      if (!ended || !out.endedBy(until) || !err.endedBy(until)) {
        ended = false;
        endTree(process);
        long moment = System.nanoTime() + TimeUnit.SECONDS.toNanos(LAST_WORDS_SECONDS);
        out.endedBy(moment);
        err.endedBy(moment);
      }
      return new Exit(
          ended ? process.exitValue() : -1,
          redactor.redact(out.text()),
          redactor.redact(err.text()),
          !ended);
    } catch (IOException e) {
      throw new OutsideFailure("cannot talk to " + command.argv().get(0), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutsideFailure(command.argv().get(0) + " was interrupted");
    } finally {
      endTree(process);
    }
  }

  private static Process start(Command command, boolean withoutInput) {
    List<String> argv = new ArrayList<>(command.argv());
    Map<String, String> inherited = command.inherit() ? System.getenv() : Map.of();
    String path = command.environment().getOrDefault("PATH", inherited.getOrDefault("PATH", System.getenv("PATH")));
    Optional<Path> program = Executables.find(argv.get(0), command.directory(), path);
    program.map(Path::toString).ifPresent(found -> argv.set(0, found));
    ProcessBuilder builder = new ProcessBuilder(argv).directory(command.directory().toFile());
    if (withoutInput) {
      // Not an empty pipe: there are clients (ergo) that refuse one where they take no input.
      builder.redirectInput(NOTHING);
    }
    builder.environment().clear();
    builder.environment().putAll(inherited);
    builder.environment().putAll(command.environment());
    try {
      return builder.start();
    } catch (IOException e) {
      String name = command.argv().get(0);
      if (program.isEmpty() && command.directory().toFile().isDirectory()) {
        String where = name.contains("/") ? "in " + command.directory() : "on the PATH";
        throw new OutsideFailure("cannot start " + name + ": there is no such program " + where);
      }
      throw new OutsideFailure("cannot start " + name, e);
    }
  }

  private static void write(OutputStream stream, byte[] input) throws IOException {
    if (input.length == 0) {
      stream.close();
      return;
    }
    // A thread of its own, for a pipe holds only so much and the child may be printing meanwhile.
    Thread writer =
        new Thread(
            () -> {
              try (stream) {
                stream.write(input);
              } catch (IOException e) {
                // The child ended or closed its input before reading all of it; its exit code tells what that means.
                return;
              }
            },
            "plasmite-input");
    writer.setDaemon(true);
    writer.start();
  }

  /** What a process says on one stream, as far as it has come. */
  private static final class Output {

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final CountDownLatch ended = new CountDownLatch(1);

    static Output of(InputStream stream) {
      Output output = new Output();
      Thread reader = new Thread(() -> output.read(stream), "plasmite-output");
      reader.setDaemon(true);
      reader.start();
      return output;
    }

    private void read(InputStream stream) {
      byte[] buffer = new byte[8192];
      try (stream) {
        for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
          keep(buffer, n);
        }
      } catch (IOException e) {
        // The process was ended while it was printing: what it said until then is what there is.
        return;
      } finally {
        ended.countDown();
      }
    }

    private synchronized void keep(byte[] buffer, int n) {
      kept.write(buffer, 0, Math.min(n, Math.max(0, KEPT - kept.size())));
    }

    boolean endedBy(long nanoTime) throws InterruptedException {
      return ended.await(Math.max(0, nanoTime - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    synchronized String text() {
      return kept.toString(StandardCharsets.UTF_8);
    }
  }

  private static void endTree(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
