package dev.plasmite.train;

import dev.plasmite.candidate.blocker.Blockers;
import dev.plasmite.candidate.blocker.GateFailure;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Progress;
import dev.plasmite.gate.Receipt;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import dev.plasmite.gate.Verdict;
import dev.plasmite.report.FindingsText;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * Files a gate that did not pass as a blocker, once. The stages from {@code publish} on are not filed: there the train
 * goes forward, and a blocker of its own would hold it.
 */
final class BlockerFiling {

  private final ReleasePlan plan;
  private final Invocation invocation;
  private final Supplier<Blockers> home;
  private final Progress progress;

  /**
   * Filing.
   *
   * @param home opened only when there is something to file
   */
  BlockerFiling(ReleasePlan plan, Invocation invocation, Supplier<Blockers> home, Progress progress) {
    this.plan = plan;
    this.invocation = invocation;
    this.home = home;
    this.progress = progress;
  }

  /** Files what did not pass when that is asked for. A failure to file is told and changes no verdict: that one blocks anyway. */
  void file(StageName stage, StageResult result, Receipt.Binding binding) {
    if (!invocation.fileBlockers() || result.verdict() == Verdict.PASSED || stage.compareTo(StageName.PUBLISH) >= 0) {
      return;
    }
    if (plan.mode() == Mode.SANDBOX) {
      progress.line("no blocker filed: the sandbox leaves the repository and its tasks alone");
      return;
    }
    List<Finding> own = result.findings().stream().filter(f -> !f.what().startsWith("open blocker ")).toList();
    if (stage == StageName.VERIFY_CANDIDATE && own.stream().noneMatch(Finding::blocks)) {
      progress.line("no blocker filed: the open ones are all that verify-candidate found");
      return;
    }
    try {
      Blockers blockers = home.get();
      blockers.file(
          new GateFailure(
              stage,
              plan.version(),
              binding.commit(),
              result.verdict(),
              own,
              invocation.command(invocation.typed(stage.id()), plan.mode()),
              report(),
              String.join("\n", FindingsText.lines(result.findings()))));
      progress.line("blocker filed in " + blockers.home() + ": " + stage.id() + " does not pass");
    } catch (Refusal | OutsideFailure e) {
      progress.line("NO BLOCKER FILED for " + stage.id() + ": " + e.getMessage());
    }
  }

  private String report() {
    Path file = plan.directories().evidence().resolve("report.html");
    return file.startsWith(plan.repository()) ? plan.repository().relativize(file).toString() : file.toString();
  }
}
