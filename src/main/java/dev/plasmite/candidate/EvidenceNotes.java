package dev.plasmite.candidate;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Receipt;
import dev.plasmite.gate.StageName;
import dev.plasmite.git.Notes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The evidence in the notes of a commit: how a gate that ran on one machine passes on another. */
public final class EvidenceNotes {

  private final Notes notes;

  public EvidenceNotes(Notes notes) {
    this.notes = notes;
  }

  /** Records evidence with the commit that it is about. */
  public void record(Evidence evidence) {
    notes.append(evidence.receipt().binding().commit(), evidence.line());
  }

  /**
   * What was found for a gate.
   *
   * @param evidence the newest evidence, when it counts and the gate passed
   * @param findings why there is none; and every line that somebody changed
   */
  public record Found(Optional<Evidence> evidence, List<Finding> findings) {}

  /**
   * Looks for a gate's evidence. Only what is about this very commit, version, mode and configuration counts, and of
   * that the newest decides.
   */
  public Found find(StageName gate, Receipt.Binding wanted) {
    List<Finding> findings = new ArrayList<>();
    List<Evidence> counting = new ArrayList<>();
    List<String> others = new ArrayList<>();
    List<String> lines = notes.read(wanted.commit());
    Place place = Place.file(Notes.REF);
    for (int i = 0; i < lines.size(); i++) {
      Optional<Evidence> read = Evidence.parse(lines.get(i));
      if (read.isEmpty() && Waiver.parse(lines.get(i)).isPresent()) {
        continue; // a decision, which is no evidence
      }
      if (read.isEmpty()) {
        findings.add(
            Finding.of("line " + (i + 1) + " of the note is damaged, or was edited by hand: it is no evidence")
                .at(place)
                .remedy("see it: git notes --ref plasmite show " + wanted.commit()));
      } else if (read.get().receipt().stage() == gate) {
        String difference = difference(read.get().receipt().binding(), wanted);
        if (difference.isEmpty()) {
          counting.add(read.get());
        } else {
          others.add(difference);
        }
      }
    }
    Optional<Evidence> newest = counting.stream().max(Comparator.comparing(Evidence::recorded));
    if (newest.isEmpty()) {
      findings.add(
          Finding.of(
                  "there is no evidence of gate " + gate.id() + " for commit " + wanted.commit()
                      + (others.isEmpty() ? "" : "; what there is, is of another " + String.join("; ", others)))
              .at(place)
              .remedy("run it where it belongs and push its evidence with the tag: mvn " + gate.id()));
    } else if (!newest.get().receipt().passed()) {
      findings.add(
          Finding.of("gate " + gate.id() + " said " + newest.get().receipt().verdict().id() + " for this commit")
              .at(place)
              .remedy("mend what it found, and run it again: mvn " + gate.id()));
      newest = Optional.empty();
    }
    return new Found(newest, List.copyOf(findings));
  }

  /** The newest evidence of a gate for this very binding, whatever it says. */
  public Optional<Evidence> newest(StageName gate, Receipt.Binding wanted) {
    return notes.read(wanted.commit()).stream()
        .flatMap(line -> Evidence.parse(line).stream())
        .filter(e -> e.receipt().stage() == gate && e.receipt().binding().equals(wanted))
        .max(Comparator.comparing(Evidence::recorded));
  }

  /** Records a waiver with the commit that it is for. */
  public void record(Waiver waiver) {
    notes.append(waiver.commit(), waiver.line());
  }

  /** The newest waiver of a gate for this very commit and version. */
  public Optional<Waiver> waiver(StageName gate, String version, String commit) {
    return notes.read(commit).stream()
        .flatMap(line -> Waiver.parse(line).stream())
        .filter(w -> w.gate() == gate && w.version().equals(version) && w.commit().equals(commit))
        .max(Comparator.comparing(Waiver::recorded));
  }

  private static String difference(Receipt.Binding is, Receipt.Binding wanted) {
    List<String> differences = new ArrayList<>();
    if (!is.commit().equals(wanted.commit())) {
      differences.add("commit (" + is.commit() + ")");
    }
    if (!is.version().equals(wanted.version())) {
      differences.add("version (" + is.version() + ")");
    }
    if (!is.mode().equals(wanted.mode())) {
      differences.add("mode (" + is.mode() + ")");
    }
    if (!is.configuration().equals(wanted.configuration())) {
      differences.add("configuration");
    }
    return String.join(", ", differences);
  }
}
