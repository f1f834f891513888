package dev.plasmite.train;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.Stage;
import dev.plasmite.gate.StageResult;
import java.util.ArrayList;
import java.util.List;

/**
 * A stage with remarks on how it is set up, which change nothing of its verdict.
 *
 * @param stage the stage
 * @param remarks warnings, or answers of a stand-in
 */
record Remarked(Stage stage, List<Finding> remarks) implements Around {

  /**
   * A stage whose question only the outside can answer, put to a stand-in: whatever it finds, it says so too.
   *
   * @param what which answer is a stand-in's
   */
  static Remarked simulated(Stage stage, String what) {
    return new Remarked(stage, List.of(Finding.simulated(what)));
  }

  @Override
  public StageResult run(Receipts earlier) {
    StageResult result = stage.run(earlier);
    List<Finding> findings = new ArrayList<>(result.findings());
    findings.addAll(remarks);
    return new StageResult(result.verdict(), findings, result.proof(), result.channels());
  }
}
