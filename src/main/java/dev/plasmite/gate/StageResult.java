package dev.plasmite.gate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a stage found and proved.
 *
 * @param verdict the gate's verdict
 * @param findings all that was found
 * @param proof facts that later stages may build on, by name: digests, the commit, a count; never a secret
 * @param channels what is known of each channel now; empty for stages that touch none
 */
public record StageResult(
    Verdict verdict, List<Finding> findings, Map<String, String> proof, List<ChannelReport> channels) {

  public StageResult {
    findings = List.copyOf(findings);
    proof = java.util.Collections.unmodifiableMap(new TreeMap<>(proof));
    channels = List.copyOf(channels);
  }

  /** The verdict that follows from the findings, with the facts proved. */
  public static StageResult of(List<Finding> findings, Map<String, String> proof) {
    return new StageResult(Verdict.of(findings), findings, proof, List.of());
  }

  /** The same result with what is known of the channels. */
  public StageResult withChannels(List<ChannelReport> reports) {
    return new StageResult(verdict, findings, proof, reports);
  }
}
