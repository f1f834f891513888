package dev.plasmite.candidate.blocker;

import dev.plasmite.client.Redactor;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.Verdict;
import dev.plasmite.version.SemVer;
import java.util.Arrays;
import java.util.List;

/**
 * A gate that failed or could not tell, as it is filed.
 *
 * @param gate the gate
 * @param version the release it stopped
 * @param commit the candidate
 * @param verdict what it said
 * @param findings why
 * @param command what was run, for whoever tries it again
 * @param evidence where the evidence is, a path or an address; empty for none
 * @param log what was printed; its end is filed
 */
public record GateFailure(
    StageName gate,
    SemVer version,
    String commit,
    Verdict verdict,
    List<Finding> findings,
    String command,
    String evidence,
    String log) {

  private static final int LOG_LINES = 40;
  private static final int MAX_LINE = 500;

  public GateFailure {
    findings = List.copyOf(findings);
  }

  /** The same for each run of the same gate for the same release, so that it is filed once. */
  public String title() {
    return title(gate, version);
  }

  /** The title of the blocker of a gate and a release. */
  public static String title(StageName gate, SemVer version) {
    return version.tag() + ": gate " + gate.id() + " does not pass";
  }

  /** All that is known, as Markdown, without any secret. */
  public String body(Redactor redactor) {
    StringBuilder text = new StringBuilder();
    text.append("Gate ").append(gate.id()).append(" said ").append(verdict.id());
    text.append(" for ").append(version.tag()).append(" at commit ").append(commit).append(".\n\n");
    text.append("Findings:\n\n");
    findings.stream().filter(Finding::blocks).forEach(f -> text.append("- ").append(oneLine(f.toString())).append('\n'));
    text.append("\nCommand: `").append(oneLine(command)).append("`\n");
    if (!evidence.isEmpty()) {
      text.append("\nEvidence: ").append(oneLine(evidence)).append('\n');
    }
    if (!log.isBlank()) {
      text.append("\nThe end of the log:\n\n").append(excerpt());
    }
    text.append("\nAccepted when the gate passes for the commit that is to be released.\n");
    return redactor.redact(text.toString());
  }

  /** Indented, so that nothing in a log can end the block it is in. */
  private String excerpt() {
    List<String> lines = Arrays.asList(log.strip().split("\\R"));
    StringBuilder out = new StringBuilder();
    for (String line : lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size())) {
      out.append("    ").append(oneLine(line)).append('\n');
    }
    return out.toString();
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ");
    return line.length() > MAX_LINE ? line.substring(0, MAX_LINE) + "..." : line;
  }
}
