package dev.plasmite.alignment;

import dev.plasmite.gate.Finding;

/** A finding as GitHub Actions shows it beside the line ("Workflow commands for GitHub Actions"). */
public final class Annotation {

  private Annotation() {}

  /** The workflow command, to be printed on a line of its own to the standard output. */
  public static String of(Finding finding) {
    StringBuilder out = new StringBuilder(finding.blocks() ? "::error" : "::warning");
    if (finding.place() != null) {
      out.append(" file=").append(property(finding.place().file()));
      if (finding.place().line() > 0) {
        out.append(",line=").append(finding.place().line());
      }
      if (finding.place().column() > 0) {
        out.append(",col=").append(finding.place().column());
      }
    }
    String text = finding.what() + (finding.remedy().isEmpty() ? "" : " -> " + finding.remedy());
    return out.append("::").append(data(text)).toString();
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
