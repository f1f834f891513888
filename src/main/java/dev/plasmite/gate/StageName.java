package dev.plasmite.gate;

import java.util.Locale;

/** The stages of the train, in the order in which it runs them. Phase and goal carry the same name. */
public enum StageName {
  VERIFY_CANDIDATE,
  VERIFY_ALIGNMENT,
  PERF_GATE,
  STAGE_ARTIFACTS,
  PROVENANCE,
  PUBLISH,
  VERIFY_DELIVERY;

  /** The name of the phase and the goal, such as {@code verify-candidate}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
