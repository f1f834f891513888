package dev.plasmite.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.artifact.Digests;
import dev.plasmite.client.Command;
import dev.plasmite.client.Exit;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import dev.plasmite.tools.Folders;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample product is real: it builds with the network cut off, and what it builds can be installed and run. */
@Tag("slow")
class SampleBuildTest {

  private static final Path SAMPLE = Path.of("src/it/release-train");
  private static final String SAYS = "lantern 0.2.0";

  private static final List<String> ARTIFACTS =
      List.of(
          "target/package/lantern-0.2.0.crate",
          "target/package/lantern-native-0.2.0.crate",
          "bindings/python/dist/lantern-0.2.0-py3-none-*.whl",
          "bindings/python/dist/lantern-0.2.0.tar.gz",
          "bindings/node/lantern-demo-lantern-0.2.0.tgz",
          "dist/lantern_0.2.0_*.tar.gz");

  @TempDir static Path target;

  private static Path python;
  private static Path repository;
  private static Path home;

  @BeforeAll
  static void build() throws IOException {
    python = DemoTools.venv(Path.of("target"));
    repository = DemoWorld.create(target.resolve("demo"), SAMPLE, "1.2.3-TEST").repository();
    home = Files.createDirectories(target.resolve("home"));
    run(repository, python.toString(), "release/build.py");
  }

  @AfterAll
  static void removeLinks() throws IOException {
    Folders.delete(target.resolve("venv")); // JUnit warns of links that lead out of its directory
  }

  @Test
  void buildsEveryArtifactOnceAndLeavesTheTreeClean() throws IOException {
    assertThat(artifacts(repository)).hasSize(ARTIFACTS.size());
    assertThat(DemoGit.in(repository, new Processes(Redactor.NONE)).run("status", "--porcelain")).isEmpty();
  }

  @Test
  void buildsTheSameBytesElsewhereAndLater() throws IOException {
    Path other = target.resolve("a clone, elsewhere");
    DemoGit.in(target, new Processes(Redactor.NONE)).run("clone", "--quiet", repository.toString(), other.toString());

    run(other, python.toString(), "release/build.py");

    assertThat(artifacts(other)).isEqualTo(artifacts(repository));
  }

  @Test
  void theProductsOwnTestsPass() {
    assertThat(run(repository, "cargo", "test", "--quiet", "--offline", "--locked", "--workspace"))
        .contains("test result: ok")
        .doesNotContain("FAILED");
  }

  @Test
  void theBenchmarkPrintsItsScenariosAndRunsOnlyThoseThatAreAskedFor() {
    run(repository, "cargo", "build", "--quiet", "--release", "--offline", "--locked", "--example", "bench");
    assertThat(scenarios(""))
        .hasSize(6)
        .allMatch(line -> line.matches(".*\"payload_bytes\": [0-9]+, .*\"ms_per_msg\": [0-9.]+, .*\"notes\": \".*"));
    assertThat(scenarios("blank,columns")).hasSize(2);
  }

  @Test
  void theToolsAreMadeOnce() throws IOException {
    Path marker = python.getParent().resolveSibling("complete.txt");
    var made = Files.getLastModifiedTime(marker);
    assertThat(DemoTools.venv(Path.of("target"))).isEqualTo(python);
    assertThat(Files.getLastModifiedTime(marker)).isEqualTo(made);
  }

  @Test
  void theCrateInstalls() {
    Path root = target.resolve("cargo");
    run(repository, "cargo", "install", "--quiet", "--offline", "--path", ".", "--root", root.toString());
    assertThat(run(root, root.resolve("bin/lantern").toString(), "--version")).isEqualTo(SAYS);
  }

  @Test
  void theWheelInstalls() throws IOException {
    Path venv = target.resolve("venv");
    run(target, python.toString(), "-m", "venv", venv.toString());
    Path fresh = venv.resolve(python.getParent().getFileName()).resolve(python.getFileName());
    Path wheel = one(repository, "bindings/python/dist/*.whl");

    run(target, fresh.toString(), "-m", "pip", "install", "--quiet", "--no-index", wheel.toString());

    assertThat(run(target, fresh.resolveSibling("lantern").toString(), "--version")).isEqualTo(SAYS);
    assertThat(run(target, fresh.toString(), "-c", "import lantern; print(lantern.__version__)")).isEqualTo("0.2.0");
  }

  @Test
  void theNpmPackageInstalls() throws IOException {
    Path project = Files.createDirectories(target.resolve("node"));
    Files.writeString(project.resolve("package.json"), "{\"private\": true}");
    Path tarball = one(repository, "bindings/node/*.tgz");

    run(project, "npm", "install", "--offline", "--ignore-scripts", tarball.toString());

    assertThat(run(project, project.resolve("node_modules/.bin/lantern").toString(), "--version")).isEqualTo(SAYS);
  }

  @Test
  void theSdkRunsWhereItIsUnpacked() throws IOException {
    Path sdk = Files.createDirectories(target.resolve("sdk"));
    run(sdk, "tar", "-xzf", one(repository, "dist/*.tar.gz").toString());
    assertThat(run(sdk, sdk.resolve("bin/lantern").toString(), "--version")).isEqualTo(SAYS);
    assertThat(sdk.resolve("lib/pkgconfig/lantern.pc")).content().contains("Version: 0.2.0\n");
    assertThat(sdk.resolve("include/lantern.h")).exists();
    assertThat(sdk.resolve("LICENSE")).exists();
  }

  private static List<String> scenarios(String only) {
    String json = run(repository, "target/release/examples/bench", "--json", "--only", only);
    return json.lines().filter(line -> line.contains("\"bench\"")).toList();
  }

  /** Each artifact's digest by its path, every pattern matching exactly one. */
  private static Map<String, String> artifacts(Path checkout) throws IOException {
    Map<String, String> found = new TreeMap<>();
    for (String pattern : ARTIFACTS) {
      Path file = one(checkout, pattern);
      found.put(checkout.relativize(file).toString(), Digests.of(file).sha256());
    }
    return found;
  }

  private static Path one(Path checkout, String pattern) throws IOException {
    Path directory = checkout.resolve(pattern).getParent();
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + Path.of(pattern).getFileName());
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> matches = files.filter(file -> matcher.matches(file.getFileName())).toList();
      assertThat(matches).as(pattern).hasSize(1);
      return matches.get(0);
    }
  }

  /** Runs a program in a fresh home, its way to the network cut off. */
  private static String run(Path directory, String... argv) {
    Map<String, String> environment = new TreeMap<>();
    for (String name : List.of("PATH", "PATHEXT", "SystemRoot", "TEMP", "TMP", "TMPDIR")) {
      if (System.getenv(name) != null) {
        environment.put(name, System.getenv(name));
      }
    }
    // Where rustup keeps the compiler, which is a program and no configuration of the user.
    environment.put(
        "RUSTUP_HOME",
        System.getenv().getOrDefault("RUSTUP_HOME", System.getProperty("user.home") + "/.rustup"));
    environment.put("HOME", home.toString());
    environment.put("USERPROFILE", home.toString());
    for (String name : List.of("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")) {
      environment.put(name, "http://127.0.0.1:9");
    }
    Command command = Command.of(directory, List.of(argv)).with(environment).within(Duration.ofMinutes(20));
    Exit exit = new Processes(Redactor.NONE).run(command);
    assertThat(exit.ok()).as("%s: %s", command.shown(), exit.tail(20)).isTrue();
    return exit.out().strip();
  }
}
