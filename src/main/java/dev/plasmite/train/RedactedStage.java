package dev.plasmite.train;

import dev.plasmite.client.Redactor;
import dev.plasmite.gate.ChannelReport;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Journal;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Progress;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.Stage;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * A stage that works with credentials: whatever a server or a client echoes, none of it is in its findings, its proof, the
 * ledger, the lines it shows, or an exception. The last of several nets; the first is that secrets go to few places.
 *
 * @param name which one it is
 * @param stage makes the stage; that it cannot be made is told without secrets too
 * @param secrets knows the secrets of this run, and those that the stage has found only while it worked
 */
record RedactedStage(StageName name, Supplier<Stage> stage, Supplier<Redactor> secrets) implements Stage {

  @Override
  public String purpose() {
    return stage.get().purpose();
  }

  @Override
  public StageResult run(Receipts earlier) {
    try {
      StageResult result = stage.get().run(earlier);
      List<ChannelReport> channels = result.channels().stream().map(this::channel).toList();
      return new StageResult(result.verdict(), findings(result.findings()), facts(secrets, result.proof()), channels);
    } catch (RuntimeException e) {
      throw clean(e, secrets.get());
    }
  }

  /**
   * A failure that shows no secret, neither itself nor by what caused it.
   *
   * @return the same one when it shows none
   */
  static RuntimeException clean(RuntimeException failure, Redactor secrets) {
    if (failure instanceof Refusal refusal) {
      return new Refusal(findings(refusal.findings(), secrets));
    }
    if (!shows(failure, secrets)) {
      return failure;
    }
    return failure instanceof OutsideFailure
        ? new OutsideFailure(secrets.redact(String.valueOf(failure.getMessage())))
        : new IllegalStateException(secrets.redact(String.valueOf(failure))); // a fault of ours
  }

  /** A journal that is given no secret. */
  static Journal journal(Journal journal, Supplier<Redactor> secrets) {
    return new Journal() {
      @Override
      public void record(Event event, Map<String, String> facts) {
        journal.record(event, facts(secrets, facts));
      }

      @Override
      public List<Entry> entries() {
        return journal.entries();
      }
    };
  }

  /** Lines without secrets. */
  static Progress progress(Progress progress, Supplier<Redactor> secrets) {
    return line -> progress.line(secrets.get().redact(line));
  }

  private static Map<String, String> facts(Supplier<Redactor> secrets, Map<String, String> facts) {
    Redactor redactor = secrets.get();
    Map<String, String> clean = new TreeMap<>();
    facts.forEach((name, value) -> clean.put(name, redactor.redactFact(value)));
    return clean;
  }

  /** What a registry states of a file is its own word, and goes into the report as it is. */
  private ChannelReport channel(ChannelReport report) {
    Redactor redactor = secrets.get();
    List<ChannelReport.Shipped> files =
        report.artifacts().stream()
            .map(f -> new ChannelReport.Shipped(f.file(), f.sha256(), fact(redactor, f.publishedSha256()), fact(redactor, f.deliveredSha256())))
            .toList();
    List<ChannelReport.Trial> trials =
        report.trials().stream().map(t -> new ChannelReport.Trial(t.with(), t.result(), redactor.redact(t.detail()))).toList();
    return new ChannelReport(report.name(), report.tier(), report.state(), files, trials);
  }

  private static String fact(Redactor redactor, String value) {
    return value == null ? null : redactor.redactFact(value);
  }

  private List<Finding> findings(List<Finding> findings) {
    return findings(findings, secrets.get());
  }

  private static List<Finding> findings(List<Finding> findings, Redactor secrets) {
    return findings.stream()
        .map(f -> new Finding(f.severity(), secrets.redact(f.what()), place(f.place(), secrets), secrets.redact(f.remedy())))
        .toList();
  }

  private static Place place(Place place, Redactor secrets) {
    return place == null ? null : new Place(secrets.redact(place.file()), place.line(), place.column());
  }

  /** Whether anything that a stack trace prints holds a secret. */
  private static boolean shows(Throwable failure, Redactor secrets) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    return !secrets.redact(trace.toString()).equals(trace.toString());
  }
}
