package dev.plasmite.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.Mode;
import dev.plasmite.github.LoopbackGitHub.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Artifacts, attestations and tags against a server that behaves, misbehaves, and sends elsewhere. */
@Timeout(1800)
class GitHubBuildsTest {

  private static final String TOKEN = "ghp_0123456789secret";
  private static final String REPO = "lantern-demo/lantern";
  private static final byte[] ZIP = "the bytes of a zip file".getBytes(StandardCharsets.UTF_8);
  private static final RunArtifact ARTIFACT = new RunArtifact(5, "release", ZIP.length, "", false);

  @TempDir Path dir;

  private static GitHubBuilds builds(URI uri) {
    return new GitHubBuilds(
        new GitHubClient(
            uri, Optional.of(TOKEN), new EffectGate(Mode.REHEARSAL), Clock.systemUTC(), pause -> {}, Duration.ofMinutes(2)));
  }

  private static String artifact(long id) {
    return "{\"id\": " + id + ", \"name\": \"a" + id + "\", \"size_in_bytes\": 3, \"expired\": false, \"digest\": \"sha256:"
        + "ab".repeat(32) + "\"}";
  }

  @Test
  void artifactsOfAllPagesAreListedAlsoMoreThanAHundred() throws Exception {
    try (LoopbackGitHub server =
        new LoopbackGitHub(
            request -> {
              boolean second = request.query().contains("page=2");
              String list =
                  (second ? LongStream.rangeClosed(101, 130) : LongStream.rangeClosed(1, 100))
                      .mapToObj(GitHubBuildsTest::artifact).collect(Collectors.joining(","));
              Reply page = Reply.json(200, "{\"total_count\": 130, \"artifacts\": [" + list + "]}");
              return second ? page : page.with("Link", "<" + request.path() + "?per_page=100&page=2>; rel=\"next\"");
            })) {
      assertThat(builds(server.uri()).artifacts(REPO, 7)).hasSize(130).last().isEqualTo(new RunArtifact(130, "a130", 3, "ab".repeat(32), false));
      assertThat(server.requests()).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"total_count\": 2, \"artifacts\": []}",
        "{\"total_count\": 0}",
        "{\"total_count\": 0, \"artifacts\": [], \"artifacts\": []}",
        "{\"total_count\": 1, \"artifacts\": [{\"id\": \"5\"}]}",
        "{\"total_count\": 1, \"artifacts\": [{\"id\": 5, \"name\": \"a\\nb\", \"size_in_bytes\": 3, \"expired\": false}]}",
        "{\"total_count\": 1, \"artifacts\": [{\"id\": 5, \"name\": \"a\", \"size_in_bytes\": 3, \"expired\": \"no\"}]}",
        "{\"total_count\": 1, \"artifacts\": [{\"id\": 5, \"name\": \"a\", \"size_in_bytes\": 3, \"expired\": false, \"digest\": \"md5:0\"}]}"
      })
  void aListThatIsShortOrMalformedIsAFailure(String body) throws Exception {
    try (LoopbackGitHub server = new LoopbackGitHub(r -> Reply.json(200, body))) {
      assertThatThrownBy(() -> builds(server.uri()).artifacts(REPO, 7)).isInstanceOf(GitHubFailure.class).hasMessageContaining("GitHub answered 200, but");
    }
  }

  @Test
  void aDownloadIsFollowedWithoutTheTokenHashedAndItsOwnersAlone() throws Exception {
    try (LoopbackGitHub storage = new LoopbackGitHub(r -> new Reply(200, Map.of("Content-Type", "application/zip"), ZIP));
        LoopbackGitHub server = new LoopbackGitHub(r -> Reply.json(302, "").with("Location", storage.uri() + "/f?sig=1"))) {
      Path file = dir.resolve("a.zip");
      String sha256 = builds(server.uri()).download(REPO, ARTIFACT, file);
      assertThat(sha256).isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(ZIP)));
      assertThat(file).hasBinaryContent(ZIP);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
      assertThat(server.requests().get(0).path()).isEqualTo("/repos/lantern-demo/lantern/actions/artifacts/5/zip");
      assertThat(server.requests().get(0).header("Authorization")).isEqualTo("Bearer " + TOKEN);
      assertThat(storage.requests().get(0).header("Authorization")).isEmpty();
    }
  }

  @Test
  void theTokenDoesNotComeBackWithARedirectThatComesBack() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    URI[] home = new URI[1];
    try (LoopbackGitHub storage = new LoopbackGitHub(r -> Reply.json(307, "").with("Location", home[0] + "/again"));
        LoopbackGitHub server =
            new LoopbackGitHub(
                r ->
                    asked.getAndIncrement() == 0
                        ? Reply.json(302, "").with("Location", storage.uri() + "/f")
                        : new Reply(200, Map.of("Content-Type", "application/zip"), ZIP))) {
      home[0] = server.uri();
      builds(server.uri()).download(REPO, ARTIFACT, dir.resolve("a.zip"));
      assertThat(server.requests()).extracting(r -> r.header("Authorization")).containsExactly("Bearer " + TOKEN, "");
    }
  }

  @Test
  void redirectsToPlainHttpInALoopOrNowhereLeaveNoFile() throws Exception {
    for (String location : List.of("http://example.org/x", "file:///etc/passwd", "", "ht tp:", "/again")) {
      try (LoopbackGitHub server = new LoopbackGitHub(r -> Reply.json(302, "").with("Location", location))) {
        assertThatThrownBy(() -> builds(server.uri()).download(REPO, ARTIFACT, dir.resolve("a.zip")))
            .as(location).isInstanceOf(GitHubFailure.class);
        assertThat(dir).isEmptyDirectory();
        assertThat(server.requests()).hasSizeLessThanOrEqualTo(6).allMatch(r -> r.method().equals("GET"));
      }
    }
  }

  @Test
  void moreBytesThanGitHubSaidAreNotTaken() throws Exception {
    byte[] large = new byte[3 << 20];
    try (LoopbackGitHub server = new LoopbackGitHub(r -> new Reply(200, Map.of("Content-Type", "application/zip"), large))) {
      assertThatThrownBy(() -> builds(server.uri()).download(REPO, ARTIFACT, dir.resolve("a.zip"))).hasMessageContaining("larger than");
      assertThat(dir).isEmptyDirectory();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 100\r\n\r\nshort", "Transfer-Encoding: chunked\r\n\r\n64\r\nshort"})
  void aDownloadThatEndsEarlyIsAFailureAndLeavesNoFile(String rest) throws Exception {
    try (Cut server = new Cut("HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\n" + rest)) {
      assertThatThrownBy(() -> builds(server.uri()).download(REPO, ARTIFACT, dir.resolve("a.zip"))).isInstanceOf(GitHubFailure.class);
      assertThat(dir).isEmptyDirectory();
    }
  }

  @Test
  void aServerThatNeverAnswersIsGivenUp() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
      URI uri = URI.create("http://127.0.0.1:" + silent.getLocalPort());
      GitHubClient client =
          new GitHubClient(
              uri, Optional.empty(), new EffectGate(Mode.REHEARSAL), Clock.systemUTC(), pause -> {}, Duration.ofMillis(200));
      assertThatThrownBy(() -> new GitHubBuilds(client).artifacts(REPO, 7)).isInstanceOf(GitHubFailure.class).hasMessageContaining("no answer");
    }
  }

  @Test
  void aBusyServerIsAskedAgainAndItsHalfFileIsGone() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (LoopbackGitHub server =
        new LoopbackGitHub(
            r -> asked.getAndIncrement() < 2 ? Reply.json(503, "{}") : new Reply(200, Map.of("Content-Type", "application/zip"), ZIP))) {
      builds(server.uri()).download(REPO, ARTIFACT, dir.resolve("a.zip"));
      assertThat(dir.resolve("a.zip")).hasBinaryContent(ZIP);
      assertThat(server.requests()).hasSize(3);
    }
  }

  @Test
  void attestationsOfAllPagesAreReadAndNoneIsNoFailure() throws Exception {
    try (LoopbackGitHub server =
        new LoopbackGitHub(
            r -> {
              if (!r.path().contains("attestations")) {
                return Reply.json(200, "{}");
              }
              if (r.path().endsWith("0000")) {
                return Reply.json(404, "{\"message\": \"Not Found\"}");
              }
              Reply page = Reply.json(200, "{\"attestations\": [{\"bundle\": {\"mediaType\": \"m" + r.query().length() + "\"}}]}");
              return r.query().contains("after=") ? page : page.with("Link", "<" + r.path() + "?after=x>; rel=\"next\"");
            })) {
      assertThat(builds(server.uri()).attestations(REPO, "ab".repeat(32))).hasSize(2);
      assertThat(server.requests().get(0).path()).isEqualTo("/repos/lantern-demo/lantern/attestations/sha256%3A" + "ab".repeat(32));
      assertThat(server.requests().get(0).query()).contains("predicate_type=provenance");
      assertThat(builds(server.uri()).attestations(REPO, "0".repeat(64))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"attestations\": {}}", "{\"attestations\": [{}]}", "{\"attestations\": [{\"bundle\": null}]}", "{\"attestations\": [1]}"})
  void anAttestationWithoutItsBundleIsAFailure(String body) throws Exception {
    try (LoopbackGitHub server = new LoopbackGitHub(r -> Reply.json(200, body))) {
      assertThatThrownBy(() -> builds(server.uri()).attestations(REPO, "ab".repeat(32))).isInstanceOf(GitHubFailure.class);
    }
  }

  @Test
  void aRunOfAnotherRepositoryOrNoneIsNotThere() throws Exception {
    try (LoopbackGitHub server =
        new LoopbackGitHub(
            r -> r.path().endsWith("/actions/runs/7")
                ? Reply.json(200, LoopbackGitHub.run(7, ".github/workflows/b.yml", "push", "a".repeat(40), REPO, "completed", "success"))
                : r.path().endsWith(REPO) ? Reply.json(200, "{}") : Reply.json(404, "{}"))) {
      assertThat(builds(server.uri()).run(REPO, 7)).map(WorkflowRun::id).contains(7L);
      assertThat(builds(server.uri()).run(REPO, 8)).isEmpty();
      assertThatThrownBy(() -> builds(server.uri()).run("lantern-demo/hidden", 8)).hasMessageContaining("404");
    }
  }

  /** A server that says a part of an answer, and is gone. */
  private static final class Cut implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));

    Cut(String answer) throws IOException {
      Thread thread =
          new Thread(
              () -> {
                try {
                  while (true) {
                    try (Socket one = socket.accept()) {
                      one.getInputStream().read(new byte[8192]);
                      one.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                    }
                  }
                } catch (IOException e) {
                  // Closed: the test is over.
                }
              });
      thread.setDaemon(true);
      thread.start();
    }

    URI uri() {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
