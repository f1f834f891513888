package dev.plasmite.train;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.Stage;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import java.util.ArrayList;
import java.util.List;

/**
 * A stage whose question only the outside can answer, put to a stand-in: whatever it finds, it says so too.
 *
 * @param stage the stage
 * @param what which answer is a stand-in's
 */
record Simulated(Stage stage, String what) implements Stage {

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
    findings.add(Finding.simulated(what));
    return new StageResult(result.verdict(), findings, result.proof(), result.channels());
  }
}
