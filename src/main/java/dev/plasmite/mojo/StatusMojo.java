package dev.plasmite.mojo;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Refusal;
import dev.plasmite.train.Status;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Shows where this release stands: which stages have passed for this commit, what each channel holds, what blocks, and the
 * next command to type. Changes nothing.
 *
 * @since 0.1.0
 */
@Mojo(name = "status", requiresProject = false, aggregator = true, threadSafe = true)
public final class StatusMojo extends TrainMojo {

  /**
   * text or json.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.format", defaultValue = "text")
  private String format;

  /**
   * A file to write to, instead of the log.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.output")
  private File output;

  @Override
  void work() {
    if (!format.equals("text") && !format.equals("json")) {
      throw new Refusal(Finding.of("unknown format '" + format + "'").remedy("-Dplasmite.format=text or json"));
    }
    Status status = Status.of(plan(), invocation(), System.getenv(), session.isOffline(), Clock.systemDefaultZone());
    String shown = format.equals("json") ? status.json() : status.text();
    if (output == null) {
      shown.lines().forEach(getLog()::info);
      return;
    }
    Path file = directory().resolve(output.toPath());
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, shown);
    } catch (IOException e) {
      throw new OutsideFailure("cannot write " + file, e);
    }
  }
}
