package dev.plasmite.report;

import dev.plasmite.artifact.Digests;
import dev.plasmite.gate.ChannelReport;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Turns evidence into what the page shows. */
final class HtmlViews {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private HtmlViews() {}

  static HtmlView of(Evidence evidence, List<String> ledgerTail, String policy) {
    Outcome outcome = Outcome.of(evidence);
    return new HtmlView(
        policy,
        Visible.line(evidence.tag() + " " + outcome.kind().id() + " (" + evidence.mode().id() + ")"),
        evidence.mode().id(),
        meaning(evidence.mode()),
        tone(outcome.kind()),
        Visible.line(outcome.headline()),
        outcome.details().stream().map(Visible::line).toList(),
        Visible.lines(outcome.advice()),
        Visible.line(outcome.command()),
        Visible.line(evidence.version()),
        Visible.line(evidence.tag()),
        evidence.commit() == null ? "not known" : Visible.line(evidence.commit()),
        TIME.format(evidence.startedAt()),
        Words.duration(evidence.took()),
        stations(evidence),
        findings(evidence),
        evidence.channels().stream().map(HtmlViews::channel).toList(),
        checksums(evidence.channels()),
        proofs(evidence),
        evidence.ledger() == null ? "" : Visible.line(evidence.ledger()),
        String.join("\n", ledgerTail.stream().map(Visible::line).toList()),
        Visible.line(evidence.tool()),
        Visible.line(evidence.host().os()),
        Visible.line(evidence.host().java()),
        Visible.line(evidence.host().maven()));
  }

  private static String meaning(Mode mode) {
    return switch (mode) {
      case SANDBOX -> "all for real on this machine, nothing left it";
      case REHEARSAL -> "the real services, read only";
      case LIVE -> "the release itself";
    };
  }

  private static String tone(Outcome.Kind kind) {
    return switch (kind) {
      case RELEASED, REHEARSED, PASSED_SO_FAR -> "passed";
      case STOPPED -> "failed";
      case INCONCLUSIVE -> "inconclusive";
      case NOT_RUN -> "skipped";
    };
  }

  private static List<HtmlView.Station> stations(Evidence evidence) {
    StageName here = null;
    for (StageEvidence stage : evidence.stages()) {
      if (stage.verdict() != Verdict.SKIPPED) {
        here = stage.name();
      }
      if (stage.blocks()) {
        break;
      }
    }
    long all = Math.max(1, evidence.stages().stream().mapToLong(s -> s.took().toMillis()).sum());
    List<HtmlView.Station> stations = new ArrayList<>();
    for (StageEvidence stage : evidence.stages()) {
      boolean ran = stage.verdict() != Verdict.SKIPPED;
      String verdict = stage.verdict().id();
      stations.add(
          new HtmlView.Station(
              stage.name().id(),
              Words.question(stage.name()),
              verdict,
              stage.verdict() == Verdict.PASSED && stage.simulated() ? "passed-simulated" : verdict,
              stage.simulated(),
              ran,
              here != null && stage.name().compareTo(here) < 0,
              stage.name() == here,
              Words.duration(stage.took()),
              String.format(Locale.ROOT, "%.1f", 100.0 * stage.took().toMillis() / all),
              Visible.line(Words.remarks(stage))));
    }
    return stations;
  }

  /** The findings of the stages that ran, where the train stops first; why a stage did not run stands in the table. */
  private static List<HtmlView.StageFindings> findings(Evidence evidence) {
    List<HtmlView.StageFindings> all = new ArrayList<>();
    List<StageEvidence> ran =
        evidence.stages().stream()
            .filter(s -> s.verdict() != Verdict.SKIPPED && !s.findings().isEmpty())
            .sorted(Comparator.comparing(s -> !s.blocks()))
            .toList();
    for (StageEvidence stage : ran) {
      List<HtmlView.Item> items = new ArrayList<>();
      for (Finding.Severity severity : Finding.Severity.values()) {
        stage.findings().stream().filter(f -> f.severity() == severity).map(HtmlViews::item).forEach(items::add);
      }
      all.add(new HtmlView.StageFindings(stage.name().id(), items));
    }
    return all;
  }

  private static HtmlView.Item item(Finding finding) {
    String kind =
        finding.severity() == Finding.Severity.SIMULATED
            ? "simulated-answer"
            : finding.severity().name().toLowerCase(Locale.ROOT);
    return new HtmlView.Item(
        kind,
        Words.severity(finding.severity()),
        Visible.lines(finding.what().strip()),
        finding.place() == null ? "" : Visible.line(finding.place().toString()),
        Visible.lines(finding.remedy().strip()));
  }

  private static HtmlView.Channel channel(ChannelReport channel) {
    return new HtmlView.Channel(
        Visible.line(channel.name()),
        Visible.line(channel.tier()),
        channel.state().id(),
        channel.state().shown(),
        channel.artifacts().stream().map(HtmlViews::file).toList(),
        channel.trials().stream().map(HtmlViews::trial).toList());
  }

  private static HtmlView.Trial trial(ChannelReport.Trial trial) {
    return new HtmlView.Trial(
        Visible.line(trial.with()), trial.result().id(), Words.result(trial.result()), Visible.line(trial.detail(), 160));
  }

  private static HtmlView.File file(ChannelReport.Shipped file) {
    Bytes published = Bytes.published(file);
    Bytes delivered = Bytes.delivered(file);
    // Where bytes differ the digests are shown whole, so that they can be compared by eye.
    boolean differs = published == Bytes.DIFFERENT || delivered == Bytes.DIFFERENT;
    return new HtmlView.File(
        Visible.line(file.file()),
        differs,
        List.of(
            digest("built", "built", file.sha256() == null ? "not known" : "", file.sha256(), differs),
            digest("published", published, "not seen there", file.publishedSha256(), differs),
            digest("delivered", delivered, "not delivered", file.deliveredSha256(), differs)));
  }

  private static HtmlView.Digest digest(String label, Bytes bytes, String absent, String sha256, boolean whole) {
    return switch (bytes) {
      case SAME -> digest(label, "same", "=", sha256, whole);
      case DIFFERENT -> digest(label, "different", "\u2260 OTHER BYTES", sha256, whole);
      case UNKNOWN ->
          sha256 == null
              ? digest(label, "missing", absent, null, whole)
              : digest(label, "unproven", "not compared:", sha256, whole);
    };
  }

  private static HtmlView.Digest digest(String label, String kind, String sign, String sha256, boolean whole) {
    if (sha256 == null) {
      return new HtmlView.Digest(label, "missing", sign, false, "", "", "");
    }
    String full = Visible.line(sha256);
    String shown = whole ? full : full.codePoints().limit(12).collect(
        StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    return new HtmlView.Digest(label, kind, sign, true, picture(sha256), full, shown);
  }

  /** A pattern of 5 x 5, mirrored as faces are, that differs for different texts in all but 1 of 32768 cases. */
  private static String picture(String text) {
    int bits = Integer.parseInt(Digests.sha256(text.getBytes(StandardCharsets.UTF_8)).substring(0, 4), 16);
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < 15; i++) {
      if ((bits >> i & 1) == 1) {
        int column = i / 5;
        path.append(square(column, i % 5));
        path.append(column < 2 ? square(4 - column, i % 5) : "");
      }
    }
    return path.toString();
  }

  private static String square(int x, int y) {
    return "M" + x + " " + y + "h1v1h-1z";
  }

  private static String checksums(List<ChannelReport> channels) {
    TreeSet<String> lines = new TreeSet<>();
    for (ChannelReport channel : channels) {
      for (ChannelReport.Shipped file : channel.artifacts()) {
        if (file.sha256() != null) {
          lines.add(Visible.line(file.sha256()) + "  " + Visible.line(file.file()));
        }
      }
    }
    return String.join("\n", lines);
  }

  private static List<HtmlView.Proof> proofs(Evidence evidence) {
    List<HtmlView.Proof> proofs = new ArrayList<>();
    for (StageEvidence stage : evidence.stages()) {
      if (!stage.proof().isEmpty()) {
        List<HtmlView.Fact> facts = new ArrayList<>();
        stage.proof().forEach((name, value) -> facts.add(new HtmlView.Fact(Visible.line(name), Visible.line(value))));
        proofs.add(new HtmlView.Proof(stage.name().id(), facts));
      }
    }
    return proofs;
  }
}
