package dev.plasmite.report;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;

/**
 * {@code report.json} as it stands on the disk. Public: other programs read it, so no name here is ever changed and
 * nothing is ever taken away; the order of the components is the order of the keys. What is not known is null.
 *
 * @param outcome what has come of the run, see {@link Outcome.Kind#id()}; follows from the rest
 * @param headline the outcome in a sentence; for people, not for programs
 * @param startedAt ISO-8601, UTC
 * @param finishedAt ISO-8601, UTC
 */
@JsonPropertyOrder({
  "version", "tag", "commit", "mode", "outcome", "headline", "startedAt", "finishedAt", "tool", "maven", "host",
  "ledger", "stages", "channels"
})
record ReportDocument(
    String version,
    String tag,
    String commit,
    String mode,
    String outcome,
    String headline,
    String startedAt,
    String finishedAt,
    String tool,
    String maven,
    HostEntry host,
    String ledger,
    List<StageEntry> stages,
    List<ChannelEntry> channels) {

  /** Where it ran. */
  @JsonPropertyOrder({"os", "java", "maven"})
  record HostEntry(String os, String java, String maven) {}

  /**
   * One stage; all of them are there, in the train's order.
   *
   * @param verdict {@code passed}, {@code failed}, {@code inconclusive} or {@code skipped}
   * @param seconds wall time, to the millisecond
   * @param simulated whether a stand-in of the sandbox gave any of its answers
   * @param proof the facts proved, sorted by name
   */
  @JsonPropertyOrder({"name", "verdict", "seconds", "simulated", "findings", "proof"})
  record StageEntry(
      String name,
      String verdict,
      double seconds,
      boolean simulated,
      List<FindingEntry> findings,
      Map<String, String> proof) {}

  /**
   * One finding.
   *
   * @param line from 1; null when there is none
   * @param column from 1; null when there is none
   */
  @JsonPropertyOrder({"severity", "what", "file", "line", "column", "remedy"})
  record FindingEntry(String severity, String what, String file, Integer line, Integer column, String remedy) {}

  /**
   * One channel.
   *
   * @param trials what was tried with it as a user would; empty before a delivery was verified
   */
  @JsonPropertyOrder({"name", "tier", "state", "artifacts", "trials"})
  record ChannelEntry(
      String name, String tier, String state, List<ArtifactEntry> artifacts, List<TrialEntry> trials) {}

  /**
   * One trial.
   *
   * @param with the client, or the file that nothing on that machine can use
   * @param result {@code ran}, {@code installed}, {@code not-run} or {@code failed}
   */
  @JsonPropertyOrder({"with", "result", "detail"})
  record TrialEntry(String with, String result, String detail) {}

  /** One file in a channel; digests in lower-case hex. */
  @JsonPropertyOrder({"file", "sha256", "publishedSha256", "deliveredSha256"})
  record ArtifactEntry(String file, String sha256, String publishedSha256, String deliveredSha256) {}
}
