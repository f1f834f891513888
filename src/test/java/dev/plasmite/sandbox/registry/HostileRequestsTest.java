package dev.plasmite.sandbox.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.artifact.Digests;
import dev.plasmite.sandbox.loopback.Accounts;
import dev.plasmite.sandbox.loopback.Logged;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nothing odd that is sent makes a stand-in fail, show its inside, or write anywhere. */
@Timeout(1800)
class HostileRequestsTest {

  private static final Accounts ACCOUNTS = Accounts.of("good");
  private static final byte[] NONE = {};
  private static final List<String> ODD_PATHS =
      List.of(
          "/", "//", "/..", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc%2fpasswd", "/%00", "/a%00b",
          "/%ff%fe", "/.unfinished", "/.unfinished/1", "/CON", "/a%5c..%5cb", "/@", "/@/", "/@a", "/@../x", "/@a%2f..%2fb",
          "/@a/..", "/%20", "/a%0d%0ab", "/-/", "/-/package/", "/-/package/..%2fx/dist-tags", "/" + "a".repeat(5000),
          "/lantern/-/../../x", "/lantern/-/..%2f..%2fx.tgz", "/index/", "/index/..", "/index/../../x", "/index/se/rd/..%2fx",
          "/index/config.json/x", "/crates/..%2f..%2fx/..-1.crate", "/crates/a/a-..%2f..%2fb.crate", "/api/v1/crates/..%2fx",
          "/api/v1/crates/%2e%2e/1.0.0/download", "/api/v1/", "/api/v1/crates/new", "/simple/..", "/simple/../x/",
          "/simple/%2e%2e%2f/", "/simple//", "/simple/a/b/c", "/files/..%2fx/y", "/files/a/..%2f..%2fy", "/pypi/json",
          "/pypi/..%2fx/json", "/repos/../..", "/repos/a/..", "/repos/..%2fx/y", "/repos/%2e%2e/%2e%2e/releases",
          "/repos/a/b/releases/../../x", "/signed/assets/a/b/1", "/signed/..%2f/a/b/1?se=1&sig=x",
          "/a/b/releases/download/..%2f/x", "/api/uploads/repos/a/..%2f/releases/1/assets?name=..%2fx", "/user/..%2f");

  @TempDir Path directory;

  @Test
  void oddPathsAreRefusedByAllOfThem() throws Exception {
    try (CratesRegistry crates = CratesRegistry.open(directory.resolve("crates"), ACCOUNTS);
        NpmRegistry npm = NpmRegistry.open(directory.resolve("npm"), ACCOUNTS);
        PyPiRegistry pypi = PyPiRegistry.open(directory.resolve("pypi"), ACCOUNTS);
        GitHubStandIn github = GitHubStandIn.open(directory.resolve("github"), ACCOUNTS)) {
      List<String> before = files();
      for (URI base : List.of(crates.base(), npm.base(), pypi.base(), github.base(), github.web())) {
        for (String path : ODD_PATHS) {
          for (String method : List.of("GET", "PUT", "POST", "DELETE", "PATCH")) {
            String header = method + " " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer good\r\nConnection: close\r\n";
            String answer = raw(base, header + (method.equals("GET") ? "\r\n" : "Content-Length: 2\r\n\r\n{}"));
            assertThat(answer).as(base + " " + method + " " + path).matches("(?s)HTTP/1.1 (301|4\\d\\d) .*")
                .doesNotContain("java.").doesNotContain("\tat ").doesNotContain(directory.toString());
          }
        }
      }
      assertThat(files()).isEqualTo(before);
      for (List<Logged> log : List.of(crates.requests(), npm.requests(), pypi.requests(), github.requests())) {
        assertThat(log).allMatch(entry -> entry.failure().isEmpty());
      }
    }
  }

  @Test
  void hugeHeadersAndBrokenRequestLinesDoNotHurt() throws Exception {
    try (NpmRegistry npm = NpmRegistry.open(directory.resolve("npm"), ACCOUNTS)) {
      // Large ones are taken or refused, as the JDK's server has its limits.
      for (String headers : List.of("X: " + "a".repeat(1 << 20) + "\r\n", "X: a\r\n".repeat(5000))) {
        assertThat(raw(npm.base(), "GET /-/ping HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n"))
            .doesNotContain("HTTP/1.1 5").doesNotContain("java.");
      }
      for (String request :
          List.of(
              "GET /\u0001 HTTP/1.1\r\n\r\n", "GARBAGE\r\n\r\n", "GET\r\n\r\n", "\r\n\r\n", "GET /a b c HTTP/1.1\r\n\r\n",
              "PUT /x HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
              "PUT /x HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n",
              "PUT /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")) {
        assertThat(raw(npm.base(), request)).doesNotContain("HTTP/1.1 2").doesNotContain("java.").doesNotContain("\tat ");
      }
      assertThat(Http.get(npm.base(), "/-/ping").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void brokenCratesAreRefusedAndLeaveNothing() throws Exception {
    byte[] good = Uploads.crate("lantern", "0.1.0", new byte[] {'/', '/'});
    byte[] tooLong = Arrays.copyOf(good, good.length + 1);
    byte[] hugeJson = good.clone();
    Arrays.fill(hugeJson, 0, 4, (byte) 0xff);
    String meta = Uploads.metadata("lantern", "0.1.0");
    byte[] tar = Uploads.tarball("lantern-0.1.0/", "[package]\nname = \"lantern\"\nversion = \"0.1.0\"\n", NONE);
    try (CratesRegistry registry = CratesRegistry.open(directory.resolve("crates"), ACCOUNTS)) {
      for (byte[] body :
          List.of(
              NONE, new byte[3], new byte[8], Arrays.copyOf(good, 20), Arrays.copyOf(good, good.length - 1), tooLong, hugeJson,
              Uploads.crate("", tar), Uploads.crate("{", tar), Uploads.crate("[]", tar), Uploads.crate("{\"name\":1}", tar),
              Uploads.crate(meta + meta, tar), Uploads.crate(meta.replace("\"vers\"", "\"name\":\"x\",\"vers\""), tar),
              Uploads.crate("[".repeat(100_000), tar),
              Uploads.crate(Uploads.metadata("../lantern", "0.1.0"), tar), Uploads.crate(Uploads.metadata("..", "0.1.0"), tar),
              Uploads.crate(Uploads.metadata("lantern", "../1"), tar), Uploads.crate(Uploads.metadata("lantern", "1"), tar),
              Uploads.crate(Uploads.metadata("lantern", "0.2.0"), tar), Uploads.crate(Uploads.metadata("other", "0.1.0"), tar),
              Uploads.crate(meta.replace("\"license\":\"MIT\"", "\"license\":\"\""), tar),
              Uploads.crate(meta.replace("\"deps\":[]", "\"deps\":[{\"name\":\"../x\",\"version_req\":\"1\"}]"), tar),
              Uploads.crate(meta.replace("\"deps\":[]", "\"deps\":[{\"name\":\"unknown\",\"version_req\":\"1\",\"registry\":null}]"), tar),
              Uploads.crate(meta, NONE), Uploads.crate(meta, "no tarball".getBytes()),
              Uploads.crate(meta, Arrays.copyOf(tar, tar.length - 30)),
              Uploads.crate(meta, Uploads.tarball("lantern-0.1.0/../", "x", NONE)), Uploads.crate(meta, Uploads.tarball("/", "x", NONE)),
              Uploads.crate(meta, Uploads.tarball("lantern-0.1.0/", "not toml [", NONE)),
              Uploads.crate(meta, Uploads.linked("lantern-0.1.0/")))) {
        HttpResponse<String> refused =
            Http.send("PUT", registry.base(), "/api/v1/crates/new", body, "Authorization", "good");
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(refused.body()).startsWith("{\"errors\":[{\"detail\":\"").doesNotContain("Exception");
      }
      assertThat(files()).allMatch(file -> file.endsWith(".unfinished"));
      assertThat(Http.send("PUT", registry.base(), "/api/v1/crates/new", good, "Authorization", "good").statusCode()).isEqualTo(200);
      for (byte[] clash : List.of(Uploads.crate("Lantern", "0.2.0", NONE), Uploads.crate("lantern", "0.1.0+build", NONE))) {
        assertThat(Http.send("PUT", registry.base(), "/api/v1/crates/new", clash, "Authorization", "good").statusCode()).isEqualTo(400);
      }
    }
  }

  @Test
  void brokenNpmDocumentsAreRefusedAndLeaveNothing() throws Exception {
    String good = new String(NpmRegistryTest.document("lantern", "0.1.0", "bytes".getBytes()), StandardCharsets.UTF_8);
    String data = Base64.getEncoder().encodeToString("bytes".getBytes());
    try (NpmRegistry registry = NpmRegistry.open(directory.resolve("npm"), ACCOUNTS)) {
      for (String body :
          List.of(
              "", "{", "[]", "null", "{}", good + "x", good.substring(0, good.length() / 2), "[".repeat(100_000),
              good.replace("\"_id\":", "\"_id\":" + "[".repeat(5000)), good.replaceFirst("\"name\"", "\"_id\""),
              good.replace("\"name\":\"lantern\"", "\"name\":\"other\""), good.replace("0.1.0", "../1"), good.replace("0.1.0", "1"),
              good.replace(data, "!!!!"), good.replace("\"data\":\"" + data + "\"", "\"data\":1"),
              good.replace("\"data\":\"" + data + "\",", ""), good.replace("\"length\":5", "\"length\":6"),
              good.replace("\"latest\":", "\"../x\":"), good.replace("\"latest\":\"0.1.0\"", "\"latest\":\"0.2.0\""),
              good.replaceFirst("\"_attachments\":\\{.*", "\"_attachments\":{}}"),
              good.replaceFirst("\"_attachments\":\\{.*", "\"_attachments\":{\"a\":1}}"),
              good.replaceFirst("\"_attachments\":\\{.*", "\"_attachments\":[]}"),
              good.replace("\"versions\":{", "\"versions\":{\"0.0.9\":{},"))) {
        HttpResponse<String> refused =
            Http.send("PUT", registry.base(), "/lantern", body.getBytes(StandardCharsets.UTF_8), "Authorization", "Bearer good");
        assertThat(refused.statusCode()).as(body.substring(0, Math.min(200, body.length())) + "\n" + refused.body()).isEqualTo(400);
        assertThat(refused.body()).startsWith("{\"error\":\"").doesNotContain("Exception");
      }
      assertThat(files()).allMatch(file -> file.endsWith(".unfinished"));
      assertThat(Http.send("PUT", registry.base(), "/lantern", good.getBytes(), "Authorization", "Bearer good").statusCode()).isEqualTo(201);
    }
  }

  @Test
  void brokenPythonUploadsAreRefusedAndLeaveNothing() throws Exception {
    Path outside = Files.createDirectory(directory.resolve("made-here"));
    byte[] wheel = Files.readAllBytes(Distributions.wheel(outside, "lantern", "0.1.0", NONE));
    String sha256 = Digests.sha256(wheel);
    String file = "lantern-0.1.0-py3-none-any.whl";
    byte[] good = Uploads.form("lantern", "0.1.0", file, wheel, sha256);
    String basic = "Basic " + Base64.getEncoder().encodeToString("__token__:good".getBytes());
    try (PyPiRegistry registry = PyPiRegistry.open(directory.resolve("pypi"), ACCOUNTS)) {
      List<String> before = files();
      for (byte[] body :
          List.of(
              "--".getBytes(), "garbage".getBytes(), Arrays.copyOf(good, 100), Arrays.copyOf(good, good.length - 20),
              Uploads.form("lantern", "0.1.0", file, wheel, "0".repeat(64)), Uploads.form("other", "0.1.0", file, wheel, sha256),
              Uploads.form("lantern", "0.2.0", file, wheel, sha256), Uploads.form("lantern", "no version", file, wheel, sha256),
              Uploads.form("lantern", "0.1.0+local", file, wheel, sha256), Uploads.form("../lantern", "0.1.0", file, wheel, sha256),
              Uploads.form("lantern", "0.1.0", "../../" + file, wheel, sha256), Uploads.form("lantern", "0.1.0", "..", wheel, sha256),
              Uploads.form("lantern", "0.1.0", "lantern-0.1.0.exe", wheel, sha256),
              Uploads.form("lantern", "0.1.0", "lantern-0.1.0.tar.gz", wheel, sha256),
              Uploads.form("lantern", "0.1.0", file, "no zip".getBytes(), Digests.sha256("no zip".getBytes())),
              Uploads.form("lantern", "0.1.0", file, NONE, Digests.sha256(NONE)))) {
        HttpResponse<String> refused =
            Http.send("POST", registry.base(), "/legacy/", body, "Authorization", basic, "Content-Type", Uploads.FORM);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(refused.body()).contains("<h1>400 ").doesNotContain("Exception");
      }
      for (String type : List.of("", "text/plain", "multipart/form-data", "multipart/form-data; boundary=" + "b".repeat(5000))) {
        assertThat(Http.send("POST", registry.base(), "/legacy/", good, "Authorization", basic, "Content-Type", type).statusCode())
            .as(type).isEqualTo(400);
      }
      assertThat(files()).isEqualTo(before);
      assertThat(Http.send("POST", registry.base(), "/legacy/", good, "Authorization", basic, "Content-Type", Uploads.FORM).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void aConnectionThatBreaksInTheMiddleOfAnUploadLeavesNothingThatCounts() throws Exception {
    byte[] crate = Uploads.crate("lantern", "0.1.0", new byte[100_000]);
    byte[] document = NpmRegistryTest.document("lantern", "0.1.0", new byte[100_000]);
    try (CratesRegistry crates = CratesRegistry.open(directory.resolve("crates"), ACCOUNTS);
        NpmRegistry npm = NpmRegistry.open(directory.resolve("npm"), ACCOUNTS);
        GitHubStandIn github = GitHubStandIn.open(directory.resolve("github"), ACCOUNTS)) {
      github.addRepository("lantern-demo/lantern");
      byte[] draft = "{\"tag_name\":\"v1\",\"draft\":true}".getBytes();
      String created = Http.send("POST", github.base(), "/repos/lantern-demo/lantern/releases", draft, "Authorization", "Bearer good").body();
      String release = created.replaceAll("(?s).*\"url\":\"[^\"]*/releases/([0-9]+)\".*", "$1");
      cut(crates.base(), "PUT /api/v1/crates/new", crate, crates::requests);
      cut(npm.base(), "PUT /lantern", document, npm::requests);
      cut(github.web(), "POST /api/uploads/repos/lantern-demo/lantern/releases/" + release + "/assets?name=x", new byte[100_000], github::requests);
      assertThat(Http.get(crates.base(), "/index/la/nt/lantern").statusCode()).isEqualTo(404);
      assertThat(Http.get(npm.base(), "/lantern").statusCode()).isEqualTo(404);
      assertThat(Http.get(github.base(), "/repos/lantern-demo/lantern/releases/" + release + "/assets", "Authorization", "Bearer good").body())
          .as("what GitHub leaves, which is no asset yet")
          .contains("\"state\":\"starter\"")
          .doesNotContain("\"state\":\"uploaded\"");
      assertThat(files()).noneMatch(file -> file.matches(".*\\.unfinished.[0-9]+"));
    }
  }

  /** Sends half of a body and hangs up; returns when the server has noticed. */
  private static void cut(URI base, String line, byte[] body, Supplier<List<Logged>> log) throws Exception {
    int before = log.get().size();
    try (Socket socket = new Socket("127.0.0.1", base.getPort())) {
      socket.getOutputStream().write(
          (line + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer good\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(body, 0, body.length / 2);
      socket.getOutputStream().flush();
    }
    for (int i = 0; i < 12_000 && log.get().size() == before; i++) {
      Thread.sleep(25);
    }
    assertThat(log.get()).hasSizeGreaterThan(before);
  }

  private static String raw(URI base, String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", base.getPort())) {
      socket.setSoTimeout(300_000); // an answer that never comes, not one that a busy machine gives late
      try {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        socket.shutdownOutput();
        InputStream in = socket.getInputStream();
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      } catch (java.net.SocketException e) {
        // The server hung up before it had read all: also a refusal.
        return "";
      }
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(path -> path.getNameCount() > directory.getNameCount() + 1).map(Path::toString).sorted().toList();
    }
  }
}
