package dev.plasmite.client;

import dev.plasmite.gate.OutsideFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Starts processes, keeps what they print, and ends their whole tree at the limit or when this thread is interrupted. */
public final class Processes {

  /** What is kept of each stream, in bytes; the rest is read and dropped, so that no child can fill the heap. */
  private static final int KEPT = 8 * 1024 * 1024;

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
    Process process = start(command);
    try {
      process.getOutputStream().close();
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

  private static Process start(Command command) {
    List<String> argv = new ArrayList<>(command.argv());
    Map<String, String> inherited = command.inherit() ? System.getenv() : Map.of();
    String path = command.environment().getOrDefault("PATH", inherited.getOrDefault("PATH", System.getenv("PATH")));
    Executables.find(argv.get(0), command.directory(), path).map(Path::toString).ifPresent(found -> argv.set(0, found));
    ProcessBuilder builder = new ProcessBuilder(argv).directory(command.directory().toFile());
    builder.environment().clear();
    builder.environment().putAll(inherited);
    builder.environment().putAll(command.environment());
    try {
      return builder.start();
    } catch (IOException e) {
      throw new OutsideFailure("cannot start " + command.argv().get(0), e);
    }
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
