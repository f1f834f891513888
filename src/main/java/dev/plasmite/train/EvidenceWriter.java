package dev.plasmite.train;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plasmite.gate.Progress;
import dev.plasmite.gate.Receipt;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import dev.plasmite.gate.Verdict;
import dev.plasmite.report.Evidence;
import dev.plasmite.report.FindingsText;
import dev.plasmite.report.GitHubAnnotations;
import dev.plasmite.report.HtmlReport;
import dev.plasmite.report.JsonReport;
import dev.plasmite.report.MarkdownReport;
import dev.plasmite.report.StageEvidence;
import dev.plasmite.report.TerminalTable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes the evidence from the ledger: the newest verdict of each stage for one binding. */
final class EvidenceWriter {

  /** How many lines of the ledger the report shows. */
  private static final int TAIL = 40;

  private final ReleasePlan plan;
  private final Invocation invocation;
  private final Progress progress;
  private final Verdicts verdicts = new Verdicts();

  EvidenceWriter(ReleasePlan plan, Invocation invocation, Progress progress) {
    this.plan = plan;
    this.invocation = invocation;
    this.progress = progress;
  }

  /** Writes the report files after a stage, and shows its findings; after the last stage, or a stop, the table too. */
  void write(Ledger ledger, Receipt.Binding binding, StageName stage, StageResult result) {
    Evidence evidence = evidence(ledger.lines(), binding, ledger.file());
    Path directory = plan.directories().evidence();
    new JsonReport().write(directory.resolve("report.json"), evidence);
    new HtmlReport().write(directory.resolve("report.html"), evidence, tail(ledger.lines()));
    if (result.verdict() != Verdict.PASSED || invocation.endsWith(stage.id())) {
      MarkdownReport.appendToJobSummary(System.getenv(), evidence);
    }
    FindingsText.lines(result.findings()).forEach(progress::line);
    new GitHubAnnotations(System.getenv(), plan.repository()).lines(stage, result.findings()).forEach(System.out::println);
    boolean stops = result.verdict() != Verdict.PASSED;
    if (stops && stage.compareTo(StageName.VERIFY_ALIGNMENT) > 0 || invocation.endsWith(stage.id()) && stage.compareTo(StageName.PUBLISH) >= 0) {
      show(evidence);
    }
  }

  /** Shows the table of what a ledger holds. */
  void show(List<JsonNode> lines, Receipt.Binding binding, Path file) {
    show(evidence(lines, binding, file));
  }

  private void show(Evidence evidence) {
    TerminalTable.lines(evidence).forEach(progress::line);
    progress.line("report: " + plan.directories().evidence().resolve("report.html"));
  }

  /** The last lines of the ledger, in words. */
  private static List<String> tail(List<JsonNode> lines) {
    return lines.subList(Math.max(0, lines.size() - TAIL), lines.size()).stream().map(EvidenceWriter::shown).toList();
  }

  private static String shown(JsonNode line) {
    StringBuilder out = new StringBuilder(line.path("at").asText()).append(' ').append(line.path("event").asText());
    for (String name : List.of("stage", "verdict", "channel", "act", "file", "holding", "state")) {
      String value = line.path(name).asText();
      if (!value.isEmpty()) {
        out.append("  ").append(value);
      }
    }
    return out.toString();
  }

  /** The ledger's path as seen from the evidence; on another drive there is no such path. */
  private String relative(Path file) {
    Path evidence = plan.directories().evidence();
    Path shown = evidence.getRoot().equals(file.getRoot()) ? evidence.relativize(file) : file;
    return shown.toString().replace('\\', '/');
  }

  Evidence evidence(List<JsonNode> lines, Receipt.Binding binding, Path file) {
    List<StageEvidence> stages = new ArrayList<>();
    Instant first = null;
    Instant last = Instant.EPOCH;
    for (Verdicts.Recorded recorded : verdicts.read(lines)) {
      if (recorded.receipt().binding().equals(binding)) {
        first = first == null ? recorded.at().minusMillis(Math.round(recorded.seconds() * 1000)) : first;
        last = recorded.at();
        Duration took = Duration.ofMillis(Math.round(recorded.seconds() * 1000));
        stages.add(StageEvidence.of(recorded.receipt().stage(), recorded.result(), took));
      }
    }
    return new Evidence(
        binding.version(),
        plan.tag(),
        binding.commit(),
        plan.mode(),
        first == null ? last : first,
        last,
        stages,
        ChannelStanding.of(lines, binding),
        Evidence.Host.here(invocation.mavenVersion()),
        relative(file),
        invocation.toolVersion(),
        invocation.maven());
  }
}
