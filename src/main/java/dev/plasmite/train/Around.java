package dev.plasmite.train;

import dev.plasmite.gate.Stage;
import dev.plasmite.gate.StageName;

/** A stage with something done before or after it; it is still that stage. */
interface Around extends Stage {

  /** The stage itself. */
  Stage stage();

  @Override
  default StageName name() {
    return stage().name();
  }

  @Override
  default String purpose() {
    return stage().purpose();
  }
}
