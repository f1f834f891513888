package dev.plasmite.train;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.Stage;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import java.util.ArrayList;
import java.util.List;

/**
 * A stage with remarks on how it is set up, which change nothing of its verdict.
 *
 * @param stage the stage
 * @param remarks warnings
 */
record Remarked(Stage stage, List<Finding> remarks) implements Stage {

  @Override
  public StageName name() {
    return stage.name();
  }

  @Override
  public String purpose() {
    return stage.purpose();
  }

  @Override
  public StageResult run(Receipts earlier) {
    StageResult result = stage.run(earlier);
    List<Finding> findings = new ArrayList<>(result.findings());
    findings.addAll(remarks);
    return new StageResult(result.verdict(), findings, result.proof(), result.channels());
  }
}
