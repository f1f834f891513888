package dev.plasmite.gate;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The newest receipt of each gate for the binding of this run. Receipts of another binding are not among them. */
public final class Receipts {

  private final Map<StageName, Receipt> newest = new EnumMap<>(StageName.class);

  /** The receipts of a ledger in time order: the last of each stage that has the wanted binding counts. */
  public Receipts(Iterable<Receipt> inTimeOrder, Receipt.Binding wanted) {
    for (Receipt receipt : inTimeOrder) {
      if (receipt.binding().equals(wanted)) {
        newest.put(receipt.stage(), receipt);
      }
    }
  }

  /** The newest receipt of a stage. */
  public Optional<Receipt> of(StageName stage) {
    return Optional.ofNullable(newest.get(stage));
  }

  /** A fact that a stage which passed has proved. */
  public Optional<String> proof(StageName stage, String name) {
    return of(stage).filter(Receipt::passed).map(r -> r.proof().get(name));
  }

  /**
   * Demands that every gate before a stage has passed for this very binding, however the stage was called.
   *
   * @throws Refusal one finding for each gate that is missing or has not passed
   */
  public void demandAllBefore(StageName stage) {
    List<Finding> missing = new ArrayList<>();
    for (StageName gate : StageName.values()) {
      if (gate.compareTo(stage) >= 0) {
        break;
      }
      Receipt receipt = newest.get(gate);
      if (receipt == null || !receipt.passed()) {
        missing.add(
            Finding.of(
                    stage.id() + " refused: gate " + gate.id() + " has "
                        + (receipt == null ? "no receipt" : "the verdict " + receipt.verdict().id())
                        + " for this commit, version, mode and configuration")
                .remedy("run the whole train: mvn " + stage.id() + " (it runs the gates before it in order)"));
      }
    }
    if (!missing.isEmpty()) {
      throw new Refusal(missing);
    }
  }
}
