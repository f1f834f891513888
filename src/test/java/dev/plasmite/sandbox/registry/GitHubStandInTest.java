package dev.plasmite.sandbox.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plasmite.artifact.Digests;
import dev.plasmite.json.StrictJson;
import dev.plasmite.sandbox.loopback.Accounts;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(1800)
class GitHubStandInTest {

  private static final String REPO = "lantern-demo/lantern";
  private static final String SHA = "0123456789abcdef0123456789abcdef01234567";
  private static final String OTHER = "fedcba9876543210fedcba9876543210fedcba98";
  private static final String[] TOKEN = {"Authorization", "Bearer good"};

  @TempDir Path directory;

  private GitHubStandIn github;

  @BeforeEach
  void open() {
    github = GitHubStandIn.open(directory.resolve("state"), Accounts.of("good").plus("other", "stranger"));
    github.addRepository(REPO);
  }

  @AfterEach
  void close() {
    github.close();
  }

  @Test
  void runsAreFoundByCommitEventAndBranchPageByPage() throws Exception {
    for (int i = 0; i < 5; i++) {
      github.addRun(REPO, new GitHubStandIn.Run(".github/workflows/ci.yml", "push", "main", SHA, "completed", "success", i + 1));
    }
    long release = github.addRun(REPO, GitHubStandIn.Run.green(".github/workflows/release.yml", "workflow_dispatch", "v0.1.0", SHA));
    github.addRun(REPO, GitHubStandIn.Run.green(".github/workflows/ci.yml", "push", "main", OTHER));

    JsonNode pushed = json(get("/repos/" + REPO + "/actions/runs?head_sha=" + SHA + "&event=push&branch=main&per_page=2"));
    assertThat(pushed.path("total_count").asInt()).isEqualTo(5);
    assertThat(pushed.path("workflow_runs")).hasSize(2);
    HttpResponse<String> second = get("/repos/" + REPO + "/actions/runs?head_sha=" + SHA + "&event=push&per_page=2&page=2");
    String link = second.headers().firstValue("Link").orElseThrow();
    assertThat(link).contains("page=3>; rel=\"next\"").contains("per_page=2");
    String next = link.substring(1, link.indexOf('>'));
    assertThat(json(Http.get(github.base(), next)).path("workflow_runs")).hasSize(1);

    JsonNode run = json(get("/repos/" + REPO + "/actions/runs/" + release));
    assertThat(run.path("path").asText()).isEqualTo(".github/workflows/release.yml");
    assertThat(run.path("head_sha").asText()).isEqualTo(SHA);
    assertThat(json(get("/repos/" + REPO + "/actions/workflows/release.yml/runs")).path("total_count").asInt()).isEqualTo(1);
  }

  @Test
  void aRunToldTwiceIsOneRun() throws Exception {
    long first = github.addRun(REPO, new GitHubStandIn.Run(".github/workflows/ci.yml", "push", "main", SHA, "in_progress", null, 1));
    long second = github.addRun(REPO, GitHubStandIn.Run.green(".github/workflows/ci.yml", "push", "main", SHA));
    assertThat(second).isEqualTo(first);
    assertThat(json(get("/repos/" + REPO + "/actions/runs/" + first)).path("conclusion").asText()).isEqualTo("success");
  }

  @Test
  void artifactsAreDownloadedThroughASignedLinkThatTakesNoToken() throws Exception {
    Path zip = Files.write(directory.resolve("dist.zip"), "zip bytes".getBytes(StandardCharsets.UTF_8));
    long run = github.addRun(REPO, GitHubStandIn.Run.green(".github/workflows/ci.yml", "push", "main", SHA));
    github.addArtifact(REPO, run, "dist", zip);
    JsonNode artifact = json(get("/repos/" + REPO + "/actions/runs/" + run + "/artifacts")).path("artifacts").path(0);
    assertThat(artifact.path("digest").asText()).isEqualTo("sha256:" + Digests.of(zip).sha256());
    String download = artifact.path("archive_download_url").asText();
    assertThat(Http.get(github.base(), download).statusCode()).isEqualTo(401);
    HttpResponse<String> redirect = Http.get(github.base(), download, TOKEN);
    assertThat(redirect.statusCode()).isEqualTo(302);
    String signed = redirect.headers().firstValue("Location").orElseThrow();
    assertThat(signed).startsWith(github.web().toString());
    assertThat(Http.get(github.web(), signed).body()).isEqualTo("zip bytes");
    assertThat(Http.get(github.web(), signed, TOKEN).statusCode()).isEqualTo(400);
    assertThat(Http.get(github.web(), signed.replace("sig=", "sig=0")).statusCode()).isEqualTo(403);
  }

  @Test
  void tagsArePeeledStepByStep() throws Exception {
    github.addTag(REPO, "v0.1.0", SHA);
    github.addAnnotatedTag(REPO, "v0.2.0", OTHER, SHA, "0.2.0");
    assertThat(json(get("/repos/" + REPO + "/git/ref/tags/v0.1.0")).at("/object/type").asText()).isEqualTo("commit");
    JsonNode annotated = json(get("/repos/" + REPO + "/git/ref/tags%2Fv0.2.0")).path("object");
    assertThat(annotated.path("type").asText()).isEqualTo("tag");
    assertThat(json(Http.get(github.base(), annotated.path("url").asText())).at("/object/sha").asText()).isEqualTo(SHA);
    assertThat(json(get("/repos/" + REPO + "/git/matching-refs/tags/v"))).hasSize(2);
    assertThat(get("/repos/" + REPO + "/git/ref/tags/v0.3.0").statusCode()).isEqualTo(404);
    byte[] again = ("{\"ref\":\"refs/tags/v0.1.0\",\"sha\":\"" + OTHER + "\"}").getBytes();
    assertThat(Http.send("POST", github.base(), "/repos/" + REPO + "/git/refs", again, TOKEN).body()).contains("Reference already exists");
  }

  @Test
  void aReleaseIsADraftThenPublishedWithItsAssets() throws Exception {
    github.addTag(REPO, "v0.1.0", SHA);
    JsonNode draft = create("v0.1.0", true);
    assertThat(draft.path("draft").asBoolean()).isTrue();
    assertThat(get("/repos/" + REPO + "/releases/tags/v0.1.0").statusCode()).isEqualTo(404);
    assertThat(json(Http.get(github.base(), "/repos/" + REPO + "/releases"))).isEmpty();
    assertThat(json(get("/repos/" + REPO + "/releases"))).hasSize(1);

    byte[] bytes = new byte[100_000];
    new Random(3).nextBytes(bytes);
    String upload = draft.path("upload_url").asText().replaceFirst("\\{.*", "") + "?name=lantern.tar.gz";
    assertThat(upload).startsWith(github.web().toString());
    JsonNode asset = json(Http.send("POST", github.web(), upload, bytes, TOKEN));
    assertThat(asset.path("digest").asText()).isEqualTo("sha256:" + Digests.sha256(bytes));
    HttpResponse<String> twice = Http.send("POST", github.web(), upload, bytes, TOKEN);
    assertThat(twice.statusCode()).isEqualTo(422);
    assertThat(twice.body()).contains("\"code\":\"already_exists\"");
    assertThat(Http.get(github.base(), asset.path("url").asText()).statusCode()).isEqualTo(404);

    restart();
    String release = "/repos/" + REPO + "/releases/" + draft.path("id").asText();
    JsonNode published = json(Http.send("PATCH", github.base(), release, "{\"draft\":false}".getBytes(), TOKEN));
    assertThat(published.path("published_at").asText()).isNotEmpty();
    JsonNode byTag = json(Http.get(github.base(), "/repos/" + REPO + "/releases/tags/v0.1.0"));
    JsonNode kept = byTag.path("assets").path(0);
    assertThat(kept.path("digest").asText()).isEqualTo("sha256:" + Digests.sha256(bytes));
    HttpResponse<String> hop = Http.get(github.web(), kept.path("browser_download_url").asText());
    assertThat(hop.statusCode()).isEqualTo(302);
    assertThat(Http.bytes(github.web(), hop.headers().firstValue("Location").orElseThrow()).body()).isEqualTo(bytes);
    HttpResponse<String> octets = Http.get(github.base(), kept.path("url").asText(), "Accept", "application/octet-stream");
    assertThat(octets.statusCode()).isEqualTo(302);
    assertThat(Http.bytes(github.web(), octets.headers().firstValue("Location").orElseThrow()).body()).isEqualTo(bytes);

    // A second draft of the tag may be made, but not published.
    JsonNode second = create("v0.1.0", true);
    HttpResponse<String> clash =
        Http.send("PATCH", github.base(), "/repos/" + REPO + "/releases/" + second.path("id").asText(), "{\"draft\":false}".getBytes(), TOKEN);
    assertThat(clash.statusCode()).isEqualTo(422);
    assertThat(clash.body()).contains("already_exists").contains("tag_name");

    assertThat(Http.send("DELETE", github.base(), "/repos/" + REPO + "/releases/assets/" + kept.path("id").asText(), new byte[0], TOKEN).statusCode()).isEqualTo(204);
    assertThat(json(get(release + "/assets"))).isEmpty();
  }

  @Test
  void publishingMakesAMissingTagOnlyWhereTheTargetIsKnown() throws Exception {
    HttpResponse<String> unknown =
        Http.send("POST", github.base(), "/repos/" + REPO + "/releases", "{\"tag_name\":\"v9\"}".getBytes(), TOKEN);
    assertThat(unknown.statusCode()).isEqualTo(422);
    github.addBranch(REPO, "main", SHA);
    assertThat(create("v9", false).path("draft").asBoolean()).isFalse();
    assertThat(json(get("/repos/" + REPO + "/git/ref/tags/v9")).at("/object/sha").asText()).isEqualTo(SHA);
  }

  @Test
  void anImmutableReleaseTakesNoMoreAssets() throws Exception {
    github.addRepository(REPO, java.util.List.of(Accounts.MAINTAINER), true);
    github.addTag(REPO, "v0.1.0", SHA);
    JsonNode release = create("v0.1.0", false);
    assertThat(release.path("immutable").asBoolean()).isTrue();
    String upload = release.path("upload_url").asText().replaceFirst("\\{.*", "") + "?name=late.txt";
    assertThat(Http.send("POST", github.web(), upload, new byte[] {1}, TOKEN).statusCode()).isEqualTo(422);
  }

  @Test
  void tokensDecide() throws Exception {
    assertThat(Http.get(github.base(), "/repos/" + REPO, "Authorization", "Bearer revoked").body()).contains("Bad credentials");
    assertThat(Http.get(github.base(), "/repos/" + REPO, "Authorization", "Bearer revoked").statusCode()).isEqualTo(401);
    byte[] body = "{\"tag_name\":\"v1\",\"draft\":true}".getBytes();
    assertThat(Http.send("POST", github.base(), "/repos/" + REPO + "/releases", body).statusCode()).isEqualTo(401);
    assertThat(Http.send("POST", github.base(), "/repos/" + REPO + "/releases", body, "Authorization", "token other").statusCode()).isEqualTo(403);
    assertThat(json(get("/user")).path("login").asText()).isEqualTo("maintainer");
    assertThat(json(get("/repos/" + REPO)).at("/permissions/push").asBoolean()).isTrue();
    assertThat(json(Http.get(github.base(), "/repos/" + REPO)).at("/permissions/push").asBoolean()).isFalse();
    assertThat(get("/repos/nobody/nothing").statusCode()).isEqualTo(404);
  }

  private JsonNode create(String tag, boolean draft) throws Exception {
    byte[] body = ("{\"tag_name\":\"" + tag + "\",\"name\":\"" + tag + "\",\"body\":\"notes\",\"draft\":" + draft + "}").getBytes();
    HttpResponse<String> created = Http.send("POST", github.base(), "/repos/" + REPO + "/releases", body, TOKEN);
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    return json(created);
  }

  private void restart() {
    URI before = github.base();
    github.close();
    github = GitHubStandIn.open(directory.resolve("state"), Accounts.of("good"));
    assertThat(github.base()).isNotEqualTo(before);
  }

  private HttpResponse<String> get(String target) throws Exception {
    return Http.get(github.base(), target, TOKEN);
  }

  private static JsonNode json(HttpResponse<String> response) throws Exception {
    return StrictJson.mapper().readTree(response.body());
  }
}
