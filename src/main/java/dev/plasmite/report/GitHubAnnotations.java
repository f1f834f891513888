package dev.plasmite.report;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.StageName;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Findings as workflow commands, which GitHub Actions shows at the file and line. Spelt as "Workflow commands for GitHub
 * Actions" in GitHub's documentation says, escaped as the runner unescapes them.
 */
public final class GitHubAnnotations {

  private final boolean on;
  private final Path repository;

  /**
   * For one run.
   *
   * @param environment the process's environment; commands are given only where {@code GITHUB_ACTIONS} is {@code true}
   * @param repository root of the work tree that places are relative to
   */
  public GitHubAnnotations(Map<String, String> environment, Path repository) {
    this.on = "true".equals(environment.get("GITHUB_ACTIONS"));
    this.repository = repository;
  }

  /** One command for each finding of a stage, each to be printed as a line of its own; none outside GitHub Actions. */
  public List<String> lines(StageName stage, Collection<Finding> findings) {
    return on ? findings.stream().map(f -> line(stage, f)).toList() : List.of();
  }

  private String line(StageName stage, Finding finding) {
    List<String> properties = new ArrayList<>();
    Place place = finding.place();
    boolean inFile = place != null && isFile(place.file());
    if (inFile) {
      properties.add("file=" + property(place.file()));
      if (place.line() > 0) {
        properties.add("line=" + place.line());
        if (place.column() > 0) {
          properties.add("col=" + place.column());
        }
      }
    }
    properties.add("title=" + property(stage.id() + ": " + Words.severity(finding.severity())));
    String message =
        (place != null && !inFile ? Visible.line(place.toString()) + "  " : "")
            + Visible.lines(finding.what())
            + (finding.remedy().isBlank() ? "" : "\n-> " + Visible.lines(finding.remedy()));
    return "::" + level(finding.severity()) + " " + String.join(",", properties) + "::" + data(message);
  }

  private static String level(Finding.Severity severity) {
    return switch (severity) {
      case ERROR, UNKNOWN -> "error";
      case WARNING -> "warning";
      case SIMULATED -> "notice";
    };
  }

  /** A place may also name a run, a tag or a parameter, to which GitHub has nothing to link. */
  private boolean isFile(String name) {
    try {
      return Files.isRegularFile(repository.resolve(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
