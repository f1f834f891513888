package dev.plasmite.report;

import dev.plasmite.gate.ChannelReport;
import dev.plasmite.gate.ChannelReport.State;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Where the release stands, in sentences: what the channels hold, what was simulated, what was left out. */
final class Standing {

  private Standing() {}

  /** What a reader must not miss, whatever the verdict. */
  static List<String> details(Evidence evidence) {
    List<String> details = new ArrayList<>(waivers(evidence));
    boolean allPassed = evidence.stage(StageName.VERIFY_DELIVERY).verdict() == Verdict.PASSED;
    standing(evidence, allPassed, details);
    int simulated = evidence.stages().stream().mapToInt(s -> s.count(Finding.Severity.SIMULATED)).sum();
    if (simulated > 0) {
      details.add(
          Words.count(simulated, "answer") + " came from stand-ins of the sandbox and "
              + (simulated == 1 ? "proves" : "prove") + " nothing about the world");
    }
    StageName last = null;
    for (StageEvidence stage : evidence.stages()) {
      last = stage.verdict() == Verdict.SKIPPED ? last : stage.name();
    }
    for (StageEvidence stage : evidence.stages()) {
      if (last != null && stage.verdict() == Verdict.SKIPPED && stage.name().compareTo(last) < 0) {
        details.add(
            stage.name().id() + " was skipped"
                + (stage.findings().isEmpty() ? "" : ": " + Words.firstLine(stage.findings().get(0).what())));
      }
    }
    int warnings =
        evidence.stages().stream()
            .filter(s -> s.verdict() != Verdict.SKIPPED)
            .mapToInt(s -> s.count(Finding.Severity.WARNING))
            .sum();
    if (warnings > 0) {
      details.add(Words.count(warnings, "warning"));
    }
    return details;
  }

  /** Gates that a person has let through, as their findings say it, in capitals. */
  static List<String> waivers(Evidence evidence) {
    return evidence.stages().stream()
        .flatMap(stage -> stage.findings().stream())
        .map(Finding::what)
        .filter(what -> what.startsWith("WAIVED: GATE "))
        .distinct()
        .toList();
  }

  /** What the channels hold: said in full as soon as it is not simply everything. */
  private static void standing(Evidence evidence, boolean allPassed, List<String> details) {
    List<ChannelReport> channels = evidence.channels();
    List<ChannelReport> other = channels.stream().filter(Bytes::differ).toList();
    List<ChannelReport> delivered = in(channels, State.DELIVERED);
    List<ChannelReport> published = in(channels, State.PUBLISHED);
    List<ChannelReport> sent = in(channels, State.SENT);
    List<ChannelReport> unknown = in(channels, State.UNKNOWN);
    List<ChannelReport> partly =
        channels.stream()
            .filter(c -> c.state() == State.FAILED || c.state() == State.PLANNED)
            .filter(c -> c.artifacts().stream().anyMatch(f -> Bytes.published(f) == Bytes.SAME))
            .toList();
    boolean anything = !(other.isEmpty() && delivered.isEmpty() && published.isEmpty() && partly.isEmpty());
    boolean anyDoubt = !(sent.isEmpty() && unknown.isEmpty());
    if (!anything && !anyDoubt) {
      boolean reached = evidence.stage(StageName.PUBLISH).verdict() != Verdict.SKIPPED;
      details.add(reached ? "No channel is known to hold this release" : "This run published nothing");
      return;
    }
    if (!other.isEmpty()) {
      details.add("OTHER BYTES than were built: " + names(other));
    }
    if (!allPassed || delivered.size() < channels.size()) {
      say(details, "delivered", delivered);
      say(details, "published, not delivered", published);
      say(details, "published in part", partly);
      say(details, "sent, not all seen there", sent);
      say(details, "not known", unknown);
      say(details, "failed", in(channels, State.FAILED));
      say(details, "not begun", in(channels, State.PLANNED));
    }
    long unread =
        delivered.stream()
            .flatMap(c -> c.artifacts().stream())
            .filter(f -> Bytes.delivered(f) == Bytes.UNKNOWN)
            .count();
    notRun(channels, details);
    if (unread > 0) {
      details.add(Words.count((int) unread, "file") + " of delivered channels could not be compared");
    }
  }

  /** Files whose bytes came and which nothing here can run: compared, and nothing more. */
  private static void notRun(List<ChannelReport> channels, List<String> details) {
    TreeSet<String> files = new TreeSet<>();
    for (ChannelReport channel : channels) {
      Set<String> came = channel.artifacts().stream().map(ChannelReport.Shipped::file).collect(Collectors.toSet());
      channel.trials().stream()
          .filter(t -> t.result() == ChannelReport.Trial.Result.NOT_RUN && came.contains(t.with()))
          .forEach(t -> files.add(t.with()));
    }
    if (!files.isEmpty()) {
      details.add("compared, and not run on this machine: " + String.join(", ", files));
    }
  }

  private static void say(List<String> details, String what, List<ChannelReport> channels) {
    if (!channels.isEmpty()) {
      details.add(what + ": " + names(channels));
    }
  }

  private static List<ChannelReport> in(List<ChannelReport> channels, State state) {
    return channels.stream().filter(c -> c.state() == state).toList();
  }

  static String names(List<ChannelReport> channels) {
    return String.join(", ", channels.stream().map(ChannelReport::name).toList());
  }
}
