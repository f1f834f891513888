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

  private List<Finding> findings(Predicate<Blocker> counts) {
    List<Finding> findings = new ArrayList<>();
    try {
      for (Blocker blocker : blockers.open(version).stream().filter(counts).toList()) {
        findings.add(
            Finding.of("open blocker " + blocker.id() + " in " + blockers.home() + ": " + blocker.title())
                .at(blocker.place())
                .remedy(
                    "mend it, then close it, saying why: mvn plasmite:close-blocker -Dplasmite.blocker=" + blocker.id()
                        + " -Dplasmite.reason=..."));
      }
    } catch (Refusal e) {
      findings.addAll(e.findings());
    } catch (OutsideFailure e) {
      findings.add(
          Finding.unknown("cannot tell whether a blocker is open in " + blockers.home() + ": " + e.getMessage()));
    }
    return findings;
  }
}
