package dev.plasmite.mojo;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.PerfPlan;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import dev.plasmite.gate.Verdict;
import dev.plasmite.mojo.config.Configuration;
import dev.plasmite.perf.SamplesGate;
import dev.plasmite.report.FindingsText;
import dev.plasmite.train.Train;
import java.io.File;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Is it slower than the base tag on this same host? Blocks when it is, and when it cannot tell.
 *
 * @since 0.1.0
 */
@Mojo(name = "perf-gate", requiresProject = false, threadSafe = true)
public final class PerfGateMojo extends StageMojo {

  /**
   * Skips this stage alone. It leaves no receipt, so nothing can be published; in live mode it is refused.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.perf-gate.skip", defaultValue = "false")
  boolean skipStage;

  /**
   * Judges a file of recorded samples alone, in any directory: no POM and no git are needed, nothing is measured, and no
   * receipt is left.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.perf.samples")
  private File samples;

  /**
   * Tries the gate itself on this machine: aa (a release against itself must pass, and shows how noisy the machine is) or
   * self-test (an injected slowdown must be caught). Leaves no receipt.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.perf.calibrate")
  private String calibrate;

  @Override
  boolean skippedAlone() {
    return skipStage;
  }

  @Override
  StageName stage() {
    return StageName.PERF_GATE;
  }

  @Override
  void work() throws MojoFailureException {
    if (samples != null) {
      judgeSamples();
    } else if (calibrate != null) {
      Train.Calibration kind =
          Train.Calibration.named(calibrate)
              .orElseThrow(
                  () ->
                      new Refusal(
                          Finding.of("'" + calibrate + "' is no calibration").remedy("-Dplasmite.perf.calibrate=aa or self-test")));
      demandPassed(train().calibrate(kind));
    } else {
      super.work();
    }
  }

  private void judgeSamples() throws MojoFailureException {
    Configuration configuration = new Configuration();
    Optional<PerfPlan> plan = Optional.ofNullable(perfGate).map(configuration::perf);
    configuration.throwIfWrong();
    SamplesGate.Judged judged = new SamplesGate(plan).judged(directory().resolve(samples.toPath()));
    judged.table().forEach(getLog()::info);
    StageResult result = judged.result();
    result.proof().forEach((name, value) -> getLog().info(name + ": " + value));
    FindingsText.lines(result.findings().stream().filter(f -> !f.blocks()).toList()).forEach(getLog()::warn);
    String verdict = "perf-gate " + result.verdict().id() + " (recorded samples, no receipt)";
    if (result.verdict() != Verdict.PASSED) {
      List<Finding> blocking = result.findings().stream().filter(Finding::blocks).toList();
      throw new MojoFailureException(verdict + ":\n" + String.join("\n", FindingsText.lines(blocking)));
    }
    getLog().info(verdict);
  }
}
