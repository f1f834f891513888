package dev.plasmite.alignment;

import dev.plasmite.artifact.Digests;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Progress;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.Stage;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import dev.plasmite.manifest.Lockstep;
import dev.plasmite.manifest.Site;
import dev.plasmite.manifest.Transaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Says whether every manifest carries the version to be released, in its ecosystem's exact spelling. */
public final class VerifyAlignment implements Stage {

  private final ReleasePlan plan;
  private final Progress progress;

  public VerifyAlignment(ReleasePlan plan, Progress progress) {
    this.plan = plan;
    this.progress = progress;
  }

  @Override
  public StageName name() {
    return StageName.VERIFY_ALIGNMENT;
  }

  @Override
  public String purpose() {
    return "find every version site in the tracked manifests and compare it with the version to be released";
  }

  /**
   * Finds all drift. Proves {@code sites}, {@code manifests}, {@code excluded} (counts) and {@code sites.sha256}, the
   * digest of the list of sites, a line each: place, text, what it is.
   */
  @Override
  public StageResult run(Receipts earlier) {
    new Transaction(plan.repository()).recover().ifPresent(progress::line);
    Lockstep lockstep = Lockstep.resolve(plan.repository(), plan.lockstep(), Optional.of(plan.version()));
    List<Finding> findings = new ArrayList<>(lockstep.problems());
    findings.addAll(Drift.of(lockstep, plan.version()));
    lockstep.undecided().forEach(u -> findings.add(u.finding()));
    if (lockstep.sites().isEmpty()) {
      findings.add(
          Finding.of("no manifest says a version, so nothing is proved")
              .remedy("track a manifest in git, or list it under <lockstep><manifests>"));
    }
    findings.addAll(new TagAtHead(plan.repository()).disagreeing(plan.version()));
    lockstep.exclusions().forEach(e -> progress.line(e.toString()));
    progress.line(lockstep.sites().size() + " version sites in " + lockstep.members().size() + " manifests, " + lockstep.exclusions().size() + " excluded");
    return StageResult.of(findings, proof(lockstep));
  }

  private static Map<String, String> proof(Lockstep lockstep) {
    StringBuilder list = new StringBuilder();
    for (Site site : lockstep.sites()) {
      list.append(site.place()).append('\t').append(site.text()).append('\t').append(site.why()).append('\n');
    }
    Map<String, String> proof = new TreeMap<>();
    proof.put("sites", String.valueOf(lockstep.sites().size()));
    proof.put("manifests", String.valueOf(lockstep.members().size()));
    proof.put("excluded", String.valueOf(lockstep.exclusions().size()));
    proof.put("sites.sha256", Digests.sha256(list.toString().getBytes(StandardCharsets.UTF_8)));
    return proof;
  }
}
