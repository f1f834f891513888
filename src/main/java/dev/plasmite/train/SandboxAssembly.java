package dev.plasmite.train;

import dev.plasmite.alignment.VerifyAlignment;
import dev.plasmite.artifact.BuildRun;
import dev.plasmite.artifact.LocalKey;
import dev.plasmite.artifact.ReleaseManifest;
import dev.plasmite.artifact.StagedSet;
import dev.plasmite.candidate.VerifyCandidate;
import dev.plasmite.candidate.blocker.Blockers;
import dev.plasmite.channel.Channel;
import dev.plasmite.channel.PackageNames;
import dev.plasmite.channel.Workbench;
import dev.plasmite.client.Fetch;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import dev.plasmite.delivery.VerifyDelivery;
import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.Stage;
import dev.plasmite.gate.StageName;
import dev.plasmite.github.GitHubClient;
import dev.plasmite.perf.PerfCalibration;
import dev.plasmite.perf.PerfGate;
import dev.plasmite.provenance.Provenance;
import dev.plasmite.publishing.Publishing;
import dev.plasmite.sandbox.SandboxWorld;
import dev.plasmite.sandbox.ScratchClone;
import dev.plasmite.sandbox.registry.GitHubStandIn;
import dev.plasmite.staging.StageArtifacts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The train in the sandbox: a scratch clone for the repository, registries on the loopback interface for the channels, a
 * stand-in for GitHub, and for every client an empty home and no way out.
 */
final class SandboxAssembly implements Assembly {

  /** What a product that names no GitHub repository or workflow is built by here. */
  private static final String REPOSITORY = "sandbox/sandbox";

  private static final String WORKFLOW = ".github/workflows/release.yml";

  private final Assemblies parts;
  private final ReleasePlan plan;
  private final EffectGate effects;
  private final SandboxWorld world;
  private final SandboxDownloads downloads;

  SandboxAssembly(Assemblies parts) {
    this.parts = parts;
    this.plan = parts.plan();
    this.effects = plan.effects();
    this.world = SandboxWorld.open(plan.directories().sandbox());
    this.downloads = new SandboxDownloads(plan, parts.around(), world);
  }

  @Override
  public Stage stage(StageName name) {
    return switch (name) {
      case VERIFY_CANDIDATE ->
          candidate();
      case VERIFY_ALIGNMENT -> new VerifyAlignment(plan, parts.progress());
      case PERF_GATE -> downloads.telling(new PerfGate(plan, processes(), downloads.build("perf"), parts.progress()));
      case STAGE_ARTIFACTS ->
          plan.provenance()
              .directory()
              .<Stage>map(set -> new NamedSet(set, plan.version(), parts.progress()))
              .orElseGet(() -> downloads.telling(new StageArtifacts(plan, scratchClone().work(), buildRun(), downloads.build("build"), processes(), key(), parts.progress())));
      case PROVENANCE ->
          Remarked.simulated(
              plan.provenance()
                  .directory()
                  .<Stage>map(this::directoryProof)
                  .orElseGet(() -> new Provenance(plan, scratchClone().work(), buildRun(), LocalKey.publicKeyOf(key()), parts.progress())),
              "this machine plays the build run, and a local key its signature");
      case PUBLISH ->
          downloads.telling(
              new Remarked(
                  new Publishing(this::channels, effects, parts.journal(), parts.progress(), this::openBlockers).whereAWorldCanBeThrownAway(afresh()), own().unused()));
      case VERIFY_DELIVERY ->
          downloads.telling(
              new VerifyDelivery(
                  plan.version(), this::channels, effects, scratch().resolve("delivery"), parts.journal(), parts.progress()));
    };
  }

  private Stage candidate() {
    Blockers blockers = issues() ? new WithoutIssues() : parts.blockers().open();
    Stage stage =
        new VerifyCandidate(
            plan, parts.repository(), Optional.of(github()), true, parts.clock(), parts.progress(), blockers, Optional.empty());
    return issues() ? Remarked.simulated(stage, "the issues on GitHub are not asked for blockers here") : stage;
  }

  private List<Finding> openBlockers() {
    return issues() ? List.of() : parts.openBlockers();
  }

  /** Whether blockers are kept where the sandbox does not reach. */
  private boolean issues() {
    return plan.candidate().blockers().home().equals("github");
  }

  @Override
  public PerfCalibration calibration() {
    return new PerfCalibration(plan, processes(), downloads.build("perf"), parts.progress());
  }

  @Override
  public void close() {
    downloads.close();
    world.close();
  }

  /** GitHub's stand-in, which knows a green run of the CI workflow for the candidate: that is what is simulated. */
  private GitHubClient github() {
    GitHubStandIn standIn = world.github();
    standIn.addRepository(repositoryName());
    plan.candidate()
        .workflow()
        .ifPresent(
            workflow ->
                standIn.addRun(
                    repositoryName(),
                    GitHubStandIn.Run.green(workflow, "push", plan.candidate().releaseBranch().orElse("main"), parts.commit())));
    return new GitHubClient(standIn.base(), Optional.of(world.token(SandboxWorld.GITHUB)), effects);
  }

  private ScratchClone scratchClone() {
    Optional<Path> tap =
        plan.channels().stream()
            .map(c -> c.settings().get("tap"))
            .filter(t -> t != null)
            .findFirst()
            .map(t -> new TapPlace(plan.repository(), t).copied());
    ScratchClone clone = ScratchClone.of(plan.directories().sandbox(), plan.repository(), parts.commit(), tap);
    clone.tag(plan.tag(), plan.tag());
    return clone;
  }

  private List<Channel> channels(Receipts earlier) {
    ReleaseManifest manifest = provenSet(earlier);
    downloads.passOn(manifest.artifacts());
    ScratchClone clone = scratchClone();
    world.github().addRepository(repositoryName());
    world.github().addRefs(repositoryName(), clone.refs());
    Workbench bench =
        new Workbench(
            plan,
            manifest.artifacts(),
            new PackageNames(plan.version()),
            clone.work(),
            effects,
            processes(),
            new Fetch(effects),
            world.cutOff(),
            scratch());
    Places places = new SandboxPlaces(world, own(), clone, github(), repositoryName(), parts.notes());
    return new ChannelList(bench, places).of(plan.channels());
  }

  /** What is staged, read again from the disk: it must be the very set that provenance has proven. */
  private ReleaseManifest provenSet(Receipts earlier) {
    ReleaseManifest manifest = new StagedSet(plan.directories().artifacts()).verify(LocalKey.publicKey(LocalKey.publicKeyOf(key())));
    ProvenSet.demandProven(plan.directories().artifacts(), earlier, manifest.json());
    return manifest;
  }

  /** The build run that this machine plays. */
  private BuildRun buildRun() {
    return new BuildRun(repositoryName(), WORKFLOW, "push", 1, 1, parts.commit(), "refs/tags/" + plan.tag());
  }

  private Stage directoryProof(Path artifacts) {
    Path clone = plan.directories().sandbox().resolve("work");
    var sandbox = new DirectoryProof.Sandbox(LocalKey.publicKeyOf(key()), clone, buildRun());
    return new DirectoryProof(plan, artifacts, Optional.of(sandbox), parts.progress());
  }

  private Processes processes() {
    Stream<String> tokens =
        Stream.of(SandboxWorld.CRATES, SandboxWorld.NPM, SandboxWorld.PYPI, SandboxWorld.GITHUB).map(world::token);
    return new Processes(new Redactor(Stream.concat(tokens, own().secrets()).toList()));
  }

  private OwnRegistries own() {
    return new OwnRegistries(plan.channels(), parts.around().servers());
  }

  private String repositoryName() {
    return plan.candidate().repository().orElse(REPOSITORY);
  }

  private Path key() {
    return plan.directories().sandbox().resolve("keys").resolve("build-run.pem");
  }

  private Path scratch() {
    return plan.directories().sandbox().resolve("scratch");
  }

  /** What a maintainer wants to know who mends a version that so far is published in the sandbox only. */
  private String afresh() {
    return "in the sandbox nothing is for good: to publish this version there once more, remove its world and what was staged for it, "
        + plan.directories().sandbox() + " and " + plan.directories().artifacts();
  }
}
