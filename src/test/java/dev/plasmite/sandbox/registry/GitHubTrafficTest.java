package dev.plasmite.sandbox.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.gate.Effect;
import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.Mode;
import dev.plasmite.github.GitHubBuilds;
import dev.plasmite.github.GitHubClient;
import dev.plasmite.github.GitHubIssues;
import dev.plasmite.github.GitHubFailure;
import dev.plasmite.github.Release;
import dev.plasmite.github.TagRef;
import dev.plasmite.sandbox.loopback.Accounts;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What our client asks, and what the stand-in answers, is what GitHub's own description of its API allows. */
@Timeout(1800)
class GitHubTrafficTest {

  private static final String REPO = "lantern-demo/lantern";
  private static final String SHA = "0123456789abcdef0123456789abcdef01234567";
  private static final String TAG_OBJECT = "fedcba9876543210fedcba9876543210fedcba98";
  private static final String DIGEST = "ab".repeat(32);

  private static GitHubDescription description;

  @TempDir Path temp;

  @BeforeAll
  static void load() throws Exception {
    description = GitHubDescription.load();
  }

  @Test
  void bothSidesOfAllThatTheTrainAsksAreAsGitHubDescribesThem() throws Exception {
    AtomicReference<String[]> own = new AtomicReference<>(new String[] {"", ""});
    try (GitHubStandIn github = GitHubStandIn.open(temp.resolve("state"), Accounts.of("good"));
        RecordingProxy web = new RecordingProxy(github.web(), text -> renamed(github, own.get(), text));
        RecordingProxy api = new RecordingProxy(github.base(), text -> renamed(github, own.get(), text))) {
      own.set(new String[] {api.uri().toString(), web.uri().toString()});
      long run = tell(github);
      GitHubClient client = new GitHubClient(api.uri(), Optional.of("good"), new EffectGate(Mode.SANDBOX));
      read(new GitHubBuilds(client), client, run);
      release(client);
      issues(client);

      List<RecordingProxy.Exchange> exchanges =
          Stream.concat(api.exchanges().stream(), web.exchanges().stream().filter(e -> e.path().startsWith("/api/uploads"))).toList();
      assertThat(exchanges.stream().map(e -> e.method() + " " + e.status() + " " + e.path().replaceAll("[0-9a-f]{40,}|/[0-9]+", "*")).distinct())
          .contains(
              "GET 200 /repos/lantern-demo/lantern/actions/runs",
              "GET 200 /repos/lantern-demo/lantern/actions/runs*",
              "GET 404 /repos/lantern-demo/lantern/actions/runs*",
              "GET 200 /repos/lantern-demo/lantern/actions/runs*/artifacts",
              "GET 302 /repos/lantern-demo/lantern/actions/artifacts*/zip",
              "GET 200 /repos/lantern-demo/lantern/attestations/sha256%3A*",
              "GET 200 /repos/lantern-demo/lantern/git/ref/tags%2Fv1.2.0",
              "GET 200 /repos/lantern-demo/lantern/git/tags/*",
              "POST 201 /repos/lantern-demo/lantern/issues",
              "GET 200 /repos/lantern-demo/lantern/issues",
              "PATCH 200 /repos/lantern-demo/lantern/issues*",
              "POST 201 /repos/lantern-demo/lantern/issues*/comments",
              "POST 201 /repos/lantern-demo/lantern/releases",
              "POST 201 /api/uploads/repos/lantern-demo/lantern/releases*/assets",
              "PATCH 200 /repos/lantern-demo/lantern/releases*",
              "DELETE 204 /repos/lantern-demo/lantern/releases/assets*");
      assertThat(exchanges.stream().flatMap(e -> description.differences(e).stream())).isEmpty();
    }
  }

  @Test
  void anAnswerOrARequestThatIsNotAsDescribedIsSeen() throws Exception {
    byte[] wrong = "{\"total_count\": \"1\", \"workflow_runs\": [{\"id\": 1}]}".getBytes(StandardCharsets.UTF_8);
    var json = java.util.Map.of("content-type", List.of("application/json; charset=utf-8"));
    assertThat(
            description.differences(
                new RecordingProxy.Exchange(
                    "GET", "/repos/a/b/actions/runs", java.util.Map.of("per_page", List.of("many")), java.util.Map.of(),
                    new byte[0], 200, json, wrong)))
        .anyMatch(difference -> difference.contains("validation.request.parameter.schema.type"))
        .anyMatch(difference -> difference.contains("total_count"))
        .anyMatch(difference -> difference.contains("head_branch"));
    byte[] release = "{\"tag\": \"v1\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(
            description.differences(
                new RecordingProxy.Exchange("POST", "/repos/a/b/releases", java.util.Map.of(), json, release, 418, json, "{}".getBytes(StandardCharsets.UTF_8))))
        .anyMatch(difference -> difference.contains("tag_name"))
        .anyMatch(difference -> difference.contains("418"));
  }

  private long tell(GitHubStandIn github) throws Exception {
    github.addRepository(REPO);
    github.addBranch(REPO, "main", SHA);
    github.addAnnotatedTag(REPO, "v1.2.0", TAG_OBJECT, SHA, "release");
    github.addRun(REPO, new GitHubStandIn.Run(".github/workflows/ci.yml", "push", "main", SHA, "in_progress", null, 1));
    long run = github.addRun(REPO, GitHubStandIn.Run.green(".github/workflows/build.yml", "push", "v1.2.0", SHA));
    github.addArtifact(REPO, run, "release", Files.writeString(temp.resolve("release.zip"), "zip"));
    github.addAttestation(REPO, List.of(DIGEST), "{\"mediaType\": \"m\", \"dsseEnvelope\": {}, \"verificationMaterial\": {}}".getBytes(StandardCharsets.UTF_8));
    return run;
  }

  private void read(GitHubBuilds builds, GitHubClient client, long run) {
    assertThat(builds.runsOn(REPO, "v1.2.0")).hasSize(1);
    assertThat(builds.runsOf(REPO, SHA)).hasSize(2);
    assertThat(builds.run(REPO, run)).isPresent();
    assertThat(builds.run(REPO, 1)).isEmpty();
    var artifact = builds.artifacts(REPO, run).get(0);
    assertThat(builds.download(REPO, artifact, temp.resolve("fetched.zip"))).isEqualTo(artifact.sha256());
    assertThat(builds.attestations(REPO, DIGEST)).hasSize(1);
    assertThat(builds.attestations(REPO, "cd".repeat(32))).isEmpty();
    assertThat(builds.peeled(REPO, "v1.2.0")).contains(new TagRef("v1.2.0", SHA, "commit"));
    assertThat(client.tagRef(REPO, "v9.0.0")).isEmpty();
  }

  private void release(GitHubClient client) throws Exception {
    Path file = Files.writeString(temp.resolve("lantern.tgz"), "tarball");
    Release draft = client.createDraft(REPO, new Release.Wanted("v1.2.0", SHA, "1.2.0", "notes", true, false), Effect.LOOPBACK);
    Release.Asset asset = client.uploadAsset(draft, "lantern.tgz", file, Effect.LOOPBACK);
    Release.Asset other = client.uploadAsset(draft, "other.tgz", file, Effect.LOOPBACK);
    assertThatThrownBy(() -> client.uploadAsset(draft, "lantern.tgz", file, Effect.LOOPBACK)).isInstanceOf(GitHubFailure.class);
    client.deleteAsset(REPO, other.id(), Effect.LOOPBACK);
    assertThat(client.releases(REPO)).hasSize(1);
    client.updateRelease(REPO, draft.id(), new Release.Wanted("v1.2.0", SHA, "1.2.0", "notes", false, false), Effect.LOOPBACK);
    client.downloadAsset(REPO, asset.id(), temp.resolve("fetched.tgz"));
  }

  private void issues(GitHubClient client) {
    GitHubIssues issues = new GitHubIssues(client);
    long number = issues.create(REPO, "v1.2.0: gate perf-gate does not pass", "body", "release-blocker", Effect.LOOPBACK).number();
    issues.create(REPO, "something else", "body", "bug", Effect.LOOPBACK);
    assertThat(issues.open(REPO, "release-blocker")).singleElement().satisfies(issue -> assertThat(issue.number()).isEqualTo(number));
    issues.update(REPO, number, "a newer body", Effect.LOOPBACK);
    issues.close(REPO, number, "Closed by Ada: mended", Effect.LOOPBACK);
    assertThat(issues.open(REPO, "release-blocker")).isEmpty();
  }

  private static String renamed(GitHubStandIn github, String[] own, String text) {
    URI api = github.base();
    return text.replace(api.toString(), own[0]).replace(github.web().toString(), own[1]);
  }
}
