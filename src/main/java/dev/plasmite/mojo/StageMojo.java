package dev.plasmite.mojo;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import dev.plasmite.gate.Verdict;
import java.util.List;
import java.util.Properties;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;

/** A goal that runs one stage, once in a build: at the root. */
abstract class StageMojo extends TrainMojo {

  /**
   * Skips all stages; a gate that is skipped has no receipt, so nothing can be published. In live mode it is refused.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.skip", defaultValue = "false")
  boolean skip;

  /** The stage that this goal runs. */
  abstract StageName stage();

  /** Whether this stage is to be skipped, and not all. */
  abstract boolean skippedAlone();

  @Override
  void work() throws MojoFailureException {
    if (skip || skippedAlone()) {
      skipped(skip ? "plasmite.skip" : "plasmite." + stage().id() + ".skip");
      return;
    }
    if (!ExecutionRoot.isHere(session)) {
      getLog().debug(stage().id() + " runs once, at the root");
      return;
    }
    ExecutionRoot.demandWhole(session, directory());
    demandPassed(train().run(stage()));
  }

  private void skipped(String property) {
    if (Mode.LIVE.id().equals(mode)) {
      throw new Refusal(
          Finding.of(property + " skips " + stage().id() + ", and no gate is skipped in a live release").remedy("leave " + property + " away"));
    }
    getLog().warn(stage().id() + " skipped by " + property + ": it leaves no receipt");
  }

  /** Fails the build with all findings when a result is no pass. */
  final void demandPassed(StageResult result) throws MojoFailureException {
    if (result.verdict() != Verdict.PASSED) {
      stop(result);
    }
  }

  /**
   * Whether a directory of artifacts is to be proven against a tag. The parameter has a default, so that only the command
   * line tells whether a directory was named.
   */
  final boolean directoryNamed() {
    Properties given = session.getUserProperties();
    return given.containsKey("plasmite.artifacts") && given.containsKey("plasmite.releaseTag");
  }

  /** A goal that demands the receipts of others is better typed as its phase, which runs those first. */
  private String again() {
    return stage().compareTo(StageName.PUBLISH) >= 0 ? stage().id() : invocation().typed(stage().id());
  }

  private void stop(StageResult result) throws MojoFailureException {
    List<Finding> blocking = result.findings().stream().filter(Finding::blocks).toList();
    StringBuilder message = new StringBuilder(stage().id() + " " + result.verdict().id() + ":");
    blocking.forEach(finding -> message.append("\n  ").append(finding));
    message.append("\nThen run it again: ").append(spelled("mvn " + again()));
    throw new MojoFailureException(message.toString());
  }
}
