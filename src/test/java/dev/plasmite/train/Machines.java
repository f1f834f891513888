package dev.plasmite.train;

import dev.plasmite.artifact.BuildRun;
import dev.plasmite.artifact.Digests;
import dev.plasmite.artifact.ReleaseManifest;
import dev.plasmite.artifact.Samples;
import dev.plasmite.artifact.StagedSet;
import dev.plasmite.candidate.ChangelogEdit;
import dev.plasmite.client.Surroundings;
import dev.plasmite.gate.CandidatePlan;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.LockstepPlan;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.PerfPlan;
import dev.plasmite.gate.PerfPolicy;
import dev.plasmite.gate.ProvenancePlan;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import dev.plasmite.gate.StagingPlan;
import dev.plasmite.git.RealGit;
import dev.plasmite.provenance.LocalSigstore;
import dev.plasmite.sandbox.loopback.Accounts;
import dev.plasmite.sandbox.registry.GitHubStandIn;
import dev.plasmite.version.SemVer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A product in live mode on several machines: the maintainer's, with an origin beside it, clones of that origin, and
 * GitHub's stand-in. The product is one npm package and ships an SDK to GitHub Releases.
 */
final class Machines implements AutoCloseable {

  static final String REPO = "lantern-demo/lantern";
  static final String CI = ".github/workflows/ci.yml";
  static final String BUILD = ".github/workflows/build.yml";
  static final String VERSION = "1.2.0";

  /** Prints its costs in milliseconds with a little deterministic variation; the file "slow" makes them larger. */
  private static final String BENCH =
      """
      n=$(cat count 2>/dev/null || echo 0); n=$((n + 1)); echo $n > count
      cost=$(cat slow 2>/dev/null || echo 50)
      printf '{"schema":1,"unit":"ms","better":"lower","scenarios":['
      printf '{"key":"append","value":%s.%s},{"key":"follow","value":%s.%s}]}' "$cost" "$((n % 3))" "$cost" "$((n % 2))"
      """;

  final Path directory;
  final RealGit maintainer;
  final RealGit origin;
  final GitHubStandIn github;
  final List<String> said = new ArrayList<>();
  private final LocalSigstore sigstore = new LocalSigstore();
  Mode mode = Mode.LIVE;
  double threshold = 0.10;
  String blockers = "file";
  boolean fileBlockers;

  Machines(Path directory) throws Exception {
    this.directory = directory;
    maintainer = RealGit.withOrigin(directory);
    origin = new RealGit(directory.resolve("origin.git"));
    github = GitHubStandIn.open(directory.resolve("github"), Accounts.of("good"));
    github.addRepository(REPO);
    sigstore.trustedRoot(directory.resolve("trusted_root.json"));
    named(maintainer);
    maintainer.write("bench.sh", BENCH);
    maintainer.write(".gitignore", "count\n*.tar.gz\n");
    maintainer.write("package.json", "{\n  \"name\": \"lantern\",\n  \"version\": \"1.1.0\"\n}\n");
    maintainer.write("CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n");
    maintainer.commit("1.1.0");
    maintainer.run("tag", "-a", "v1.1.0", "-m", "1.1.0");
    maintainer.write("package.json", "{\n  \"name\": \"lantern\",\n  \"version\": \"1.2.0\"\n}\n");
    maintainer.write("CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n\n- A lamp.\n");
    maintainer.run("push", "-q", "--follow-tags");
  }

  static void named(RealGit git) {
    git.run("config", "user.name", "Release Person");
    git.run("config", "user.email", "release@example.org");
  }

  /** The changelog's section, the commit, the push, and a green run of CI. */
  String candidate() throws Exception {
    ChangelogEdit.plan(maintainer.directory(), "CHANGELOG.md", SemVer.parse(VERSION), LocalDate.now(Clock.systemUTC())).write();
    return pushed("the candidate");
  }

  String pushed(String message) {
    String commit = maintainer.commit(message);
    maintainer.run("push", "-q");
    github.addRun(REPO, GitHubStandIn.Run.green(CI, "push", "main", commit));
    return commit;
  }

  /** A clone of origin on a machine that has nothing else. */
  RealGit clone(String name) {
    new RealGit(directory).run("clone", "-q", origin.directory().toString(), name);
    return new RealGit(directory.resolve(name));
  }

  ReleasePlan plan(RealGit at) {
    PerfPolicy calm = PerfPolicy.defaults();
    PerfPolicy anyHost =
        new PerfPolicy(
            0, calm.noiseFloor(), Duration.ZERO, List.of(), List.of(), List.of(), Optional.empty(), false,
            calm.buildTimeout(), 10_000, Duration.ZERO);
    Path home = directory.resolve(at.directory().getFileName() + "-target");
    return new ReleasePlan(
        at.directory(),
        SemVer.parse(VERSION),
        mode,
        Optional.empty(),
        LockstepPlan.discovered(),
        new CandidatePlan(
            Optional.of("main"), Optional.of("CHANGELOG.md"), Optional.of(CI), Optional.of(REPO), List.of(), List.of(),
            new CandidatePlan.BlockerPlan(blockers, Optional.empty())),
        new PerfPlan(
            List.of(), Optional.of("sh bench.sh"), "samples", Optional.empty(), threshold, List.of(), 0,
            Duration.ofMinutes(10), anyHost),
        new StagingPlan(
            List.of(),
            List.of(new StagingPlan.ArtifactRule(StagingPlan.Kind.SDK, "lantern_{version}_linux_amd64.tar.gz", 1, Optional.empty(), Optional.empty())),
            Optional.empty(), Duration.ofMinutes(1)),
        List.of(new ChannelPlan("github", "preview", List.of(), Optional.empty(), Map.of())),
        Map.of(),
        new ReleasePlan.Directories(home.resolve("artifacts"), home, home.resolve("sandbox")),
        new ProvenancePlan(
            Optional.empty(), OptionalLong.empty(), Optional.empty(), Optional.of(directory.resolve("trusted_root.json")),
            Optional.of(BUILD), Optional.empty(), Optional.empty()));
  }

  Invocation invocation(String... goals) {
    return new Invocation("mvn -Prelease", "3.9", "0.1.0", List.of(goals), fileBlockers);
  }

  Map<String, String> environment(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("PATH", System.getenv("PATH"));
    environment.put("HOME", directory.toString());
    environment.put("GITHUB_API_URL", github.base().toString());
    environment.put("GITHUB_TOKEN", "good");
    return environment;
  }

  /** Runs a stage; a failure of the world is its finding, as in the ledger. */
  StageResult run(RealGit at, StageName stage, Map<String, String> environment, String... goals) {
    Surroundings around = new Surroundings(environment(environment), directory, Map.of());
    try {
      return new Train(plan(at), invocation(goals), said::add, around).run(stage);
    } catch (OutsideFailure e) {
      return StageResult.of(List.of(Finding.unknown(e.getMessage())), Map.of());
    }
  }

  /** Runs the gates before the tag, as the phase perf-gate does; the last result. */
  StageResult gates(RealGit at, Map<String, String> environment) {
    StageResult result = null;
    for (StageName gate : GateEvidence.localGates()) {
      result = run(at, gate, environment, "perf-gate");
      if (result.findings().stream().anyMatch(Finding::blocks)) {
        return result;
      }
    }
    return result;
  }

  Status status(RealGit at) {
    return status(at, false);
  }

  Status status(RealGit at, boolean offline) {
    return Status.of(plan(at), invocation("plasmite:status"), environment(Map.of()), offline, Clock.systemUTC());
  }

  Tagging tagging(RealGit at) {
    return new Tagging(plan(at), invocation("plasmite:tag"), environment(Map.of()), Clock.systemUTC(), said::add);
  }

  Decisions decisions(RealGit at) {
    return new Decisions(plan(at), invocation(), environment(Map.of()), Clock.systemUTC(), said::add);
  }

  /** What GitHub does when the tag arrives: its build workflow stages, attests and uploads. */
  void buildRun() throws Exception {
    String commit = origin.run("rev-parse", "v1.2.0^{commit}");
    github.addAnnotatedTag(REPO, "v1.2.0", origin.run("rev-parse", "v1.2.0"), commit, "v1.2.0");
    long run = github.addRun(REPO, GitHubStandIn.Run.green(BUILD, "push", "v1.2.0", commit));
    RealGit builder = clone("builder");
    builder.run("checkout", "-q", "--detach", "v1.2.0");
    Samples.sdk(builder.directory(), "lantern", VERSION, "linux_amd64");
    StageResult staged =
        run(
            builder,
            StageName.STAGE_ARTIFACTS,
            Map.of(
                "CI", "true",
                "GITHUB_ACTIONS", "true",
                "GITHUB_REPOSITORY", REPO,
                "GITHUB_WORKFLOW_REF", REPO + "/" + BUILD + "@refs/tags/v1.2.0",
                "GITHUB_EVENT_NAME", "push",
                "GITHUB_RUN_ID", Long.toString(run),
                "GITHUB_RUN_ATTEMPT", "1",
                "GITHUB_SHA", commit,
                "GITHUB_REF", "refs/tags/v1.2.0"));
    if (staged.findings().stream().anyMatch(Finding::blocks)) {
      throw new AssertionError(staged.findings());
    }
    Path artifacts = plan(builder).directories().artifacts();
    ReleaseManifest manifest = new StagedSet(artifacts).verifyUnsigned();
    Map<String, String> subjects = new HashMap<>(Map.of(ReleaseManifest.FILE, Digests.sha256(manifest.json())));
    manifest.artifacts().forEach(artifact -> subjects.put(artifact.file(), artifact.sha256()));
    BuildRun expected = new BuildRun(REPO, BUILD, "push", run, 1, commit, "refs/tags/v1.2.0");
    github.addAttestation(REPO, List.copyOf(subjects.values()), sigstore.attest(expected, subjects));
    github.addArtifact(REPO, run, "release", zip(artifacts));
  }

  private Path zip(Path folder) throws IOException {
    Path zip = directory.resolve("upload.zip");
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream packed = new ZipOutputStream(out);
        var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        packed.putNextEntry(new ZipEntry(file.getFileName().toString()));
        Files.copy(file, packed);
      }
    }
    return zip;
  }

  @Override
  public void close() {
    github.close();
  }
}
