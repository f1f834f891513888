package dev.plasmite.gate;

import java.util.Collection;
import java.util.Locale;

/** What a gate says. Only {@link #PASSED} lets the train go on. */
public enum Verdict {
  PASSED,
  FAILED,
  /** Not enough evidence either way; blocks like {@link #FAILED}. */
  INCONCLUSIVE,
  /** Not run, for a reason that is given. */
  SKIPPED;

  /** The word as reports spell it. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The verdict that follows from findings: any error fails; else anything unknown is inconclusive. */
  public static Verdict of(Collection<Finding> findings) {
    if (findings.stream().anyMatch(f -> f.severity() == Finding.Severity.ERROR)) {
      return FAILED;
    }
    return findings.stream().anyMatch(Finding::blocks) ? INCONCLUSIVE : PASSED;
  }
}
