package dev.plasmite.report;

import dev.plasmite.gate.ChannelReport;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The evidence as short Markdown, for the job summary of GitHub Actions. GitHub Flavored Markdown; every text from
 * outside is escaped, so that it can make no markup, no link, no mention and no table cell.
 */
public final class MarkdownReport {

  /** The most findings shown of one stage; a summary may have at most 1 MiB, and report.html has them all. */
  static final int FINDINGS_OF_A_STAGE = 25;

  private static final int LONGEST_TEXT = 500;

  private MarkdownReport() {}

  /** The summary. */
  public static String render(Evidence evidence) {
    Outcome outcome = Outcome.of(evidence);
    List<String> lines = new ArrayList<>();
    lines.add("## " + symbol(outcome.kind()) + " " + Markdown.text(shorten(outcome.headline())));
    lines.add("");
    outcome.details().forEach(d -> lines.add("- " + Markdown.text(shorten(d))));
    lines.add("");
    lines.add("**What now?** " + Markdown.text(shorten(outcome.advice())) + ", then " + Markdown.code(shorten(outcome.command())));
    lines.add("");
    lines.add("| stage | verdict | time | found |");
    lines.add("|---|---|---:|---|");
    for (StageEvidence stage : evidence.stages()) {
      lines.add(
          "| " + stage.name().id()
              + " | " + symbol(stage.verdict()) + " " + stage.verdict().id() + (stage.simulated() ? ", simulated" : "")
              + " | " + (stage.verdict() == Verdict.SKIPPED ? "" : Words.duration(stage.took()))
              + " | " + Markdown.text(shorten(Words.remarks(stage))) + " |");
    }
    evidence.stages().stream().filter(s -> s.verdict() != Verdict.SKIPPED).forEach(s -> findings(lines, s));
    if (!evidence.channels().isEmpty()) {
      channels(lines, evidence.channels());
    }
    lines.add("");
    lines.add(
        "Commit " + Markdown.code(evidence.commit() == null ? "not known" : shorten(evidence.commit())) + ", tag "
            + Markdown.code(shorten(evidence.tag())) + ", mode " + evidence.mode().id() + ".");
    return String.join("\n", lines) + "\n";
  }

  /**
   * Adds the summary to the job's, where this is a job of GitHub Actions.
   *
   * @param environment the process's environment; {@code GITHUB_STEP_SUMMARY} names the file
   * @return whether there was a job to add it to
   * @throws OutsideFailure when the disk does not take it
   */
  public static boolean appendToJobSummary(Map<String, String> environment, Evidence evidence) {
    String file = environment.getOrDefault("GITHUB_STEP_SUMMARY", "");
    if (file.isEmpty()) {
      return false;
    }
    try {
      Files.writeString(
          Path.of(file),
          Visible.wellFormed(render(evidence)),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      return true;
    } catch (IOException e) {
      throw new OutsideFailure("cannot write the job summary " + file, e);
    }
  }

  private static void findings(List<String> lines, StageEvidence stage) {
    if (stage.findings().isEmpty()) {
      return;
    }
    lines.add("");
    lines.add("### " + stage.name().id());
    lines.add("");
    List<Finding> heaviestFirst =
        stage.findings().stream().sorted(java.util.Comparator.comparing(Finding::severity)).toList();
    for (Finding finding : heaviestFirst.subList(0, Math.min(heaviestFirst.size(), FINDINGS_OF_A_STAGE))) {
      lines.add(
          "- **" + Words.severity(finding.severity()) + "** "
              + (finding.place() == null ? "" : Markdown.code(shorten(finding.place().toString())) + " ")
              + Markdown.text(shorten(finding.what()))
              + (finding.remedy().isBlank() ? "" : " → " + Markdown.text(shorten(finding.remedy()))));
    }
    int more = heaviestFirst.size() - FINDINGS_OF_A_STAGE;
    if (more > 0) {
      lines.add("- and " + more + " more in report.html");
    }
  }

  private static void channels(List<String> lines, List<ChannelReport> channels) {
    lines.add("");
    lines.add("| channel | file | published | delivered | state |");
    lines.add("|---|---|---|---|---|");
    for (ChannelReport channel : channels) {
      String name =
          Markdown.text(shorten(channel.name()))
              + (channel.tier().equals("official") ? "" : " (" + Markdown.text(shorten(channel.tier())) + ")");
      String state = channel.state().shown();
      if (channel.artifacts().isEmpty()) {
        lines.add("| " + name + " | | | | " + state + " |");
      }
      for (ChannelReport.Shipped file : channel.artifacts()) {
        lines.add(
            "| " + name + " | " + Markdown.code(shorten(file.file()))
                + " | " + digest(file.publishedSha256(), Bytes.published(file))
                + " | " + digest(file.deliveredSha256(), Bytes.delivered(file))
                + " | " + state + " |");
      }
    }
    if (channels.stream().anyMatch(channel -> !channel.trials().isEmpty())) {
      lines.add("");
      channels.forEach(channel -> trials(lines, channel));
    }
  }

  private static void trials(List<String> lines, ChannelReport channel) {
    List<String> tried = new ArrayList<>();
    for (ChannelReport.Trial trial : channel.trials()) {
      tried.add(
          Markdown.code(shorten(trial.with())) + " " + Words.result(trial.result())
              + (trial.detail().isBlank() ? "" : " (" + Markdown.text(shorten(trial.detail())) + ")"));
    }
    if (!tried.isEmpty()) {
      lines.add("- " + Markdown.text(shorten(channel.name())) + ": " + String.join(", ", tried));
    }
  }

  private static String digest(String sha256, Bytes bytes) {
    if (sha256 == null) {
      return "";
    }
    return switch (bytes) {
      case SAME -> "= " + Markdown.code(start(sha256));
      case DIFFERENT -> "❌ **other bytes** " + Markdown.code(start(sha256));
      case UNKNOWN -> "not compared " + Markdown.code(start(sha256));
    };
  }

  private static String start(String sha256) {
    return sha256.substring(0, Math.min(12, sha256.length()));
  }

  private static String shorten(String text) {
    return Visible.line(text.strip(), LONGEST_TEXT);
  }

  private static String symbol(Outcome.Kind kind) {
    return switch (kind) {
      case RELEASED, REHEARSED, PASSED_SO_FAR -> symbol(Verdict.PASSED);
      case STOPPED -> symbol(Verdict.FAILED);
      case INCONCLUSIVE -> symbol(Verdict.INCONCLUSIVE);
      case NOT_RUN -> symbol(Verdict.SKIPPED);
    };
  }

  private static String symbol(Verdict verdict) {
    return switch (verdict) {
      case PASSED -> "✅";
      case FAILED -> "❌";
      case INCONCLUSIVE -> "❔";
      case SKIPPED -> "➖";
    };
  }
}
