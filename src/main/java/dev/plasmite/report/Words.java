package dev.plasmite.report;

import dev.plasmite.gate.ChannelReport;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How the evidence says things; one place, so that every form of it says them alike. */
final class Words {

  private Words() {}

  /** A duration for people: {@code 0.8 s}, {@code 42 s}, {@code 3 min 05 s}, {@code 1 h 02 min}. */
  static String duration(Duration duration) {
    long tenths = Math.round(duration.toMillis() / 100.0);
    if (tenths < 100) {
      return tenths / 10 + "." + tenths % 10 + " s";
    }
    long seconds = Math.round(duration.toMillis() / 1000.0);
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
    }
    long minutes = Math.round(seconds / 60.0);
    return String.format(Locale.ROOT, "%d h %02d min", minutes / 60, minutes % 60);
  }

  /** {@code 1 file}, {@code 2 files}. */
  static String count(int n, String one) {
    return n + " " + one + (n == 1 ? "" : "s");
  }

  /** What a stage asks. */
  static String question(StageName stage) {
    return switch (stage) {
      case VERIFY_CANDIDATE -> "is this commit fit to be released?";
      case VERIFY_ALIGNMENT -> "one version everywhere?";
      case PERF_GATE -> "slower than the base tag, on this same host?";
      case STAGE_ARTIFACTS -> "what do we ship?";
      case PROVENANCE -> "is it what the build run of this tag built?";
      case PUBLISH -> "every channel, the same bytes?";
      case VERIFY_DELIVERY -> "can a user install and run it?";
    };
  }

  /** The heading over the findings of one weight. */
  static String group(Finding.Severity severity, int n) {
    return switch (severity) {
      case ERROR -> Words.count(n, "error");
      case UNKNOWN -> n + " could not be told, which blocks like an error";
      case WARNING -> Words.count(n, "warning");
      case SIMULATED -> n + " simulated: a stand-in answered, which proves nothing about the world";
    };
  }

  /** One finding's weight in a word. */
  static String severity(Finding.Severity severity) {
    return switch (severity) {
      case ERROR -> "error";
      case UNKNOWN -> "cannot tell";
      case WARNING -> "warning";
      case SIMULATED -> "simulated";
    };
  }

  /** How far a trial came, as in "npm: ran". */
  static String result(ChannelReport.Trial.Result result) {
    return switch (result) {
      case RAN -> "ran";
      case INSTALLED -> "installed, not run";
      case NOT_RUN -> "not run here";
      case FAILED -> "failed";
    };
  }

  /** The first line of a text, with dots for the rest of it. */
  static String firstLine(String text) {
    String stripped = text.strip();
    int end = stripped.indexOf('\n');
    return end < 0 ? stripped : stripped.substring(0, end).strip() + " ...";
  }

  /** How much a stage found; of a stage that did not run, why. */
  static String remarks(StageEvidence stage) {
    if (stage.verdict() == Verdict.SKIPPED) {
      return stage.findings().isEmpty() ? "no reason was given" : firstLine(stage.findings().get(0).what());
    }
    List<String> remarks = new ArrayList<>();
    for (Finding.Severity severity : Finding.Severity.values()) {
      int n = stage.count(severity);
      if (n > 0) {
        remarks.add(
            switch (severity) {
              case ERROR -> count(n, "error");
              case UNKNOWN -> n + " not known";
              case WARNING -> count(n, "warning");
              case SIMULATED -> count(n, "answer") + " from a stand-in";
            });
      }
    }
    return String.join(", ", remarks);
  }
}
