package dev.plasmite.candidate;

import dev.plasmite.candidate.blocker.Blocker;
import dev.plasmite.candidate.blocker.Blockers;
import dev.plasmite.candidate.blocker.GateFailure;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.StageName;
import dev.plasmite.version.SemVer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Whether no open task forbids the release. Asked at the start, and once more right before the first step that cannot
 * be taken back.
 */
public final class BlockerCheck {

  private final Blockers blockers;
  private final SemVer version;

  public BlockerCheck(Blockers blockers, SemVer version) {
    this.blockers = blockers;
    this.version = version;
  }

  /** One finding for each open blocker, or why they cannot be read, which blocks too. */
  public List<Finding> findings() {
    return findings(open -> true);
  }

  /** The same for the gate that verifies candidates: its own blocker is what it is about to judge. */
  List<Finding> findingsOfVerifyCandidate() {
    String own = GateFailure.title(StageName.VERIFY_CANDIDATE, version);
    return findings(open -> !open.title().equals(own));
  }

  /** One finding for each of these open blockers. */
  public List<Finding> findings(List<Blocker> open) {
    return open.stream().map(this::finding).toList();
  }

  private List<Finding> findings(Predicate<Blocker> counts) {
    List<Finding> findings = new ArrayList<>();
    try {
      findings.addAll(findings(blockers.open(version).stream().filter(counts).toList()));
    } catch (Refusal e) {
      findings.addAll(e.findings());
    } catch (OutsideFailure e) {
      findings.add(
          Finding.unknown("cannot tell whether a blocker is open in " + blockers.home() + ": " + e.getMessage())
              .remedy("see to it that it can be read: nothing is tagged or published past a tracker that does not answer"));
    }
    return findings;
  }

  private Finding finding(Blocker blocker) {
    // Its gate, typed as a phase, would stop here again: typed as a goal, it runs by itself.
    String first =
        Arrays.stream(StageName.values())
            .filter(gate -> GateFailure.title(gate, version).equals(blocker.title()))
            .findFirst()
            .map(gate -> "mend what it found, and see that the gate passes: mvn plasmite:" + gate.id())
            .orElse("mend it");
    return Finding.of("open blocker " + blocker.id() + " in " + blockers.home() + ": " + blocker.title())
        .at(blocker.place())
        .remedy(
            first + "; then close it, saying why: mvn plasmite:close-blocker -Dplasmite.blocker=" + blocker.id()
                + " -Dplasmite.reason=\"...\"");
  }
}
