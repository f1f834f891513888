package dev.plasmite.gate;

/** One step of the train. A stage knows the plan and what earlier stages proved, and no other stage. */
public interface Stage {

  /** Which step this is. */
  StageName name();

  /** What it does, in a few words, for {@code plan}: "build and collect the artifacts". */
  String purpose();

  /**
   * Does the work and says what it found.
   *
   * @throws Refusal for what the maintainer can mend
   * @throws OutsideFailure for what the world got wrong
   */
  StageResult run(Receipts earlier);
}
