package dev.plasmite.perf;

import dev.plasmite.client.Processes;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Progress;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.Stage;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import dev.plasmite.gate.Verdict;
import dev.plasmite.git.SideBySide;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Is the candidate slower than the base tag? Both are checked out, built and measured in turn on this machine, until
 * the samples are enough to say no, or to say yes; else the gate is inconclusive. The raw samples and the verdict are
 * left under {@code evidence/perf}.
 */
public final class PerfGate implements Stage {

  private final Setting setting;
  private final ReleasePlan plan;

  /**
   * @param environment all variables of every build and run; this process's own are not added
   */
  public PerfGate(ReleasePlan plan, Processes processes, Map<String, String> environment, Progress progress) {
    this(Setting.here(plan, processes, environment, progress));
  }

  PerfGate(Setting setting) {
    this.setting = setting;
    this.plan = setting.plan();
  }

  @Override
  public StageName name() {
    return StageName.PERF_GATE;
  }

  @Override
  public String purpose() {
    return "compare the benchmark with the base tag, in turn, on this machine";
  }

  @Override
  public StageResult run(Receipts earlier) {
    Criteria criteria = Criteria.of(plan.perf());
    BenchCommand bench = setting.bench();
    try (SideBySide git = SideBySide.of(plan.repository())) {
      String candidate = git.head();
      Optional<SideBySide.Base> base = git.base(plan.baseTag(), candidate, plan.version());
      Optional<SideBySide.Base> anchor = plan.perf().policy().anchorTag().map(tag -> git.anchor(tag, candidate));
      // A shallow clone may hide the releases, so there it is not believed that this is the first one.
      if (base.isEmpty() && (git.shallow() || !plan.perf().policy().firstRelease())) {
        return StageResult.of(List.of(noBase(git.shallow())), Map.of("candidateCommit", candidate));
      }
      return setting.comparing(
          bench,
          git,
          comparing -> {
            Side ours = comparing.side("candidate", "candidate", candidate);
            return base.isPresent() ? compared(comparing, base.get(), anchor, ours, criteria) : first(comparing, ours);
          });
    }
  }

  private static Finding noBase(boolean shallow) {
    Finding nothing = Finding.unknown(
        "there is no release tag (v and a version) that this commit descends from, so there is nothing to compare with"
            + (shallow ? "; this clone is shallow" : "")).at(Place.file("<baseTag>"));
    return nothing.remedy(shallow
        ? "git fetch --unshallow --tags"
        : "fetch the tags: git fetch --tags; where they are named otherwise, set <baseTag>; for the very first release set"
            + " <perfGate><firstRelease>true</firstRelease>");
  }

  private StageResult compared(
      Comparing comparing, SideBySide.Base base, Optional<SideBySide.Base> anchor, Side ours, Criteria criteria) {
    Side theirs = comparing.side("base", base.tag(), base.commit());
    Comparing.Ended gate =
        comparing.compare("gate", theirs, ours, criteria, new Roles(plan.perf()), UnaryOperator.identity());
    List<Finding> findings = new ArrayList<>(gate.findings());
    Map<String, String> proof = new TreeMap<>(gate.proof());
    if (anchor.isPresent() && Verdict.of(findings) == Verdict.PASSED) {
      findings.addAll(comparing.creep(anchor.get(), ours, criteria));
      proof.put("anchorTag", anchor.get().tag());
    }
    proof.put("report", "perf/report.html");
    return StageResult.of(findings, proof);
  }

  /** Nothing to compare with: at least the benchmark must work, so that the next release has something. */
  private static StageResult first(Comparing comparing, Side ours) {
    try {
      comparing.smoke(ours);
    } catch (Refusal e) {
      return StageResult.of(e.findings(), Map.of("candidateCommit", ours.commit()));
    }
    return StageResult.of(
        List.of(Finding.warning("first release, as declared: there is nothing to compare with; the benchmark runs")),
        Map.of("candidateCommit", ours.commit(), "firstRelease", "true"));
  }
}
