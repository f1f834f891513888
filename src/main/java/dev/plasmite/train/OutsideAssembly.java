package dev.plasmite.train;

import dev.plasmite.alignment.VerifyAlignment;
import dev.plasmite.candidate.VerifyCandidate;
import dev.plasmite.client.LetThrough;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import dev.plasmite.delivery.VerifyDelivery;
import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.Journal;
import dev.plasmite.gate.Progress;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.Stage;
import dev.plasmite.gate.StageName;
import dev.plasmite.github.GitHubClient;
import dev.plasmite.perf.PerfCalibration;
import dev.plasmite.perf.PerfGate;
import dev.plasmite.publishing.Publishing;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The train on real services, for a rehearsal and for the release itself: the same stages with the same code. What a
 * rehearsal may not do is decided in {@link EffectGate}.
 */
final class OutsideAssembly implements Assembly {

  private final Assemblies parts;
  private final ReleasePlan plan;
  private final EffectGate effects;
  private final OutsideLogins logins;
  private final OutsideScratch scratch = new OutsideScratch();

  OutsideAssembly(Assemblies parts) {
    this.parts = parts;
    this.plan = parts.plan();
    this.effects = plan.effects();
    this.logins = new OutsideLogins(parts.around());
  }

  @Override
  public Stage stage(StageName name) {
    return new RedactedStage(name, () -> bare(name), this::redactor);
  }

  private Stage bare(StageName name) {
    Progress progress = RedactedStage.progress(parts.progress(), this::redactor);
    Journal journal = RedactedStage.journal(parts.journal(), this::redactor);
    return switch (name) {
      case VERIFY_CANDIDATE ->
          new VerifyCandidate(
              plan,
              parts.repository(),
              Optional.of(github()),
              false,
              parts.clock(),
              progress,
              parts.blockers().open(),
              parts.repository().remote("origin").flatMap(r -> OriginCredentials.forReading(r, parts.around().environment())));
      case VERIFY_ALIGNMENT -> new VerifyAlignment(plan, progress);
      case PERF_GATE -> new PerfGate(plan, processes(), buildEnvironment(), progress);
      case STAGE_ARTIFACTS ->
          plan.provenance()
              .directory()
              .<Stage>map(set -> new NamedSet(set, plan.version(), progress))
              .orElseGet(() -> build().stageArtifacts(buildEnvironment(), processes()));
      case PROVENANCE ->
          plan.provenance()
              .directory()
              .<Stage>map(set -> new DirectoryProof(plan, set, Optional.empty(), progress))
              .orElseGet(() -> build().provenance());
      case PUBLISH -> build().pinned(new Publishing(channels(true), effects, journal, progress, parts::openBlockers));
      case VERIFY_DELIVERY ->
          build().pinned(new VerifyDelivery(plan.version(), channels(false), effects, scratch.directory("delivery"), journal, progress));
    };
  }

  @Override
  public PerfCalibration calibration() {
    return new PerfCalibration(plan, processes(), buildEnvironment(), parts.progress());
  }

  @Override
  public void close() {
    scratch.close();
  }

  private OutsideChannels channels(boolean sending) {
    return new OutsideChannels(parts, build()::provenSet, effects, logins, scratch, sending);
  }

  private OutsideProvenance build() {
    return new OutsideProvenance(parts, github(), parts.around().environment());
  }

  private GitHubClient github() {
    URI api = OutsidePlaces.githubApi(plan, parts.around().environment());
    return new GitHubClient(api, parts.around().variable(List.of("GITHUB_TOKEN", "GH_TOKEN")), effects);
  }

  /** What a build or a benchmark gets of the maintainer's environment: the toolchains, and no credential. */
  private Map<String, String> buildEnvironment() {
    return LetThrough.build(parts.around().environment());
  }

  private Processes processes() {
    return new Processes(redactor());
  }

  private Redactor redactor() {
    return new Redactor(logins.secrets());
  }
}
