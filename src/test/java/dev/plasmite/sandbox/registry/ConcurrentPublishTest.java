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
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Of many who publish one version at once with different bytes, exactly one does, and its bytes are what is served. */
@Timeout(1800)
class ConcurrentPublishTest {

  private static final int MANY = 12;
  private static final Accounts ACCOUNTS = Accounts.of("good");

  @TempDir Path directory;

  private interface Sending {
    HttpResponse<String> send(int index) throws Exception;
  }

  @Test
  void crates() throws Exception {
    List<byte[]> tarballs = payloads().stream()
        .map(payload -> Uploads.tarball("lantern-0.1.0/", "[package]\nname = \"lantern\"\nversion = \"0.1.0\"\n", payload)).toList();
    try (CratesRegistry registry = CratesRegistry.open(directory.resolve("state"), ACCOUNTS)) {
      int winner = winner(200, i -> Http.send("PUT", registry.base(), "/api/v1/crates/new",
          Uploads.crate(Uploads.metadata("lantern", "0.1.0"), tarballs.get(i)), "Authorization", "good"));
      String index = Http.get(registry.base(), "/index/la/nt/lantern").body();
      assertThat(index.lines()).hasSize(1);
      assertThat(index).contains(Digests.sha256(tarballs.get(winner)));
      assertThat(Http.bytes(registry.base(), "/crates/lantern/lantern-0.1.0.crate").body()).isEqualTo(tarballs.get(winner));
    }
  }

  @Test
  void npm() throws Exception {
    List<byte[]> tarballs = payloads();
    try (NpmRegistry registry = NpmRegistry.open(directory.resolve("state"), ACCOUNTS)) {
      int winner = winner(201, i -> Http.send("PUT", registry.base(), "/lantern",
          NpmRegistryTest.document("lantern", "0.1.0", tarballs.get(i)), "Authorization", "Bearer good"));
      assertThat(Http.bytes(registry.base(), "/lantern/-/lantern-0.1.0.tgz").body()).isEqualTo(tarballs.get(winner));
      JsonNode dist = json(Http.get(registry.base(), "/lantern/0.1.0")).path("dist");
      assertThat(dist.path("integrity").asText()).isEqualTo("sha512-" + Base64.getEncoder().encodeToString(
          HexFormat.of().parseHex(Digests.of(new java.io.ByteArrayInputStream(tarballs.get(winner))).sha512())));
    }
  }

  @Test
  void pypi() throws Exception {
    List<byte[]> wheels = new ArrayList<>();
    for (byte[] payload : payloads()) {
      wheels.add(Files.readAllBytes(Distributions.wheel(directory, "lantern", "0.1.0", payload)));
    }
    String basic = "Basic " + Base64.getEncoder().encodeToString("__token__:good".getBytes(StandardCharsets.UTF_8));
    String file = "lantern-0.1.0-py3-none-any.whl";
    try (PyPiRegistry registry = PyPiRegistry.open(directory.resolve("state"), ACCOUNTS)) {
      int winner = winner(200, i -> Http.send("POST", registry.base(), "/legacy/",
          Uploads.form("lantern", "0.1.0", file, wheels.get(i), Digests.sha256(wheels.get(i))),
          "Authorization", basic, "Content-Type", Uploads.FORM));
      assertThat(Http.bytes(registry.base(), "/files/lantern/" + file).body()).isEqualTo(wheels.get(winner));
    }
  }

  @Test
  void releaseAssetsAndReleases() throws Exception {
    List<byte[]> assets = payloads();
    String[] token = {"Authorization", "Bearer good"};
    try (GitHubStandIn github = GitHubStandIn.open(directory.resolve("state"), ACCOUNTS)) {
      github.addRepository("lantern-demo/lantern");
      github.addTag("lantern-demo/lantern", "v1", "0".repeat(40));
      URI base = github.base();
      byte[] draft = "{\"tag_name\":\"v1\",\"draft\":true}".getBytes(StandardCharsets.UTF_8);
      List<JsonNode> drafts = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        drafts.add(json(Http.send("POST", base, "/repos/lantern-demo/lantern/releases", draft, token)));
      }
      String upload = drafts.get(0).path("upload_url").asText().replaceFirst("\\{.*", "") + "?name=lantern.tar.gz";
      int winner = winner(201, i -> Http.send("POST", github.web(), upload, assets.get(i), token));
      JsonNode kept = json(Http.get(base, drafts.get(0).path("assets_url").asText(), token));
      assertThat(kept).hasSize(1);
      assertThat(kept.path(0).path("digest").asText()).isEqualTo("sha256:" + Digests.sha256(assets.get(winner)));

      byte[] publish = "{\"draft\":false}".getBytes(StandardCharsets.UTF_8);
      int published = winner(200, i -> Http.send("PATCH", base, drafts.get(i).path("url").asText(), publish, token));
      assertThat(json(Http.get(base, "/repos/lantern-demo/lantern/releases/tags/v1")).path("id"))
          .isEqualTo(drafts.get(published).path("id"));
    }
  }

  /** Sends all at once, and says which one got the good status; all others must have been refused. */
  private static int winner(int good, Sending sending) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(MANY);
    try {
      List<Callable<Integer>> all =
          IntStream.range(0, MANY).<Callable<Integer>>mapToObj(i -> () -> sending.send(i).statusCode()).toList();
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> sent : pool.invokeAll(all)) {
        statuses.add(sent.get());
      }
      assertThat(statuses).filteredOn(status -> status == good).hasSize(1);
      assertThat(statuses).filteredOn(status -> status != good).allMatch(status -> status >= 400 && status < 500);
      return statuses.indexOf(good);
    } finally {
      pool.shutdownNow();
    }
  }

  private static List<byte[]> payloads() {
    return IntStream.range(0, MANY).mapToObj(i -> ("payload " + i + " ".repeat(i * 1000)).getBytes(StandardCharsets.UTF_8)).toList();
  }

  private static JsonNode json(HttpResponse<String> response) throws Exception {
    return StrictJson.mapper().readTree(response.body());
  }
}
