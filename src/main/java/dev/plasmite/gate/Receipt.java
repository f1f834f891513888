package dev.plasmite.gate;

import java.util.Map;
import java.util.TreeMap;

/**
 * Proof that a gate gave its verdict for one commit, version, mode and configuration.
 *
 * @param stage the gate
 * @param verdict what it said
 * @param binding what the verdict is about
 * @param proof the facts proved, by name
 */
public record Receipt(StageName stage, Verdict verdict, Binding binding, Map<String, String> proof) {

  /**
   * What a verdict is bound to; a receipt counts only when all of it is equal.
   *
   * @param version the version to be released
   * @param commit the candidate, 40 hex digits
   * @param mode the mode's name
   * @param configuration hex sha256 of the plan's configuration
   */
  public record Binding(String version, String commit, String mode, String configuration) {}

  public Receipt {
    proof = java.util.Collections.unmodifiableMap(new TreeMap<>(proof));
  }

  /** Whether this lets a later stage go on. */
  public boolean passed() {
    return verdict == Verdict.PASSED;
  }
}
