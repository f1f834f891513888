package dev.plasmite.candidate;

import dev.plasmite.candidate.blocker.Blocker;
import dev.plasmite.candidate.blocker.Blockers;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Refusal;
import dev.plasmite.version.SemVer;
import java.util.ArrayList;
import java.util.List;

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
    List<Finding> findings = new ArrayList<>();
    try {
      for (Blocker blocker : blockers.open(version)) {
        findings.add(
            Finding.of("open blocker " + blocker.id() + " in " + blockers.home() + ": " + blocker.title())
                .at(blocker.place())
                .remedy("mend it and close it, saying who and why"));
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
