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
      if (gate.compareTo(stage) < 0 && !passed(gate)) {
        missing.add(
            Finding.of(stage.id() + " refused: gate " + standing(gate))
                .remedy("type the phase " + stage.id() + ", not the goal: it runs the gates before it, in order"));
      }
    }
    if (!missing.isEmpty()) {
      throw new Refusal(missing);
    }
  }

  /**
   * Demands that the whole train has passed for this very binding.
   *
   * @throws Refusal one finding for each stage that is missing or has not passed
   */
  public void demandAll() {
    List<Finding> missing = new ArrayList<>();
    for (StageName gate : StageName.values()) {
      if (!passed(gate)) {
        missing.add(
            Finding.of("the train is not through: " + standing(gate))
                .remedy("leave -Dplasmite.skip away, and bind the goal to its phase"));
      }
    }
    if (!missing.isEmpty()) {
      throw new Refusal(missing);
    }
  }

  private boolean passed(StageName gate) {
    return of(gate).filter(Receipt::passed).isPresent();
  }

  private String standing(StageName gate) {
    return gate.id() + " has " + of(gate).map(receipt -> "the verdict " + receipt.verdict().id()).orElse("no receipt")
        + " for this commit, version, mode and configuration";
  }
}
