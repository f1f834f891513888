package dev.plasmite.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.artifact.Artifact;
import dev.plasmite.artifact.BuildRun;
import dev.plasmite.artifact.Checksums;
import dev.plasmite.artifact.Digests;
import dev.plasmite.artifact.LocalKey;
import dev.plasmite.artifact.ReleaseManifest;
import dev.plasmite.artifact.StagedSet;
import dev.plasmite.artifact.Unpacker;
import dev.plasmite.artifact.Samples;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.ProvenancePlan;
import dev.plasmite.gate.Receipt;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.Stage;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import dev.plasmite.gate.StagingPlan.Kind;
import dev.plasmite.gate.Verdict;
import dev.plasmite.github.GitHubBuilds;
import dev.plasmite.github.GitHubClient;
import dev.plasmite.github.LoopbackGitHub.Reply;
import dev.plasmite.staging.Plans;
import dev.plasmite.staging.SetMerger;
import dev.plasmite.staging.StageArtifacts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A build run on GitHub is proven, and everything that is not quite it is refused; never is anything sent but a GET. */
@Timeout(1800)
class TagsBuildTest {

  private static final String OTHER = "0123456789abcdef0123456789abcdef01234567";
  private static final String TAG = "v1.2.0";
  private static final Receipt.Binding BINDING = new Receipt.Binding("1.2.0", "c", "rehearsal", "x");

  @TempDir Path temp;
  private final LocalSigstore sigstore = new LocalSigstore();
  private final List<String> lines = new ArrayList<>();
  private PlayedBuild github;
  private Git git;
  private String commit;
  private BuildRun built;
  private ReleasePlan local;
  private ProvenancePlan from;
  private Map<String, byte[]> files;

  @BeforeEach
  void build() throws Exception {
    Path checkout = temp.resolve("repository");
    git = Git.init().setDirectory(checkout.toFile()).call();
    commit =
        git.commit().setAllowEmpty(true).setSign(false).setMessage("release")
            .setAuthor("Release", "release@example.org").setCommitter("Release", "release@example.org").call().name();
    git.tag().setName(TAG).setAnnotated(false).call();
    Samples.crate(checkout, "lantern", "1.2.0");
    Samples.npm(checkout, "lantern", "1.2.0");
    local =
        Plans.of(
            temp, "1.2.0",
            Plans.staging(List.of(), Plans.rule(Kind.CRATE, "lantern-{version}.crate"), Plans.rule(Kind.NPM, "*.tgz")));
    built = new BuildRun(PlayedBuild.REPOSITORY, PlayedBuild.WORKFLOW, "push", 7, 1, commit, "refs/tags/" + TAG);
    new StageArtifacts(local, checkout, built, Map.of(), new Processes(Redactor.NONE), temp.resolve("keys/key"), line -> {})
        .run(receipts());
    from =
        new ProvenancePlan(
            Optional.of(TAG), OptionalLong.empty(), Optional.empty(),
            Optional.of(sigstore.trustedRoot(temp.resolve("trusted_root.json"))),
            Optional.of(PlayedBuild.WORKFLOW), Optional.empty(), Optional.empty());
    files = new TreeMap<>();
    try (Stream<Path> all = Files.list(temp.resolve("artifacts"))) {
      for (Path file : all.toList()) {
        files.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    files.remove(StagedSet.ATTESTATION);
    github = new PlayedBuild();
    github.tags.put(TAG, new String[] {"commit", commit});
    github.run(7, TAG, commit);
    upload();
    attest(built);
  }

  @AfterEach
  void nothingButReadingWasAskedFor() {
    assertThat(github.requests()).allMatch(request -> request.method().equals("GET"));
    github.close();
    git.close();
  }

  private void upload() throws IOException {
    github.artifacts.clear();
    github.artifact(70, "release", zip(files));
  }

  private void attest(BuildRun by) {
    github.attestations.clear();
    Map<String, String> subjects = subjects();
    byte[] bundle = sigstore.attest(by, subjects);
    subjects.values().forEach(sha256 -> github.attestations.put(sha256, List.of(bundle)));
  }

  private Map<String, String> subjects() {
    Map<String, String> subjects = new TreeMap<>();
    files.forEach((name, bytes) -> subjects.put(name, Digests.sha256(bytes)));
    subjects.remove(Checksums.FILE);
    return subjects;
  }

  static byte[] zip(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
      }
    }
    return out.toByteArray();
  }

  private static Receipts receipts(Receipt... receipts) {
    return new Receipts(List.of(receipts), BINDING);
  }

  private TagsBuild stages() {
    ReleasePlan plan =
        new ReleasePlan(
            local.repository(), local.version(), Mode.REHEARSAL, local.baseTag(), local.lockstep(), local.candidate(),
            local.perf(), local.staging(), local.channels(), local.clients(), local.directories(), from);
    GitHubClient client = new GitHubClient(github.uri(), Optional.of("secret"), new EffectGate(Mode.REHEARSAL));
    return new TagsBuild(
        plan, local.repository(), new GitHubBuilds(client), PlayedBuild.REPOSITORY, temp.resolve("build-run"), lines::add);
  }

  private StageResult run(Stage stage, Receipt... earlier) {
    try {
      return stage.run(receipts(earlier));
    } catch (Refusal e) {
      return StageResult.of(e.findings(), Map.of());
    } catch (OutsideFailure e) {
      return StageResult.of(List.of(Finding.unknown(e.getMessage())), Map.of());
    }
  }

  private StageResult prove() {
    return run(stages().proven());
  }

  private static String text(StageResult result) {
    return result.findings().stream().map(Finding::toString).collect(Collectors.joining("\n"));
  }

  private void refused(String... saying) {
    StageResult result = prove();
    assertThat(result.verdict()).as(text(result)).isNotEqualTo(Verdict.PASSED);
    assertThat(result.proof()).isEmpty();
    assertThat(text(result)).contains(saying);
  }

  @Test
  void theTagsBuildRunIsProvenInPlainWordsAndStageArtifactsBuildsNothing() throws Exception {
    StageResult staged = run(stages().staged());
    assertThat(staged.verdict()).as(text(staged)).isEqualTo(Verdict.PASSED);
    assertThat(staged.proof().get("built")).startsWith("not here: by run 7 attempt 1");
    StageResult result =
        run(stages().proven(), new Receipt(StageName.STAGE_ARTIFACTS, Verdict.PASSED, BINDING, staged.proof()));
    assertThat(result.verdict()).as(text(result)).isEqualTo(Verdict.PASSED);
    assertThat(result.proof())
        .containsEntry("commit", commit)
        .containsEntry(Provenance.MANIFEST_SHA256, staged.proof().get(Provenance.MANIFEST_SHA256))
        .containsKey("attestation")
        .doesNotContainKey(TagsBuild.RECOVERY);
    assertThat(lines).anyMatch(l -> l.startsWith("proven: all 2 artifacts")).anyMatch(l -> l.startsWith("not proven: that GitHub's runner"));
    assertThat(github.requests()).filteredOn(request -> request.path().endsWith("/zip")).as("fetched once").hasSize(1);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve("build-run")))).isEqualTo("rwx------");

    Receipt proven = new Receipt(StageName.PROVENANCE, Verdict.PASSED, BINDING, result.proof());
    assertThat(stages().provenSet(receipts(proven)).artifacts()).hasSize(2);
    assertThat(stages().moved(receipts(proven))).isEmpty();
  }

  static Stream<Map.Entry<String, Consumer<ObjectNode>>> notQuiteTheRun() {
    return Map.<String, Consumer<ObjectNode>>of(
            "its workflow is '.github/workflows/other.yml'", run -> run.put("path", ".github/workflows/other.yml"),
            "it came from 'fork/lantern'", run -> run.putObject("head_repository").put("full_name", "fork/lantern"),
            "it came from ''", run -> run.putNull("head_repository"),
            "its event is 'pull_request'", run -> run.put("event", "pull_request"),
            "it ran on 'main'", run -> run.put("head_branch", "main"),
            "it ran for commit '" + OTHER, run -> run.put("head_sha", OTHER),
            "it is 'failure'", run -> run.put("conclusion", "failure"),
            "it is 'in_progress'", run -> run.put("status", "in_progress").putNull("conclusion"))
        .entrySet().stream();
  }

  @ParameterizedTest
  @MethodSource("notQuiteTheRun")
  void aRunOfTheRightNameThatIsNotTheOneIsToldOfWithTheReason(Map.Entry<String, Consumer<ObjectNode>> other) {
    other.getValue().accept(github.runs.get(0));
    refused("no successful run of .github/workflows/build.yml (push) built v1.2.0", "run 7 is not it: ", other.getKey());
  }

  @Test
  void twoSuccessfulRunsOfOneTagWithDifferentCommitsAreRefused() {
    github.run(8, TAG, OTHER);
    refused("was built from different commits: run 7", "run 8 attempt 1 at " + OTHER);
  }

  @Test
  void twoSuccessfulRunsOfOneCommitAreRefusedUntilOneIsNamed() {
    github.run(8, TAG, commit);
    refused("more than one run built v1.2.0", "-Dplasmite.buildRun=8");
    named(7);
    assertThat(prove().verdict()).isEqualTo(Verdict.PASSED);
  }

  @Test
  void noRunAtAllIsRefused() {
    github.runs.clear();
    refused("runs seen: 0");
  }

  @Test
  void anotherAttemptThanTheOneThatIsGreenNowIsRefused() {
    github.runs.get(0).put("run_attempt", 2);
    refused("attempt of the build run is '1', expected '2'", "attempts/1");
  }

  @Test
  void aRunNamedByHandIsProvenAsWellAndRecordedAsSuch() throws Exception {
    github.runs.get(0).put("event", "workflow_dispatch");
    refused("its event is 'workflow_dispatch'");
    built = new BuildRun(built.repository(), built.workflow(), "workflow_dispatch", 7, 1, commit, built.ref());
    rewrite("\"event\" : \"push\"", "\"event\" : \"workflow_dispatch\"");
    attest(built);
    named(7);
    StageResult result = prove();
    assertThat(result.verdict()).as(text(result)).isEqualTo(Verdict.PASSED);
    assertThat(result.proof().get(TagsBuild.RECOVERY)).contains("named by hand").contains("workflow_dispatch");
    assertThat(text(result)).contains("the build run was named by hand");
  }

  @Test
  void aRunNamedByHandMustBeOfTheTagsCommitAllTheSame() {
    github.run(8, TAG, OTHER);
    named(8);
    refused("run 8 is not the build run: it ran for commit");
    named(99);
    refused("has no run 99");
  }

  @Test
  void annotatedAndNestedTagsArePeeledAndATagOfATreeIsRefused() {
    github.tags.put(TAG, new String[] {"tag", "a".repeat(40)});
    github.tags.put("a".repeat(40), new String[] {"tag", "b".repeat(40)});
    github.tags.put("b".repeat(40), new String[] {"commit", commit});
    assertThat(prove().verdict()).isEqualTo(Verdict.PASSED);
    github.tags.put("b".repeat(40), new String[] {"tree", OTHER});
    refused("the tag names a tree, not a commit");
    github.tags.put("b".repeat(40), new String[] {"tag", "a".repeat(40)});
    refused("leads over more than 10 tags");
    github.tags.clear();
    refused("has no tag v1.2.0 on GitHub");
  }

  @Test
  void aTagMovedOnGitHubStopsTheTrainAlsoAfterItWasProven() {
    Receipt proven = new Receipt(StageName.PROVENANCE, Verdict.PASSED, BINDING, prove().proof());
    github.tags.put(TAG, new String[] {"commit", OTHER});
    assertThat(stages().moved(receipts(proven))).singleElement()
        .satisfies(f -> assertThat(f.what()).contains("the tag was moved").contains(OTHER).contains(commit));
    github.tags.clear();
    assertThat(stages().moved(receipts(proven))).singleElement()
        .satisfies(f -> assertThat(f.what()).contains("has no tag"));
    assertThat(stages().moved(receipts())).isNotEmpty();
    github.tags.put(TAG, new String[] {"commit", OTHER});
    refused("no successful run", "it ran for commit");
  }

  @Test
  void aTagThatIsElsewhereInTheCloneThanOnGitHubIsRefused() throws Exception {
    git.commit().setAllowEmpty(true).setSign(false).setMessage("later")
        .setAuthor("Release", "release@example.org").setCommitter("Release", "release@example.org").call();
    git.tag().setName(TAG).setAnnotated(false).setForceUpdate(true).call();
    refused("the tag v1.2.0 pins");
  }

  @Test
  void artifactsThatCannotBeTrustedAreRefusedAllTogether() throws Exception {
    github.artifacts.get(0).putNull("digest");
    github.artifact(71, "more", zip(Map.of("a.txt", new byte[1]))).put("expired", true);
    github.artifact(72, "more", zip(Map.of("b.txt", new byte[1])));
    refused("GitHub states no digest of artifact 'release'", "artifact 'more' has expired", "artifact 'more' is there twice");
    github.artifacts.clear();
    refused("it has no artifact");
    assertThat(github.requests()).noneMatch(request -> request.path().endsWith("/zip"));
  }

  @Test
  void bytesThatAreNotThoseOfGitHubsDigestAreRefusedAndNotKept() throws Exception {
    github.zips.put(70L, zip(Map.of("other", new byte[3])));
    refused("came with sha256", "GitHub states");
    try (Stream<Path> left = Files.list(temp.resolve("build-run"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void whatIsInTheArtifactsMustBeTheSetAndNothingElse() throws Exception {
    files.put("notes.txt", "hello".getBytes(StandardCharsets.UTF_8));
    upload();
    refused("extra file 'notes.txt'");
    files.remove("notes.txt");
    files.put("../up", new byte[1]);
    upload();
    refused("artifact 'release'");
    files.remove("../up");
    files.put("sub/file", new byte[1]);
    upload();
    refused("it holds a directory, 'sub'");
    files.remove("sub/file");
    upload();
    github.artifact(71, "again", zip(Map.of("SHA256SUMS", files.get(Checksums.FILE))));
    refused("'SHA256SUMS' is in another artifact, too");
  }

  @Test
  void theSetsOfSeveralPlatformsAreMergedInTheBuildRunAndProvenAsOne() throws Exception {
    Map<Path, PublicKey> parts = new LinkedHashMap<>();
    for (String platform : List.of("linux_amd64", "darwin_arm64")) {
      Path part = temp.resolve("part-" + platform);
      Path sdk = Samples.sdk(part, "lantern", "1.2.0", platform);
      LocalKey key = LocalKey.at(temp.resolve("keys/" + platform));
      Artifact artifact = new Artifact(Kind.SDK, sdk, Optional.of(platform), Digests.of(sdk));
      new StagedSet(part).writePapers(new ReleaseManifest(local.version(), built, List.of(artifact)), key);
      parts.put(part, key.publicKey());
    }
    Path merged = temp.resolve("merged");
    new SetMerger(LocalKey.at(temp.resolve("keys/merged"))).merge(parts, Optional.empty(), merged);
    files.clear();
    try (Stream<Path> all = Files.list(merged)) {
      for (Path file : all.toList()) {
        files.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    files.remove(StagedSet.ATTESTATION);
    upload();
    attest(built);
    refused("no pattern of that kind declares it");
    local = Plans.of(temp, "1.2.0", Plans.staging(List.of(), Plans.rule(Kind.SDK, "dist/lantern_{version}_*.tar.gz")));
    StageResult result = prove();
    assertThat(result.verdict()).as(text(result)).isEqualTo(Verdict.PASSED);
    assertThat(result.proof()).containsEntry("artifacts", "2");
  }

  @Test
  void theOneArtifactThatHoldsTheSetCanBeNamed() throws Exception {
    github.artifact(71, "test-results", zip(Map.of("results.xml", new byte[1])));
    refused("extra file 'results.xml'");
    from = with(from, Optional.of("release"));
    assertThat(prove().verdict()).isEqualTo(Verdict.PASSED);
    from = with(from, Optional.of("absent"));
    refused("it has no artifact named 'absent'");
  }

  @Test
  void aFileSwappedTogetherWithItsChecksumIsRefusedByTheAttestation() throws Exception {
    String crate = "lantern-1.2.0.crate";
    byte[] other = files.get(crate).clone();
    other[4] ^= 1; // the time stamp in the gzip header
    byte[] before = files.put(crate, other);
    files.put(Checksums.FILE, replaced(files.get(Checksums.FILE), Digests.sha256(before), Digests.sha256(other)));
    upload();
    refused("its bytes are not those of the release manifest");
    ReleaseManifest manifest = ReleaseManifest.parse(files.get(ReleaseManifest.FILE), temp);
    String old = manifest.artifacts().stream().filter(a -> a.file().equals(crate)).findFirst().orElseThrow().sha512();
    byte[] papers = replaced(files.get(ReleaseManifest.FILE), Digests.sha256(before), Digests.sha256(other));
    files.put(ReleaseManifest.FILE, replaced(papers, old, Digests.of(new java.io.ByteArrayInputStream(other)).sha512()));
    upload();
    refused(crate + "  no good attestation names its sha256", "release-manifest.json  no good attestation names its sha256");
  }

  @Test
  void aSetSwappedOnTheDiskAfterItWasProvenIsNotPublished() throws Exception {
    Receipt proven = new Receipt(StageName.PROVENANCE, Verdict.PASSED, BINDING, prove().proof());
    Files.writeString(temp.resolve("build-run/set/lantern-1.2.0.crate"), "x");
    assertThatThrownBy(() -> stages().provenSet(receipts(proven))).hasMessageContaining("its bytes are not those");
  }

  @Test
  void withoutAGoodAttestationNothingIsProven() throws Exception {
    github.attestations.clear();
    refused("GitHub has no attestation of the artifacts");
    byte[] sbom = sigstore.attest(built, subjects(), "https://spdx.dev/Document");
    subjects().values().forEach(sha256 -> github.attestations.put(sha256, List.of(sbom)));
    refused("'predicateType' is 'https://spdx.dev/Document'");
    subjects().values().forEach(sha256 -> github.attestations.put(sha256, List.of("{\"mediaType\": 7}".getBytes(StandardCharsets.UTF_8))));
    refused("cannot be verified");
    byte[] foreign = new LocalSigstore().attest(built, subjects());
    subjects().values().forEach(sha256 -> github.attestations.put(sha256, List.of(foreign)));
    refused("cannot be verified");
    attest(built);
    from = new ProvenancePlan(from.releaseTag(), from.buildRun(), from.directory(), Optional.empty(), from.workflow(), from.event(), from.artifact());
    refused("no trusted root is configured");
  }

  static Stream<BuildRun> othersThatSign() {
    String workflow = PlayedBuild.WORKFLOW;
    String repository = PlayedBuild.REPOSITORY;
    String ref = "refs/tags/" + TAG;
    return Stream.of(
        new BuildRun("fork/lantern", workflow, "push", 7, 1, "", ref),
        new BuildRun(repository, ".github/workflows/other.yml", "push", 7, 1, "", ref),
        new BuildRun(repository, workflow, "pull_request", 7, 1, "", ref),
        new BuildRun(repository, workflow, "push", 8, 1, "", ref),
        new BuildRun(repository, workflow, "push", 7, 2, "", ref),
        new BuildRun(repository, workflow, "push", 7, 1, OTHER, ref),
        new BuildRun(repository, workflow, "push", 7, 1, "", "refs/heads/" + TAG));
  }

  @ParameterizedTest
  @MethodSource("othersThatSign")
  void anAttestationThatAnotherRunSignedProvesNothing(BuildRun other) {
    String of = other.commit().isEmpty() ? commit : other.commit();
    attest(new BuildRun(other.repository(), other.workflow(), other.event(), other.runId(), other.attempt(), of, other.ref()));
    refused("no good attestation names its sha256");
  }

  @Test
  void aRunnerOfSomebodysOwnIsToldAsSuch() {
    sigstore.lying(11, Optional.of("self-hosted"));
    attest(built);
    refused("its certificate says runner environment 'self-hosted', expected 'github-hosted'");
  }

  @Test
  void aLogEntryOfATimeAtWhichTheCertificateWasNotGoodIsRefused() {
    sigstore.loggingLater(600);
    attest(built);
    refused("it was signed when its certificate was not valid");
    sigstore.loggingLater(0);
    attest(built);
    assertThat(prove().verdict()).isEqualTo(Verdict.PASSED);
  }

  @Test
  void aBundleThatLiesInTheSetCountsLikeOneThatGitHubKeeps() throws Exception {
    github.attestations.clear();
    files.put("build.sigstore.json", sigstore.attest(built, subjects()));
    upload();
    assertThat(prove().verdict()).isEqualTo(Verdict.PASSED);
  }

  @Test
  void aManifestOfAnotherRunIsRefused() throws Exception {
    rewrite("\"runId\" : 7", "\"runId\" : 8");
    refused("run id of the build run is '8', expected '7'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"total_count\": 1, \"total_count\": 1, \"workflow_runs\": []}",
        "{\"total_count\": 0, \"workflow_runs\": []} {}",
        "{\"total_count\": \"0\", \"workflow_runs\": []}",
        "{\"total_count\": 0, \"workflow_runs\": {}}",
        "{\"total_count\": 5, \"workflow_runs\": []}",
        "{}", "[]", "null", "", "{\"total_count\": 0, \"workflow"
      })
  void anAnswerThatIsNotWhatGitHubPromisesIsNoAnswer(String body) {
    github.instead.put("/actions/runs", Reply.json(200, body));
    refused("GitHub answered 200");
  }

  @Test
  void aNewlineInAValueIsNoAnswer() {
    github.runs.get(0).put("path", PlayedBuild.WORKFLOW + "\n");
    refused("a control character in 'path'");
  }

  @Test
  void aPageOfHtmlAndAnErrorAreNoAnswer() {
    Reply html = new Reply(200, Map.of("Content-Type", "text/html"), "<html>".getBytes(StandardCharsets.UTF_8));
    for (String where : List.of("/actions/runs", "/artifacts", "/git/ref/tags%2Fv1.2.0")) {
      github.instead.clear();
      github.instead.put(where, html);
      refused("text/html in place of JSON");
      // Later than anyone waits, so that it is not asked again.
      github.instead.put(where, Reply.json(500, "{}").with("Retry-After", "1000"));
      refused("GitHub answered 500");
      github.instead.put(where, Reply.json(429, "{}").with("Retry-After", "1000"));
      refused("GitHub answered 429");
    }
    github.instead.clear();
    String digest = subjects().values().iterator().next();
    for (Reply reply : List.of(html, Reply.json(500, "{}").with("Retry-After", "1000"), Reply.json(200, ""), Reply.json(200, "{}"))) {
      github.instead.put(digest, reply);
      refused("/attestations/", "GitHub answered " + reply.status());
    }
    github.instead.clear();
    Unpacker.delete(temp.resolve("build-run")); // else the zip file that is there is taken
    github.instead.put("/zip", html);
    refused("came with sha256");
    github.instead.put("/zip", Reply.json(500, "{}").with("Retry-After", "1000"));
    refused("GitHub answered 500");
  }

  @Test
  void withoutABuildWorkflowNothingIsLookedFor() {
    from = new ProvenancePlan(from.releaseTag(), from.buildRun(), from.directory(), from.trustedRoot(), Optional.empty(), from.event(), from.artifact());
    refused("<configuration><provenance><workflow>");
  }

  private void named(long run) {
    from = new ProvenancePlan(from.releaseTag(), OptionalLong.of(run), from.directory(), from.trustedRoot(), from.workflow(), from.event(), from.artifact());
  }

  private static ProvenancePlan with(ProvenancePlan plan, Optional<String> artifact) {
    return new ProvenancePlan(plan.releaseTag(), plan.buildRun(), plan.directory(), plan.trustedRoot(), plan.workflow(), plan.event(), artifact);
  }

  private void rewrite(String from, String to) throws IOException {
    byte[] manifest = files.get(ReleaseManifest.FILE);
    byte[] other = replaced(manifest, from, to);
    assertThat(other).isNotEqualTo(manifest);
    files.put(ReleaseManifest.FILE, other);
    upload();
    attest(built);
  }

  private static byte[] replaced(byte[] text, String from, String to) {
    return new String(text, StandardCharsets.UTF_8).replace(from, to).getBytes(StandardCharsets.UTF_8);
  }
}
