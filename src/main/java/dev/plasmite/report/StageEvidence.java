package dev.plasmite.report;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import dev.plasmite.gate.Verdict;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * One stage of a run.
 *
 * @param name which one
 * @param verdict what it said; passed over an error or something unknown, it counts as what follows from its findings
 * @param took how long it worked
 * @param findings all that it found; of a skipped stage the first is the reason
 * @param proof the facts proved, by name; never a secret
 */
public record StageEvidence(
    StageName name, Verdict verdict, Duration took, List<Finding> findings, Map<String, String> proof) {

  public StageEvidence {
    Objects.requireNonNull(name);
    Objects.requireNonNull(verdict);
    took = took.isNegative() ? Duration.ZERO : took;
    findings = List.copyOf(findings);
    // A gate does not pass over what it found itself.
    verdict = verdict == Verdict.PASSED ? Verdict.of(findings) : verdict;
    proof = Collections.unmodifiableMap(new TreeMap<>(proof));
  }

  /** A stage that has just run. */
  public static StageEvidence of(StageName name, StageResult result, Duration took) {
    return new StageEvidence(name, result.verdict(), took, result.findings(), result.proof());
  }

  /** Whether this is where the train stops. */
  public boolean blocks() {
    return verdict == Verdict.FAILED || verdict == Verdict.INCONCLUSIVE;
  }

  /** Whether a stand-in gave any of the answers, so that the verdict proves less than it would outside the sandbox. */
  public boolean simulated() {
    return count(Finding.Severity.SIMULATED) > 0;
  }

  /** How many findings have this weight. */
  public int count(Finding.Severity severity) {
    return (int) findings.stream().filter(f -> f.severity() == severity).count();
  }

  /** The findings that stop the train, in the stage's order. */
  public List<Finding> blockers() {
    return findings.stream().filter(Finding::blocks).toList();
  }
}
