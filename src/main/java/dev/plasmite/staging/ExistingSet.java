package dev.plasmite.staging;

import dev.plasmite.artifact.Artifact;
import dev.plasmite.artifact.BuildRun;
import dev.plasmite.artifact.Declared;
import dev.plasmite.artifact.LocalKey;
import dev.plasmite.artifact.ReleaseManifest;
import dev.plasmite.artifact.StagedSet;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Progress;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StagingPlan.ArtifactRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides what becomes of a set that is there already: taken, moved aside whole, or refused; never changed. */
final class ExistingSet {

  private final ReleasePlan plan;
  private final BuildRun run;
  private final Progress progress;

  ExistingSet(ReleasePlan plan, BuildRun run, Progress progress) {
    this.plan = plan;
    this.run = run;
    this.progress = progress;
  }

  /**
   * Takes the set, or makes room for a new one.
   *
   * @return the set's manifest when it is this release's; empty when it was another's and lies aside now
   * @throws Refusal when it is damaged, or does not fit the configuration
   */
  Optional<ReleaseManifest> take(Path signingKey) {
    Path directory = plan.directories().artifacts();
    ReleaseManifest manifest;
    try {
      manifest = new StagedSet(directory).verify(LocalKey.publicKey(LocalKey.publicKeyOf(signingKey)));
    } catch (Refusal e) {
      List<Finding> findings = new ArrayList<>();
      findings.add(
          Finding.of("what lies here is no complete, unchanged set, and it is not overwritten")
              .at(Place.file(directory.toString()))
              .remedy("put the set back as it was staged; or, when nothing of it was published, start over: remove "
                  + directory + " and run stage-artifacts again"));
      findings.addAll(e.findings());
      throw new Refusal(findings);
    }
    if (!manifest.version().equals(plan.version()) || !manifest.run().commit().equals(run.commit())) {
      String of = manifest.version() + "-" + manifest.run().commit().substring(0, 12);
      Path aside = SetSwap.aside(directory, of);
      progress.line("another set lay in the way, of " + manifest.tag() + " at " + manifest.run().commit().substring(0, 12)
          + "; it is now in " + aside);
      return Optional.empty();
    }
    List<Finding> findings = new ArrayList<>();
    int expected = 0;
    for (ArtifactRule rule : plan.staging().artifacts()) {
      long fits = new Declared(plan.staging().artifacts(), plan.version()).count(rule, manifest.artifacts());
      expected += rule.count();
      if (fits != rule.count()) {
        findings.add(unfit(rule.pattern(), "the staged set has " + fits + " of kind " + rule.kind().id() + " for it, not "
            + rule.count()));
      }
    }
    if (manifest.artifacts().size() != expected) {
      findings.add(unfit(directory.toString(), "the staged set has " + manifest.artifacts().size()
          + " artifacts, the configuration declares " + expected));
    }
    if (!findings.isEmpty()) {
      throw new Refusal(findings);
    }
    progress.line("taken as it is, not built again: " + manifest.artifacts().size() + " artifacts of "
        + manifest.run().shown() + ", all digests and the signature right");
    for (Artifact artifact : manifest.artifacts()) {
      progress.line(artifact.sha256() + "  " + artifact.file());
    }
    return Optional.of(manifest);
  }

  private Finding unfit(String place, String what) {
    return Finding.of(what)
        .at(Place.file(place))
        .remedy("correct <staging><artifacts>; or, when nothing of the set was published, remove "
            + plan.directories().artifacts() + " and run stage-artifacts again");
  }
}
