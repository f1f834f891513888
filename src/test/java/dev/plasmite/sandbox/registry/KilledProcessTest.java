package dev.plasmite.sandbox.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plasmite.artifact.Digests;
import dev.plasmite.json.StrictJson;
import dev.plasmite.sandbox.loopback.Accounts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Killed as by kill -9, at any moment: what was acknowledged is there, what is there is whole, the rest never was. */
@Timeout(1800)
class KilledProcessTest {

  private static final Accounts ACCOUNTS = Accounts.of("good");
  private static final String BASIC =
      "Basic " + Base64.getEncoder().encodeToString("__token__:good".getBytes(StandardCharsets.UTF_8));

  @TempDir Path directory;

  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void inTheMiddleOfUploadsLeavesNoHalfVersion() throws Exception {
    Served served = serve();
    byte[] crate = Uploads.crate("lantern", "0.1.0", new byte[1 << 20]);
    byte[] document = NpmRegistryTest.document("lantern", "0.1.0", new byte[1 << 20]);
    byte[] wheel = Uploads.wheel(directory, "lantern", "0.1.0", new byte[1 << 20]);
    try (Socket one = half(served.crates(), "PUT /api/v1/crates/new", "good", "application/octet-stream", crate);
        Socket two = half(served.npm(), "PUT /lantern", "Bearer good", "application/json", document);
        Socket three = half(served.pypi(), "POST /legacy/", BASIC, Uploads.FORM, wheel)) {
      waitForUnfinished(3);
      kill(served.process());
      assertThat(List.of(one, two, three)).allMatch(socket -> !socket.isClosed());
    }
    try (CratesRegistry crates = CratesRegistry.open(directory.resolve("crates"), ACCOUNTS);
        NpmRegistry npm = NpmRegistry.open(directory.resolve("npm"), ACCOUNTS);
        PyPiRegistry pypi = PyPiRegistry.open(directory.resolve("pypi"), ACCOUNTS)) {
      assertThat(unfinished()).isZero();
      assertThat(Http.get(crates.base(), "/index/la/nt/lantern").statusCode()).isEqualTo(404);
      assertThat(Http.get(npm.base(), "/lantern").statusCode()).isEqualTo(404);
      assertThat(Http.get(pypi.base(), "/simple/lantern/").statusCode()).isEqualTo(404);
      assertThat(Http.send("PUT", crates.base(), "/api/v1/crates/new", crate, "Authorization", "good").statusCode()).isEqualTo(200);
      assertThat(Http.send("PUT", npm.base(), "/lantern", document, "Authorization", "Bearer good").statusCode()).isEqualTo(201);
      assertThat(Http.send("POST", pypi.base(), "/legacy/", wheel, "Authorization", BASIC, "Content-Type", Uploads.FORM).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void atAnyMomentKeepsWhatWasAcknowledgedAndOnlyWholeVersions() throws Exception {
    Random random = new Random(11);
    int version = 0;
    List<String> acknowledged = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      Served served = serve();
      Process process = served.process();
      // Counted from the first version it took: on a busy machine a process needs its time to begin.
      CountDownLatch took = new CountDownLatch(1);
      long life = random.nextInt(300);
      Thread killer = new Thread(() -> {
        try {
          took.await(5, TimeUnit.MINUTES);
          Thread.sleep(life);
          kill(process);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      });
      killer.start();
      try {
        while (true) {
          String next = "0.0." + version++;
          byte[] crate = Uploads.crate("lantern", next, ("payload of " + next).getBytes(StandardCharsets.UTF_8));
          if (Http.send("PUT", served.crates(), "/api/v1/crates/new", crate, "Authorization", "good").statusCode() == 200) {
            acknowledged.add(next);
            took.countDown();
          }
        }
      } catch (IOException e) {
        killer.join();
      }
      check(acknowledged, version);
    }
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(3);
  }

  private void check(List<String> acknowledged, int tried) throws Exception {
    try (CratesRegistry crates = CratesRegistry.open(directory.resolve("crates"), ACCOUNTS)) {
      List<String> there = new ArrayList<>();
      HttpResponse<String> index = Http.get(crates.base(), "/index/la/nt/lantern");
      // Killed before the first one was acknowledged: then there is no index yet.
      assertThat(index.statusCode()).isIn(acknowledged.isEmpty() ? List.of(200, 404) : List.of(200));
      for (String line : index.statusCode() == 200 ? index.body().lines().toList() : List.<String>of()) {
        JsonNode entry = StrictJson.mapper().readTree(line);
        String version = entry.path("vers").asText();
        byte[] bytes = Http.bytes(crates.base(), "/crates/lantern/lantern-" + version + ".crate").body();
        assertThat(Digests.sha256(bytes)).isEqualTo(entry.path("cksum").asText());
        there.add(version);
      }
      assertThat(there).doesNotHaveDuplicates().containsAll(acknowledged).hasSizeLessThanOrEqualTo(tried);
    }
  }

  private record Served(Process process, URI crates, URI npm, URI pypi) {}

  private Served serve() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Server.class.getName(), directory.toString())
            .redirectErrorStream(true)
            .start();
    started.add(process);
    BufferedReader said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    return new Served(process, URI.create(said.readLine()), URI.create(said.readLine()), URI.create(said.readLine()));
  }

  private static void kill(Process process) throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
  }

  private static Socket half(URI base, String line, String token, String type, byte[] body) throws IOException {
    Socket socket = new Socket("127.0.0.1", base.getPort());
    socket.getOutputStream().write(
        (line + " HTTP/1.1\r\nHost: x\r\nAuthorization: " + token + "\r\nContent-Type: " + type + "\r\nContent-Length: "
            + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(body, 0, body.length / 2);
    socket.getOutputStream().flush();
    return socket;
  }

  private void waitForUnfinished(int wanted) throws Exception {
    for (int i = 0; i < 12_000 && unfinished() < wanted; i++) {
      Thread.sleep(25);
    }
    assertThat(unfinished()).isEqualTo(wanted);
  }

  private long unfinished() throws IOException {
    long count = 0;
    for (String registry : List.of("crates", "npm", "pypi")) {
      try (var files = Files.list(directory.resolve(registry).resolve(".unfinished"))) {
        count += files.count();
      }
    }
    return count;
  }

  /** Serves until it is killed, or for ten minutes. */
  static final class Server {
    private Server() {}

    public static void main(String[] arguments) throws Exception {
      Path directory = Path.of(arguments[0]);
      try (CratesRegistry crates = CratesRegistry.open(directory.resolve("crates"), ACCOUNTS);
          NpmRegistry npm = NpmRegistry.open(directory.resolve("npm"), ACCOUNTS);
          PyPiRegistry pypi = PyPiRegistry.open(directory.resolve("pypi"), ACCOUNTS)) {
        System.out.println(crates.base() + "\n" + npm.base() + "\n" + pypi.base());
        Thread.sleep(600_000);
      }
    }
  }
}
