package dev.plasmite.channel;

import dev.plasmite.artifact.Artifact;
import dev.plasmite.artifact.Digests;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.git.Credentials;
import dev.plasmite.git.WorkingClone;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The formula of a tap: as it is there, and as this release wants it. The tap is cloned once; where it matters what is there
 * at this moment, the clone is brought up to date.
 */
final class TapFormula {

  private final Workbench bench;
  private final ChannelPlan plan;
  private final URI tap;
  private final boolean onePlatform;
  private final Optional<Credentials> credentials;
  private Path clone;

  /**
   * A tap's formula.
   *
   * @param onePlatform whether a file that is not staged is no fault, since one machine builds for itself alone
   * @param credentials how the tap is entered over HTTPS
   */
  TapFormula(Workbench bench, ChannelPlan plan, URI tap, boolean onePlatform, Optional<Credentials> credentials) {
    this.bench = bench;
    this.plan = plan;
    this.tap = tap;
    this.onePlatform = onePlatform;
    this.credentials = credentials;
  }

  /** Where in the tap it is. */
  String path() {
    return plan.settings().get("formula");
  }

  /** Its file name. */
  String file() {
    return path().substring(path().lastIndexOf('/') + 1);
  }

  /** As it is in the tap now; brings the clone up to date. */
  synchronized Formula current() {
    try (WorkingClone tip = upToDate()) {
      return read(tip);
    }
  }

  /** As it was in the tap when it was last looked at; now, when nobody has looked yet. */
  Formula lastSeen() {
    try (WorkingClone seen = asLastSeen()) {
      return read(seen);
    }
  }

  /** As it is in a clone. */
  Formula read(WorkingClone clone) {
    return new Formula(path(), clone.read(path()).orElseThrow(() -> new OutsideFailure("the tap has no " + Place.file(path()))));
  }

  private WorkingClone upToDate() {
    if (clone == null) {
      return cloned();
    }
    WorkingClone known = WorkingClone.reopened(tap, clone, bench.effects(), credentials);
    boolean same = false;
    try {
      same = known.refresh();
    } finally {
      if (!same) {
        known.close();
      }
    }
    return same ? known : cloned();
  }

  /** The clone, with what the tap had when it was last looked at. */
  synchronized WorkingClone asLastSeen() {
    return clone == null ? cloned() : WorkingClone.reopened(tap, clone, bench.effects(), credentials);
  }

  private WorkingClone cloned() {
    Path directory = bench.freshHome("tap").resolve("clone");
    WorkingClone made = WorkingClone.of(tap, directory, bench.effects(), credentials);
    clone = directory;
    return made;
  }

  /**
   * The text that this release wants.
   *
   * @param findings takes what stands against it
   */
  String wanted(Formula current, List<Finding> findings) {
    List<Finding> missing = new ArrayList<>();
    String text = current.rewritten(bench.plan().version().toString(), this::digestOf, missing);
    findings.addAll(simulated(missing));
    return text;
  }

  /** Hex sha256 of the text that this release wants. */
  String wantedDigest(Formula current) {
    return sha256(wanted(current, new ArrayList<>()));
  }

  /** Where a formula that somebody else pushed is not this release's. */
  List<Finding> misaligned(Formula current) {
    return simulated(current.alignment(bench.plan().version().toString(), this::digestOf)).stream().filter(Finding::blocks).toList();
  }

  /** Hex sha256 of a staged file; nothing when none of that name is staged. */
  Optional<String> digestOf(String file) {
    return bench.artifacts().stream().filter(a -> a.file().equals(file)).findFirst().map(Artifact::sha256);
  }

  private List<Finding> simulated(List<Finding> found) {
    return found.stream()
        .map(
            finding ->
                onePlatform && finding.what().startsWith(Formula.POINTS_ELSEWHERE)
                    ? new Finding(
                        Finding.Severity.SIMULATED, "not built on this machine, so left as it is: " + finding.what(), finding.place(), "")
                    : finding)
        .toList();
  }

  /** Hex sha256 of a text. */
  static String sha256(String text) {
    return Digests.sha256(text.getBytes(StandardCharsets.UTF_8));
  }
}
