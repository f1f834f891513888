package dev.plasmite.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plasmite.gate.Effect;
import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.Refusal;
import dev.plasmite.github.LoopbackGitHub.Reply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against a server that behaves, misbehaves, and moves things. */
class GitHubClientTest {

  private static final String TOKEN = "ghp_0123456789secret";
  private static final String REPO = "lantern-demo/lantern";
  private static final String SHA = "0123456789012345678901234567890123456789";
  private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC);
  private static final EffectGate SANDBOX = new EffectGate(Mode.SANDBOX);

  @TempDir Path dir;
  private final List<Duration> pauses = new ArrayList<>();

  @Test
  void readsRunsOfAllPages() throws Exception {
    try (LoopbackGitHub server =
        new LoopbackGitHub(
            request -> {
              boolean second = request.query().contains("page=2");
              String run = run(second ? 2 : 1);
              Reply page = Reply.json(200, "{\"total_count\": 2, \"workflow_runs\": [" + run + "]}");
              return second
                  ? page
                  : page.with(
                      "Link",
                      "<http://" + request.header("Host") + request.path() + "?page=0>; rel=\"prev\", <http://"
                          + request.header("Host") + request.path() + "?page=2>; rel=\"next\"");
            })) {
      assertThat(client(server).runs(REPO, SHA)).extracting(WorkflowRun::id).containsExactly(1L, 2L);
      assertThat(server.requests().get(0).path()).isEqualTo("/repos/lantern-demo/lantern/actions/runs");
      assertThat(server.requests().get(0).query()).contains("head_sha=" + SHA);
      assertThat(server.requests().get(0).header("Authorization")).isEqualTo("Bearer " + TOKEN);
    }
  }

  @Test
  void aShortListIsAFailure() throws Exception {
    try (LoopbackGitHub server =
        new LoopbackGitHub(r -> Reply.json(200, "{\"total_count\": 3, \"workflow_runs\": [" + run(1) + "]}"))) {
      assertThatThrownBy(() -> client(server).runs(REPO, SHA)).hasMessageContaining("1 of 3 runs");
    }
  }

  @Test
  void pagesThatLeadInACircleOrAwayAreAFailure() throws Exception {
    for (String next : List.of("/repos/lantern-demo/lantern/releases?per_page=100", "https://example.org/x")) {
      try (LoopbackGitHub server =
          new LoopbackGitHub(r -> Reply.json(200, "[]").with("Link", "<" + next + ">; rel=\"next\""))) {
        assertThatThrownBy(() -> client(server).releases(REPO)).hasMessageContaining("next page");
        assertThat(server.requests()).hasSize(1);
      }
    }
  }

  @Test
  void whoCannotBeReachedIsNamed() throws Exception {
    URI gone;
    try (LoopbackGitHub server = new LoopbackGitHub(r -> Reply.json(200, "[]"))) {
      gone = server.uri();
    }
    GitHubClient client = new GitHubClient(gone, Optional.empty(), SANDBOX);
    assertThatThrownBy(() -> client.runs(REPO, SHA)).hasMessageContaining("cannot connect to 127.0.0.1:" + gone.getPort());
  }

  @ParameterizedTest
  @CsvSource({
    "401, not valid",
    "403, lacks the permission",
    "404, may not see it",
    "409, answered 409",
    "422, answered 422"
  })
  void aRefusalIsToldOnceAndWithoutTheToken(int status, String advice) throws Exception {
    try (LoopbackGitHub server =
        new LoopbackGitHub(r -> Reply.json(status, "{\"message\": \"no, " + TOKEN + "\\n\", \"errors\": []}"))) {
      GitHubFailure failure =
          catchThrowableOfType(GitHubFailure.class, () -> client(server).runs(REPO, SHA));
      assertThat(failure.status()).isEqualTo(status);
      assertThat(failure)
          .hasMessageContaining("GET /repos/lantern-demo/lantern/actions/runs")
          .hasMessageContaining(advice)
          .hasMessageNotContaining(TOKEN);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503, 504})
  void aReadIsSentAgainWhenGitHubIsBusyOrBroken(int status) throws Exception {
    AtomicInteger count = new AtomicInteger();
    try (LoopbackGitHub server =
        new LoopbackGitHub(
            r ->
                count.getAndIncrement() < 2
                    ? new Reply(status, Map.of("Content-Type", "text/html"), "<html>oops".getBytes(StandardCharsets.UTF_8))
                    : Reply.json(200, LoopbackGitHub.runs()))) {
      assertThat(client(server).runs(REPO, SHA)).isEmpty();
      assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }
  }

  @Test
  void aReadIsGivenUpAfterAFewTimes() throws Exception {
    try (LoopbackGitHub server = new LoopbackGitHub(r -> Reply.json(500, "{}"))) {
      assertThatThrownBy(() -> client(server).runs(REPO, SHA)).hasMessageContaining("answered 500");
      assertThat(server.requests()).hasSize(4);
    }
  }

  @Test
  void waitsAsLongAsItIsAskedToAndNotForHours() throws Exception {
    AtomicInteger count = new AtomicInteger();
    List<Reply> replies =
        List.of(
            Reply.json(429, "{}").with("Retry-After", "7"),
            Reply.json(429, "{}").with("Retry-After", "Sun, 22 Nov 2026 10:00:09 GMT"),
            Reply.json(403, "{}").with("X-RateLimit-Remaining", "0").with("X-RateLimit-Reset", Long.toString(CLOCK.instant().getEpochSecond() + 11)),
            Reply.json(200, LoopbackGitHub.runs()));
    try (LoopbackGitHub server = new LoopbackGitHub(r -> replies.get(count.getAndIncrement()))) {
      assertThat(client(server).runs(REPO, SHA)).isEmpty();
      assertThat(pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(9), Duration.ofSeconds(11));
    }
    try (LoopbackGitHub server = new LoopbackGitHub(r -> Reply.json(429, "{}").with("Retry-After", "3600"))) {
      assertThatThrownBy(() -> client(server).runs(REPO, SHA)).hasMessageContaining("try again in 3600 s");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{}",
        "{\"total_count\": 0}",
        "{\"total_count\": \"0\", \"workflow_runs\": []}",
        "{\"total_count\": 0, \"workflow_runs\": {}}",
        "{\"total_count\": 0, \"workflow_runs\": []} x",
        "{\"total_count\": 0, \"total_count\": 0, \"workflow_runs\": []}",
        "{\"total_count\": 1, \"workflow_runs\": [{\"id\": 1}]}",
        "{\"total_count\": 1, \"workflow_runs\": [null]}"
      })
  void anAnswerThatIsNotWhatItShouldBeIsAFailure(String body) throws Exception {
    try (LoopbackGitHub server = new LoopbackGitHub(r -> Reply.json(200, body))) {
      assertThatThrownBy(() -> client(server).runs(REPO, SHA))
          .isInstanceOf(GitHubFailure.class)
          .hasMessageContaining("GitHub answered 200, but");
    }
  }

  @Test
  void aPageForPeopleIsAFailure() throws Exception {
    try (LoopbackGitHub server =
        new LoopbackGitHub(
            r -> new Reply(200, Map.of("Content-Type", "text/html"), "<html>sign in".getBytes(StandardCharsets.UTF_8)))) {
      assertThatThrownBy(() -> client(server).runs(REPO, SHA)).hasMessageContaining("with text/html in place of JSON");
    }
  }

  @Test
  void aTagThatIsNotThereIsToldFromARepositoryThatCannotBeSeen() throws Exception {
    try (LoopbackGitHub server =
        new LoopbackGitHub(
            r -> {
              if (r.path().equals("/repos/lantern-demo/lantern/git/ref/tags%2Fv1.0.0")) {
                return Reply.json(
                    200, "{\"ref\": \"refs/tags/v1.0.0\", \"object\": {\"type\": \"tag\", \"sha\": \"" + SHA + "\"}}");
              }
              return r.path().equals("/repos/lantern-demo/lantern")
                  ? Reply.json(200, "{\"id\": 1}")
                  : Reply.json(404, "{\"message\": \"Not Found\"}");
            })) {
      assertThat(client(server).tagRef(REPO, "v1.0.0")).contains(new TagRef("v1.0.0", SHA, "tag"));
      assertThat(client(server).tagRef(REPO, "v9.0.0")).isEmpty();
      assertThatThrownBy(() -> client(server).tagRef("lantern-demo/hidden", "v1.0.0")).hasMessageContaining("404");
    }
  }

  @Test
  void theTokenIsNotHandedToAnotherHost() throws Exception {
    try (LoopbackGitHub storage =
            new LoopbackGitHub(r -> new Reply(200, Map.of(), "bytes".getBytes(StandardCharsets.UTF_8)));
        LoopbackGitHub server =
            new LoopbackGitHub(r -> Reply.json(302, "{}").with("Location", storage.uri() + "/file?signed=1"))) {
      Path file = dir.resolve("asset");
      client(server).downloadAsset(REPO, 5, file);
      assertThat(file).hasContent("bytes");
      assertThat(server.requests().get(0).header("Authorization")).contains(TOKEN);
      assertThat(storage.requests().get(0).header("Authorization")).isEmpty();
      assertThat(dir.resolve("asset.part")).doesNotExist();
    }
  }

  @Test
  void aRedirectOutOfTheSandboxOrToPlainHttpIsNotFollowed() throws Exception {
    try (LoopbackGitHub server =
        new LoopbackGitHub(r -> Reply.json(302, "{}").with("Location", "https://example.org/x"))) {
      assertThatThrownBy(() -> client(server).runs(REPO, SHA)).isInstanceOf(Refusal.class).hasMessageContaining("mode sandbox");
    }
    for (String location : List.of("http://example.org/x", "file:///etc/passwd", "https://user@example.org/", "", "ht tp:")) {
      try (LoopbackGitHub server = new LoopbackGitHub(r -> Reply.json(302, "{}").with("Location", location))) {
        assertThatThrownBy(() -> client(server).runs(REPO, SHA)).as(location).isInstanceOf(GitHubFailure.class);
      }
    }
  }

  @Test
  void redirectsWithoutEndAreAFailure() throws Exception {
    try (LoopbackGitHub server =
        new LoopbackGitHub(r -> Reply.json(302, "{}").with("Location", r.path() + "?again"))) {
      assertThatThrownBy(() -> client(server).runs(REPO, SHA)).hasMessageContaining("redirects");
      assertThat(server.requests()).hasSize(6);
    }
  }

  @Test
  void aBrokenDownloadLeavesNoFile() throws Exception {
    try (LoopbackGitHub server = new LoopbackGitHub(r -> Reply.json(404, "{}"))) {
      assertThatThrownBy(() -> client(server).downloadAsset(REPO, 5, dir.resolve("asset"))).hasMessageContaining("404");
      assertThat(dir).isEmptyDirectory();
    }
  }

  @Test
  void aServerThatNeverAnswersIsGivenUp() throws Exception {
    try (LoopbackGitHub server =
        new LoopbackGitHub(
            r -> {
              try {
                Thread.sleep(300_000); // interrupted when the server is closed
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return Reply.json(200, "{}");
            })) {
      GitHubClient client =
          new GitHubClient(
              server.uri(), Optional.of(TOKEN), SANDBOX, CLOCK, d -> { throw new InterruptedException(); }, Duration.ofMillis(200));
      assertThatThrownBy(() -> client.runs(REPO, SHA)).isInstanceOf(GitHubFailure.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void makesADraftUploadsChangesAndDeletes() throws Exception {
    Path file = Files.writeString(dir.resolve("lantern 1.0.tar.gz"), "tarball");
    try (LoopbackGitHub server =
        new LoopbackGitHub(
            r ->
                switch (r.method()) {
                  case "DELETE" -> new Reply(204, Map.of(), new byte[0]);
                  case "POST" ->
                      r.path().endsWith("/assets")
                          ? Reply.json(201, asset())
                          : Reply.json(201, release(r.header("Host"), true));
                  case "PATCH" -> Reply.json(200, release(r.header("Host"), false));
                  default -> Reply.json(200, "[" + release(r.header("Host"), true) + "]");
                })) {
      GitHubClient client = client(server);
      Release draft =
          client.createDraft(REPO, new Release.Wanted("v1.0.0", SHA, "1.0.0", "notes", true, false), Effect.LOOPBACK);
      assertThat(draft.draft()).isTrue();
      Release.Asset asset = client.uploadAsset(draft, "lantern 1.0.tar.gz", file, Effect.LOOPBACK);
      assertThat(asset.sha256()).hasSize(64);
      assertThat(client.releases(REPO)).containsExactly(draft);
      assertThat(
              client
                  .updateRelease(REPO, 1, new Release.Wanted("v1.0.0", SHA, "1.0.0", "notes", false, false), Effect.LOOPBACK)
                  .draft())
          .isFalse();
      client.deleteAsset(REPO, 7, Effect.LOOPBACK);
      var upload = server.requests().get(1);
      assertThat(upload.query()).isEqualTo("name=lantern%201.0.tar.gz");
      assertThat(upload.header("Content-Length")).isEqualTo("7");
      assertThat(new String(upload.body(), StandardCharsets.UTF_8)).isEqualTo("tarball");
      assertThat(new String(server.requests().get(0).body(), StandardCharsets.UTF_8))
          .contains("\"draft\":true")
          .contains("\"target_commitish\":\"" + SHA + "\"")
          .doesNotContain("make_latest");
      assertThat(server.requests()).filteredOn(r -> r.method().equals("PATCH")).singleElement().satisfies(
          published -> assertThat(new String(published.body(), StandardCharsets.UTF_8)).contains("\"draft\":false", "\"make_latest\":\"legacy\""));
    }
  }

  @Test
  void aChangeIsSentOnceEvenWhenGitHubIsBroken() throws Exception {
    try (LoopbackGitHub server = new LoopbackGitHub(r -> Reply.json(502, "{}"))) {
      assertThatThrownBy(
              () -> client(server).createDraft(REPO, new Release.Wanted("v1.0.0", SHA, "n", "b", true, false), Effect.LOOPBACK))
          .hasMessageContaining("answered 502");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void anAssetThatIsThereAlreadyIsToldByItsCode() throws Exception {
    try (LoopbackGitHub server =
        new LoopbackGitHub(
            r -> Reply.json(422, "{\"message\": \"Validation Failed\", \"errors\": [{\"code\": \"already_exists\"}]}"))) {
      Release release =
          new Release(1, "v1.0.0", SHA, "", "", true, false, server.uri() + "/upload", "u", List.of());
      Path file = Files.writeString(dir.resolve("a"), "x");
      GitHubFailure failure =
          catchThrowableOfType(
              GitHubFailure.class, () -> client(server).uploadAsset(release, "a", file, Effect.LOOPBACK));
      assertThat(failure.codes()).containsExactly("already_exists");
    }
  }

  @Test
  void anUploadAddressOnAnotherHostGetsNothing() throws Exception {
    try (LoopbackGitHub server = new LoopbackGitHub(r -> Reply.json(500, "{}"))) {
      Path file = Files.writeString(dir.resolve("a"), "x");
      Release release =
          new Release(1, "v1.0.0", SHA, "", "", true, false, "https://example.org/upload", "u", List.of());
      assertThatThrownBy(() -> client(server).uploadAsset(release, "a", file, Effect.LOOPBACK))
          .hasMessageContaining("on another host: example.org");
    }
    assertThat(Hosts.uploadHost(URI.create("https://api.github.example/"), URI.create("https://uploads.github.example/x"))).isTrue();
    assertThat(Hosts.uploadHost(URI.create("https://api.github.example/"), URI.create("http://uploads.github.example/x"))).isFalse();
  }

  @Test
  void noModeButLiveSendsAChangeOutside() {
    for (Mode mode : List.of(Mode.SANDBOX, Mode.REHEARSAL)) {
      for (Effect effect : Effect.values()) {
        GitHubClient outside =
            new GitHubClient(URI.create("https://api.github.example"), Optional.of(TOKEN), new EffectGate(mode));
        assertThatThrownBy(() -> outside.deleteAsset(REPO, 1, effect))
            .as(mode + " " + effect)
            .isInstanceOf(Refusal.class)
            .hasMessageContaining("mode " + mode.id());
      }
    }
    GitHubClient outside =
        new GitHubClient(URI.create("https://api.github.example"), Optional.empty(), SANDBOX);
    assertThatThrownBy(() -> outside.runs(REPO, SHA)).isInstanceOf(Refusal.class);
  }

  @Test
  void plainHttpIsForTheLoopbackInterfaceOnly() {
    assertThatThrownBy(() -> new GitHubClient(URI.create("http://example.org"), Optional.empty(), SANDBOX))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("GITHUB_API_URL");
  }

  @Test
  void aNameThatIsNoRepositoryIsRefused() throws Exception {
    try (LoopbackGitHub server = new LoopbackGitHub(r -> Reply.json(200, "{}"))) {
      for (String name : List.of("", "a", "a/b/c", "../x", "a/..", "a/.", "./a", "a/b?x", "a/b#", "a b/c")) {
        assertThatThrownBy(() -> client(server).releases(name)).as(name).isInstanceOf(Refusal.class);
      }
      assertThat(server.requests()).isEmpty();
    }
  }

  private GitHubClient client(LoopbackGitHub server) {
    return new GitHubClient(server.uri(), Optional.of(TOKEN), SANDBOX, CLOCK, pauses::add, Duration.ofMinutes(2));
  }

  private static String run(long id) {
    return LoopbackGitHub.run(id, ".github/workflows/ci.yml", "push", SHA, REPO, "completed", "success");
  }

  private static String asset() {
    return "{\"id\": 7, \"name\": \"lantern.1.0.tar.gz\", \"state\": \"uploaded\", \"size\": 7, \"digest\": \"sha256:"
        + "ab".repeat(32) + "\", \"browser_download_url\": \"https://github.example/f\"}";
  }

  private static String release(String host, boolean draft) {
    return "{\"id\": 1, \"tag_name\": \"v1.0.0\", \"target_commitish\": \"" + SHA + "\", \"name\": null, \"body\": \"notes\","
        + " \"draft\": " + draft + ", \"prerelease\": false, \"upload_url\": \"http://" + host
        + "/repos/lantern-demo/lantern/releases/1/assets{?name,label}\", \"html_url\": \"https://github.example/r\","
        + " \"assets\": [" + asset() + "]}";
  }
}
