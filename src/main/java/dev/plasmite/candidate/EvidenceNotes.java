package dev.plasmite.candidate;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Receipt;
import dev.plasmite.gate.StageName;
import dev.plasmite.git.Notes;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The evidence in the notes of a commit: how a gate that ran on one machine passes on another. */
public final class EvidenceNotes {

  private static final Place PLACE = Place.file(Notes.REF);

  /** How far two machines' clocks may differ before what one of them recorded says nothing of the order. */
  private static final Duration SKEW = Duration.ofMinutes(10);

  private final Notes notes;
  private final String tool;
  private final Clock clock;
  private final List<String> elsewhere;

  /**
   * Evidence of this repository.
   *
   * @param tool this plugin's version: what another one found is no evidence for it
   */
  public EvidenceNotes(Notes notes, String tool, Clock clock) {
    this(notes, tool, clock, List.of());
  }

  /**
   * Evidence of this repository and of another place.
   *
   * @param elsewhere lines about the commit that is asked for, which this repository may not have
   */
  public EvidenceNotes(Notes notes, String tool, Clock clock, List<String> elsewhere) {
    this.notes = notes;
    this.tool = tool;
    this.clock = clock;
    this.elsewhere = List.copyOf(elsewhere);
  }

  private List<String> lines(String commit) {
    Set<String> lines = new LinkedHashSet<>(notes.read(commit));
    lines.addAll(elsewhere);
    return List.copyOf(lines);
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
   * Looks for a gate's evidence. Only what is about this very commit, version, mode and configuration, and was found by
   * this version of the plugin, counts, and of that the newest decides.
   */
  public Found find(StageName gate, Receipt.Binding wanted) {
    List<Finding> findings = new ArrayList<>(damaged(wanted.commit()));
    List<Evidence> counting = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (Evidence each : evidence(gate, wanted.commit())) {
      String difference = difference(each, wanted);
      if (!difference.isEmpty()) {
        others.add(difference);
      } else if (inTheFuture(each)) {
        findings.add(
            Finding.unknown(
                    "evidence of gate " + gate.id() + " says it was recorded at " + each.recorded()
                        + ", which is in the future: it is now " + clock.instant().truncatedTo(ChronoUnit.SECONDS))
                .at(PLACE)
                .remedy("set the clock of this machine, or of the one that recorded it, and run the gate again: mvn " + gate.id()));
      } else {
        counting.add(each);
      }
    }
    Optional<Evidence> newest = counting.stream().max(Comparator.comparing(Evidence::recorded));
    if (newest.isEmpty()) {
      findings.add(
          Finding.of(
                  "there is no evidence of gate " + gate.id() + " for commit " + wanted.commit()
                      + (others.isEmpty() ? "" : "; what there is, is of another " + String.join("; ", others)))
              .at(PLACE)
              .remedy("run it where it belongs and push its evidence with the tag: mvn " + gate.id()));
    } else if (!newest.get().receipt().passed()) {
      findings.add(
          Finding.of("gate " + gate.id() + " said " + newest.get().receipt().verdict().id() + " for this commit")
              .at(PLACE)
              .remedy("mend what it found, and run it again: mvn " + gate.id()));
      newest = Optional.empty();
    }
    return new Found(newest, List.copyOf(findings));
  }

  /** One finding for each line of a commit's note that is no line of ours: somebody changed it, or a merge went wrong. */
  public List<Finding> damaged(String commit) {
    List<Finding> findings = new ArrayList<>();
    List<String> lines = lines(commit);
    for (int i = 0; i < lines.size(); i++) {
      if (Evidence.parse(lines.get(i)).isEmpty() && Waiver.parse(lines.get(i)).isEmpty()) {
        findings.add(
            Finding.of("line " + (i + 1) + " of the note is damaged, or was edited by hand: it is no evidence")
                .at(PLACE)
                .remedy(
                    "see it: git notes --ref plasmite show " + commit + "; to begin anew: git notes --ref plasmite remove "
                        + commit + ", and run the gates again"));
      }
    }
    return findings;
  }

  /** The newest evidence of a gate that counts for this very binding, whatever it says. */
  public Optional<Evidence> newest(StageName gate, Receipt.Binding wanted) {
    return evidence(gate, wanted.commit()).stream()
        .filter(e -> difference(e, wanted).isEmpty() && !inTheFuture(e))
        .max(Comparator.comparing(Evidence::recorded));
  }

  private List<Evidence> evidence(StageName gate, String commit) {
    return lines(commit).stream()
        .flatMap(line -> Evidence.parse(line).stream())
        .filter(e -> e.receipt().stage() == gate)
        .toList();
  }

  private boolean inTheFuture(Evidence evidence) {
    return evidence.recorded().isAfter(clock.instant().plus(SKEW));
  }

  /** Records a waiver with the commit that it is for. */
  public void record(Waiver waiver) {
    notes.append(waiver.commit(), waiver.line());
  }

  /** The newest waiver of a gate for this very commit and version. */
  public Optional<Waiver> waiver(StageName gate, String version, String commit) {
    return lines(commit).stream()
        .flatMap(line -> Waiver.parse(line).stream())
        .filter(w -> w.gate() == gate && w.version().equals(version) && w.commit().equals(commit))
        .max(Comparator.comparing(Waiver::recorded));
  }

  private String difference(Evidence evidence, Receipt.Binding wanted) {
    Receipt.Binding is = evidence.receipt().binding();
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
    if (!evidence.toolVersion().equals(tool)) {
      differences.add("plugin version (" + evidence.toolVersion() + ")");
    }
    return String.join(", ", differences);
  }
}
