package dev.plasmite.report;

import dev.plasmite.gate.Finding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Findings as plain lines for a log, grouped by weight, the heaviest first; all of them and nothing shortened. The form
 * {@code file:line:column  what -> remedy} is the one that editors and terminals turn into a link.
 */
public final class FindingsText {

  private FindingsText() {}

  /** The lines; none when nothing was found. A finding of several lines goes on indented. */
  public static List<String> lines(Collection<Finding> findings) {
    List<String> lines = new ArrayList<>();
    for (Finding.Severity severity : Finding.Severity.values()) {
      List<Finding> group = findings.stream().filter(f -> f.severity() == severity).toList();
      if (group.isEmpty()) {
        continue;
      }
      lines.add(Words.group(severity, group.size()) + ":");
      group.forEach(f -> add(lines, f));
    }
    return List.copyOf(lines);
  }

  private static void add(List<String> lines, Finding finding) {
    // The place on one line, whatever a file may be called; the rest with its line breaks.
    String place = finding.place() == null ? "" : Visible.line(finding.place().toString()) + "  ";
    String[] text =
        (Visible.lines(finding.what().strip())
                + (finding.remedy().isBlank() ? "" : " -> " + Visible.lines(finding.remedy().strip())))
            .split("\n", -1);
    lines.add("  " + place + text[0]);
    for (int i = 1; i < text.length; i++) {
      lines.add("      " + text[i]);
    }
  }
}
