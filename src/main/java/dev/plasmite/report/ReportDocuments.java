package dev.plasmite.report;

import dev.plasmite.gate.ChannelReport;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.Verdict;
import dev.plasmite.report.ReportDocument.ArtifactEntry;
import dev.plasmite.report.ReportDocument.ChannelEntry;
import dev.plasmite.report.ReportDocument.FindingEntry;
import dev.plasmite.report.ReportDocument.HostEntry;
import dev.plasmite.report.ReportDocument.StageEntry;
import dev.plasmite.report.ReportDocument.TrialEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Turns evidence into the document on the disk, and back with every word checked. */
final class ReportDocuments {

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

  private final String file;
  private final List<Finding> wrong = new ArrayList<>();

  private ReportDocuments(String file) {
    this.file = file;
  }

  static ReportDocument from(Evidence evidence) {
    Outcome outcome = Outcome.of(evidence);
    return new ReportDocument(
        evidence.version(),
        evidence.tag(),
        evidence.commit(),
        evidence.mode().id(),
        outcome.kind().id(),
        outcome.headline(),
        evidence.startedAt().toString(),
        evidence.finishedAt().toString(),
        evidence.tool(),
        evidence.maven().command(),
        new HostEntry(evidence.host().os(), evidence.host().java(), evidence.host().maven()),
        evidence.ledger(),
        evidence.stages().stream().map(ReportDocuments::from).toList(),
        evidence.channels().stream().map(ReportDocuments::from).toList());
  }

  private static StageEntry from(StageEvidence stage) {
    return new StageEntry(
        stage.name().id(),
        stage.verdict().id(),
        stage.took().toMillis() / 1000.0,
        stage.simulated(),
        stage.findings().stream().map(ReportDocuments::from).toList(),
        stage.proof());
  }

  private static FindingEntry from(Finding finding) {
    Place place = finding.place();
    return new FindingEntry(
        id(finding.severity()),
        finding.what(),
        place == null ? null : place.file(),
        place == null || place.line() < 1 ? null : place.line(),
        place == null || place.line() < 1 || place.column() < 1 ? null : place.column(),
        finding.remedy());
  }

  private static ChannelEntry from(ChannelReport channel) {
    return new ChannelEntry(
        channel.name(),
        channel.tier(),
        channel.state().id(),
        channel.artifacts().stream()
            .map(f -> new ArtifactEntry(f.file(), f.sha256(), f.publishedSha256(), f.deliveredSha256()))
            .toList(),
        channel.trials().stream().map(t -> new TrialEntry(t.with(), t.result().id(), t.detail())).toList());
  }

  /**
   * The evidence that a document holds.
   *
   * @throws Refusal with all that is wrong in it
   */
  static Evidence toEvidence(ReportDocument document, String file) {
    return new ReportDocuments(file).read(document);
  }

  private Evidence read(ReportDocument doc) {
    if (doc == null) {
      throw new Refusal(JsonReport.damaged("not a report: null", Place.file(file)));
    }
    List<StageEvidence> stages = each("stages", doc.stages(), this::stage);
    List<String> names = stages.stream().filter(s -> s != null).map(s -> s.name().id()).toList();
    List<String> all = Arrays.stream(StageName.values()).map(StageName::id).toList();
    demand(names.equals(all), "stages", "are " + names + " and not " + all);
    List<ChannelReport> channels = each("channels", doc.channels(), this::channel);
    Mode mode = word("mode", doc.mode(), Mode.values(), Mode::id);
    Instant start = instant("startedAt", doc.startedAt());
    Instant end = instant("finishedAt", doc.finishedAt());
    hex("commit", doc.commit(), COMMIT);
    text("version", doc.version());
    text("tag", doc.tag());
    text("tool", doc.tool());
    text("maven", doc.maven());
    text("headline", doc.headline());
    HostEntry host = doc.host() == null ? new HostEntry(null, null, null) : doc.host();
    text("host.os", host.os());
    text("host.java", host.java());
    text("host.maven", host.maven());
    stopIfWrong();
    Evidence evidence =
        new Evidence(
            doc.version(),
            doc.tag(),
            doc.commit(),
            mode,
            start,
            end,
            stages,
            channels,
            new Evidence.Host(host.os(), host.java(), host.maven()),
            doc.ledger(),
            doc.tool(),
            MavenLine.withPhases(doc.maven()));
    String follows = Outcome.of(evidence).kind().id();
    demand(follows.equals(doc.outcome()), "outcome", "is " + doc.outcome() + ", from the stages follows " + follows);
    stopIfWrong();
    return evidence;
  }

  private StageEvidence stage(String at, StageEntry entry) {
    StageName name = word(at + ".name", entry.name(), StageName.values(), StageName::id);
    Verdict verdict = word(at + ".verdict", entry.verdict(), Verdict.values(), Verdict::id);
    List<Finding> findings = each(at + ".findings", entry.findings(), this::finding);
    boolean seconds = entry.seconds() >= 0 && entry.seconds() < 1e9; // NaN is neither
    demand(seconds, at + ".seconds", "is " + entry.seconds());
    boolean proof = entry.proof() != null && !entry.proof().containsValue(null);
    demand(proof, at + ".proof", "has no value for a name");
    if (name == null || verdict == null || !seconds || !proof || findings.contains(null)) {
      return null;
    }
    Duration took = Duration.ofMillis(Math.round(entry.seconds() * 1000));
    StageEvidence stage = new StageEvidence(name, verdict, took, findings, entry.proof());
    demand(stage.verdict() == verdict, at + ".verdict", "is " + entry.verdict() + " over findings that block");
    demand(stage.simulated() == entry.simulated(), at + ".simulated", "does not follow from the findings");
    return stage;
  }

  private Finding finding(String at, FindingEntry entry) {
    Finding.Severity severity =
        word(at + ".severity", entry.severity(), Finding.Severity.values(), ReportDocuments::id);
    text(at + ".what", entry.what());
    text(at + ".remedy", entry.remedy());
    boolean place =
        (entry.line() == null || (entry.file() != null && entry.line() >= 1))
            && (entry.column() == null || (entry.line() != null && entry.column() >= 1));
    demand(place, at, "has a line without a file, a column without a line, or one below 1");
    if (severity == null || entry.what() == null || entry.remedy() == null || !place) {
      return null;
    }
    Place where =
        entry.file() == null
            ? null
            : new Place(
                entry.file(),
                entry.line() == null ? 0 : entry.line(),
                entry.column() == null ? 0 : entry.column());
    return new Finding(severity, entry.what(), where, entry.remedy());
  }

  private ChannelReport channel(String at, ChannelEntry entry) {
    text(at + ".name", entry.name());
    text(at + ".tier", entry.tier());
    ChannelReport.State state =
        word(at + ".state", entry.state(), ChannelReport.State.values(), ChannelReport.State::id);
    List<ChannelReport.Shipped> files = each(at + ".artifacts", entry.artifacts(), this::shipped);
    List<ChannelReport.Trial> trials = each(at + ".trials", entry.trials(), this::trial);
    return files.contains(null) || trials.contains(null) ? null : new ChannelReport(entry.name(), entry.tier(), state, files, trials);
  }

  private ChannelReport.Trial trial(String at, TrialEntry entry) {
    text(at + ".with", entry.with());
    text(at + ".detail", entry.detail());
    ChannelReport.Trial.Result result =
        word(at + ".result", entry.result(), ChannelReport.Trial.Result.values(), ChannelReport.Trial.Result::id);
    return new ChannelReport.Trial(entry.with(), result, entry.detail());
  }

  private ChannelReport.Shipped shipped(String at, ArtifactEntry entry) {
    text(at + ".file", entry.file());
    hex(at + ".sha256", entry.sha256(), SHA256);
    hex(at + ".publishedSha256", entry.publishedSha256(), SHA256);
    hex(at + ".deliveredSha256", entry.deliveredSha256(), SHA256);
    return new ChannelReport.Shipped(entry.file(), entry.sha256(), entry.publishedSha256(), entry.deliveredSha256());
  }

  /** Every entry of a list with its path; null stands where one could not be read. */
  private <E, T> List<T> each(String at, List<E> entries, java.util.function.BiFunction<String, E, T> read) {
    List<T> out = new ArrayList<>();
    demand(entries != null, at, "is null");
    for (int i = 0; entries != null && i < entries.size(); i++) {
      String path = at + "[" + i + "]";
      E entry = entries.get(i);
      demand(entry != null, path, "is null");
      out.add(entry == null ? null : read.apply(path, entry));
    }
    return out;
  }

  private <T> T word(String at, String text, T[] values, Function<T, String> id) {
    for (T value : values) {
      if (id.apply(value).equals(text)) {
        return value;
      }
    }
    String allowed = Arrays.stream(values).map(id).collect(Collectors.joining(", "));
    demand(false, at, "is " + text + ", which is none of " + allowed);
    return null;
  }

  private Instant instant(String at, String text) {
    try {
      return Instant.parse(text == null ? "" : text);
    } catch (DateTimeParseException e) {
      demand(false, at, "is " + text + ", which is no time in ISO-8601");
      return null;
    }
  }

  private void text(String at, String text) {
    demand(text != null, at, "is null");
  }

  private void hex(String at, String text, Pattern digits) {
    demand(text == null || digits.matcher(text).matches(), at, "is " + text + ", which is not lower-case hex of its length");
  }

  private void demand(boolean holds, String at, String but) {
    if (!holds) {
      wrong.add(JsonReport.damaged(at + " " + but, Place.file(file)));
    }
  }

  private void stopIfWrong() {
    if (!wrong.isEmpty()) {
      throw new Refusal(wrong);
    }
  }

  private static String id(Finding.Severity severity) {
    return severity.name().toLowerCase(Locale.ROOT);
  }
}
