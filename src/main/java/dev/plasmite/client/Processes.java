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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Starts processes, keeps what they print, and ends their whole tree at the limit or when this thread is interrupted. */
public class Processes {

  /** What is kept of each stream, in bytes; the rest is read and dropped, so that no child can fill the heap. */
  private static final int KEPT = 8 * 1024 * 1024;

  private static final File NOTHING = new File(File.separatorChar == '\\' ? "NUL" : "/dev/null");

  private final Redactor redactor;

  public Processes(Redactor redactor) {
    this.redactor = redactor;
  }

  /**
   * Runs a command to its end.
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
      CompletableFuture<String> out = read(process.getInputStream());
      CompletableFuture<String> err = read(process.getErrorStream());
      boolean ended = process.waitFor(command.timeout().toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        endTree(process);
      }
      return new Exit(
          ended ? process.exitValue() : -1,
          redactor.redact(out.join()),
          redactor.redact(err.join()),
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

  private static CompletableFuture<String> read(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          ByteArrayOutputStream kept = new ByteArrayOutputStream();
          byte[] buffer = new byte[8192];
          try (stream) {
            for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
              kept.write(buffer, 0, Math.min(n, Math.max(0, KEPT - kept.size())));
            }
          } catch (IOException e) {
            // The process was ended while it was printing: what it said until then is what there is.
            return kept.toString(StandardCharsets.UTF_8);
          }
          return kept.toString(StandardCharsets.UTF_8);
        },
        task -> {
          Thread reader = new Thread(task, "plasmite-output");
          reader.setDaemon(true);
          reader.start();
        });
  }

  private static void endTree(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
