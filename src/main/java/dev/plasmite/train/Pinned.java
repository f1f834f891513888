package dev.plasmite.train;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.Stage;
import dev.plasmite.gate.StageResult;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A stage that builds on the release tag: it begins only while the tag pins what was proven.
 *
 * @param stage the stage
 * @param moved what is wrong with the tag now
 */
record Pinned(Stage stage, Function<Receipts, List<Finding>> moved) implements Around {

  @Override
  public StageResult run(Receipts earlier) {
    earlier.demandAllBefore(name()); // a gate that is missing says more than a tag that it has not proven
    List<Finding> findings = moved.apply(earlier);
    return findings.isEmpty() ? stage.run(earlier) : StageResult.of(findings, Map.of());
  }
}
