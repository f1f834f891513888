package dev.plasmite.mojo;

import dev.plasmite.artifact.Targets;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Refusal;
import dev.plasmite.staging.Distribution;
import dev.plasmite.staging.Matrix;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Prints the job matrix of GitHub Actions for the targets file, one line of JSON, when that file and the document for
 * people that repeats it are right.
 *
 * @since 0.1.0
 */
@Mojo(name = "matrix", requiresProject = false, aggregator = true, threadSafe = true)
public final class MatrixMojo extends StagingToolMojo {

  /**
   * A file to which the line matrix=JSON is appended, such as the one that a workflow's GITHUB_OUTPUT names.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.output")
  private File output;

  @Override
  void work() {
    String file =
        targetsFile()
            .orElseThrow(
                () -> new Refusal(Finding.of("no targets file is named").remedy("set <staging><targets>, or -Dplasmite.targets=release/targets.json")));
    Targets read = Targets.read(directory().resolve(file), file);
    List<Finding> drift = new Distribution(read, file).drift(directory().resolve(Distribution.PATH));
    if (!drift.isEmpty()) {
      throw new Refusal(drift);
    }
    String json = Matrix.json(read);
    if (output == null) {
      // Not the log: with -q this line is all that is printed, for a shell to take.
      System.out.println(json);
      return;
    }
    try {
      Files.writeString(absolute(output), "matrix=" + json + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new OutsideFailure("cannot write " + output, e);
    }
    getLog().info(read.targets().size() + " targets, appended to " + output + " as matrix");
  }
}
