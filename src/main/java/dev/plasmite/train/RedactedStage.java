package dev.plasmite.train;

import dev.plasmite.client.Redactor;
import dev.plasmite.gate.ChannelReport;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Journal;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Progress;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.Stage;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * A stage that works with credentials: whatever a server or a client echoes, none of it is in its findings, its proof, the
 * ledger, the lines it shows, or an exception. The last of several nets; the first is that secrets go to few places.
 *
 * @param stage the stage
 * @param secrets knows the secrets of this run, and those that the stage has found only while it worked
 */
record RedactedStage(Stage stage, Supplier<Redactor> secrets) implements Stage {

  @Override
  public StageName name() {
    return stage.name();
  }

  @Override
  public String purpose() {
    return stage.purpose();
  }

  @Override
  public StageResult run(Receipts earlier) {
    try {
      StageResult result = stage.run(earlier);
      List<ChannelReport> channels = result.channels(); // names and digests
      return new StageResult(result.verdict(), findings(result.findings()), facts(secrets, result.proof()), channels);
    } catch (Refusal e) {
      throw new Refusal(findings(e.findings()));
    } catch (OutsideFailure e) {
      throw shows(e) ? new OutsideFailure(secrets.get().redact(String.valueOf(e.getMessage()))) : e;
    } catch (RuntimeException e) { // a fault of ours, which must not show them either
      throw shows(e) ? new IllegalStateException(secrets.get().redact(String.valueOf(e))) : e;
    }
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
    Map<String, String> clean = new TreeMap<>();
    facts.forEach((name, value) -> clean.put(name, secrets.get().redact(value)));
    return clean;
  }

  private List<Finding> findings(List<Finding> findings) {
    return findings.stream()
        .map(f -> new Finding(f.severity(), secrets.get().redact(f.what()), f.place(), secrets.get().redact(f.remedy())))
        .toList();
  }

  /** Whether anything that a stack trace prints holds a secret. */
  private boolean shows(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      String said = String.valueOf(t);
      if (!secrets.get().redact(said).equals(said)) {
        return true;
      }
    }
    return false;
  }
}
