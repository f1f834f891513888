package dev.plasmite.sandbox.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.artifact.Digests;
import dev.plasmite.client.Exit;
import dev.plasmite.sandbox.Clients;
import dev.plasmite.sandbox.loopback.Accounts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(1800)
class PyPiRegistryTest {

  private static final Accounts ACCOUNTS = Accounts.of("pypi-good").plus("pypi-other", "stranger");

  private static String python;

  @TempDir Path directory;

  @BeforeAll
  static void tools() throws Exception {
    python = Clients.pythonWithTwine().toString();
  }

  @Test
  void twineUploadsAndAfterARestartPipInstallsTheSameBytes() throws Exception {
    Path wheel = Distributions.wheel(directory, "lantern_lamp", "0.1.0rc1", new byte[] {1});
    Path sdist = Distributions.sdist(directory, "lantern_lamp", "0.1.0rc1");
    try (PyPiRegistry registry = open()) {
      twine(registry, "pypi-good", wheel, sdist);
    }
    try (PyPiRegistry registry = open()) {
      Path target = directory.resolve("site");
      Path report = directory.resolve("report.json");
      Clients pip = new Clients(directory);
      pip.succeed(directory, python, "-m", "pip", "install", "--isolated", "--no-cache-dir", "--only-binary", ":all:",
          "--index-url", registry.simple().toString(), "--report", report.toString(), "--target", target.toString(),
          "Lantern.Lamp==0.1.0rc1");
      assertThat(Files.readString(report)).contains(Digests.of(wheel).sha256());
      assertThat(pip.with("PYTHONPATH", target.toString()).succeed(directory, python, "-m", "lantern_lamp"))
          .contains("lantern_lamp 0.1.0rc1");
      assertThat(registry.requests()).anyMatch(r -> r.path().endsWith(".whl.metadata") && r.status() == 200);
      pip.succeed(directory, python, "-m", "pip", "download", "--isolated", "--no-cache-dir", "--no-deps", "--no-build-isolation",
          "--index-url", registry.simple().toString(), "--only-binary", ":all:", "--dest", "got", "lantern-lamp==0.1.0rc1");
      assertThat(directory.resolve("got/" + wheel.getFileName())).hasSameBinaryContentAs(wheel);
    }
  }

  @Test
  void theSameBytesAgainAreTakenInSilenceAndOtherBytesRefused() throws Exception {
    Path wheel = Distributions.wheel(directory, "lantern", "0.1.0", new byte[] {1});
    try (PyPiRegistry registry = open()) {
      twine(registry, "pypi-good", wheel);
      twine(registry, "pypi-good", wheel);
      Path other = Distributions.wheel(Files.createDirectory(directory.resolve("other")), "lantern", "0.1.0", new byte[] {2});
      Exit refused = run(registry, "pypi-good", other);
      assertThat(refused.ok()).isFalse();
      assertThat(refused.out() + refused.err()).contains("File already exists");
      assertThat(Http.get(registry.base(), "/pypi/lantern/0.1.0/json").body()).contains(Digests.of(wheel).sha256());
    }
  }

  @Test
  void onlyAnOwnersTokenUploads() throws Exception {
    Path wheel = Distributions.wheel(directory, "lantern", "0.1.0", new byte[] {1});
    try (PyPiRegistry registry = open()) {
      Exit revoked = run(registry, "pypi-revoked", wheel);
      assertThat(revoked.out() + revoked.err()).contains("403").contains("Invalid or non-existent authentication");
      assertThat(Http.get(registry.base(), "/simple/lantern/").statusCode()).isEqualTo(404);
      twine(registry, "pypi-good", wheel);
      Exit stranger = run(registry, "pypi-other", Distributions.wheel(directory, "lantern", "0.2.0", new byte[] {1}));
      assertThat(stranger.out() + stranger.err()).contains("isn't allowed to upload".replace("'", "&#x27;"));
    }
  }

  @Test
  void theIndexComesAsHtmlAndAsJson() throws Exception {
    Path wheel = Distributions.wheel(directory, "lantern", "0.1.0", new byte[] {1});
    try (PyPiRegistry registry = open()) {
      twine(registry, "pypi-good", wheel);
      String sha256 = Digests.of(wheel).sha256();
      assertThat(Http.get(registry.base(), "/simple/lantern/").body())
          .contains("#sha256=" + sha256).contains("data-requires-python=\"&gt;=3.8\"");
      var json = Http.get(registry.base(), "/simple/lantern/", "Accept", "application/vnd.pypi.simple.v1+json, text/html; q=0.01");
      assertThat(json.headers().firstValue("Content-Type")).hasValue("application/vnd.pypi.simple.v1+json");
      assertThat(json.body()).contains("\"hashes\":{\"sha256\":\"" + sha256 + "\"}").contains("\"api-version\":\"1.1\"");
      assertThat(Http.get(registry.base(), "/simple/", "Accept", "text/html").body()).contains(">lantern</a>");
      assertThat(Http.get(registry.base(), "/simple/Lantern/").headers().firstValue("Location")).hasValue(registry.base() + "/simple/lantern/");
    }
  }

  @Test
  void aLargeWheelIsStreamed() throws Exception {
    byte[] noise = new byte[30 << 20];
    new Random(7).nextBytes(noise);
    Path wheel = Distributions.wheel(directory, "lantern", "0.1.0", noise);
    noise = null;
    try (PyPiRegistry registry = open()) {
      Heap heap = Heap.watch();
      twine(registry, "pypi-good", wheel);
      assertThat(heap.growth()).isLessThan(16L << 20);
      assertThat(Http.get(registry.base(), "/simple/lantern/").body()).contains(Digests.of(wheel).sha256());
    }
  }

  private PyPiRegistry open() {
    return PyPiRegistry.open(directory.resolve("state"), ACCOUNTS);
  }

  private void twine(PyPiRegistry registry, String token, Path... files) throws Exception {
    Exit exit = run(registry, token, files);
    assertThat(exit.ok()).as(exit.out() + exit.err()).isTrue();
  }

  private Exit run(PyPiRegistry registry, String token, Path... files) throws Exception {
    java.util.List<String> argv =
        new java.util.ArrayList<>(
            java.util.List.of(python, "-m", "twine", "upload", "--non-interactive", "--disable-progress-bar", "--verbose",
                "--repository-url", registry.upload().toString(), "--"));
    for (Path file : files) {
      argv.add(file.toString());
    }
    return new Clients(directory)
        .with("TWINE_USERNAME", "__token__")
        .with("TWINE_PASSWORD", token)
        .run(directory, argv.toArray(String[]::new));
  }
}
