package dev.plasmite.report;

import dev.plasmite.gate.ChannelReport;
import dev.plasmite.gate.Verdict;
import java.util.ArrayList;
import java.util.List;

/** The end of a run in the terminal: plain lines of at most {@value #WIDTH} columns, no colours, no cursor movement. */
public final class TerminalTable {

  /** The widest line, in columns. */
  public static final int WIDTH = 100;

  private static final int DIGEST = 12;
  private static final String GAP = "  ";

  private TerminalTable() {}

  /** Stages, channels, and what has come of it. */
  public static List<String> lines(Evidence evidence) {
    List<String> lines = new ArrayList<>(stages(evidence));
    if (!evidence.channels().isEmpty()) {
      lines.add("");
      lines.addAll(channels(evidence.channels()));
    }
    lines.add("");
    Outcome outcome = Outcome.of(evidence);
    lines.addAll(wrap("", outcome.headline()));
    outcome.details().forEach(d -> lines.addAll(wrap("  ", d)));
    lines.addAll(wrap("what now: ", outcome.advice()));
    lines.add("then:     " + Visible.line(outcome.command()));
    return List.copyOf(lines);
  }

  private static List<String> stages(Evidence evidence) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("stage", "verdict", "time", ""));
    for (StageEvidence stage : evidence.stages()) {
      boolean ran = stage.verdict() != Verdict.SKIPPED;
      rows.add(
          List.of(
              stage.name().id(),
              stage.verdict().id() + (stage.simulated() ? ", simulated" : ""),
              ran ? Words.duration(stage.took()) : "-",
              Words.remarks(stage)));
    }
    rows.add(List.of("", "", Words.duration(evidence.took()), "in all"));
    return table(rows, 3, List.of(2));
  }

  private static List<String> channels(List<ChannelReport> channels) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("channel", "file", "published", "delivered", "state"));
    for (ChannelReport channel : channels) {
      String name = channel.name() + (channel.tier().equals("official") ? "" : " (" + channel.tier() + ")");
      String state = channel.state().shown();
      if (channel.artifacts().isEmpty()) {
        rows.add(List.of(Visible.line(name, 24), "-", "-", "-", state));
      }
      for (ChannelReport.Shipped file : channel.artifacts()) {
        rows.add(
            List.of(
                Visible.line(name, 24),
                Visible.line(file.file()),
                digest(file.publishedSha256(), Bytes.published(file)),
                digest(file.deliveredSha256(), Bytes.delivered(file)),
                state));
      }
    }
    List<String> lines = new ArrayList<>(table(rows, 1, List.of()));
    if (channels.stream().anyMatch(Bytes::differ)) {
      lines.add("! other bytes than were built");
    }
    return lines;
  }

  private static String digest(String sha256, Bytes bytes) {
    if (sha256 == null) {
      return "-";
    }
    String shown = Visible.line(sha256);
    return (bytes == Bytes.DIFFERENT ? "!" : "") + shown.substring(0, Math.min(DIGEST, shown.length()));
  }

  /** Aligns columns; the flexible one gives way so that no line is too long. */
  private static List<String> table(List<List<String>> rows, int flexible, List<Integer> right) {
    int columns = rows.get(0).size();
    int[] width = new int[columns];
    for (List<String> row : rows) {
      for (int c = 0; c < columns; c++) {
        width[c] = Math.max(width[c], columns(Visible.line(row.get(c))));
      }
    }
    int fixed = GAP.length() * (columns - 1);
    for (int c = 0; c < columns; c++) {
      fixed += c == flexible ? 0 : width[c];
    }
    width[flexible] = Math.min(width[flexible], WIDTH - fixed);
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        String cell = Visible.line(row.get(c), width[c]);
        String pad = " ".repeat(width[c] - columns(cell));
        line.append(c == 0 ? "" : GAP).append(right.contains(c) ? pad + cell : cell + pad);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static List<String> wrap(String indent, String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(indent);
    boolean empty = true;
    for (String word : Visible.lines(text).split("\\s+")) {
      if (!empty && columns(line.toString()) + 1 + columns(word) > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(" ".repeat(Math.max(2, indent.length())));
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    lines.add(line.toString());
    return lines;
  }

  private static int columns(String text) {
    return text.codePointCount(0, text.length());
  }
}
