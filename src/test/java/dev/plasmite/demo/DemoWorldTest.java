package dev.plasmite.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import dev.plasmite.gate.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoWorldTest {

  private static final Path SAMPLE = Path.of("src/it/release-train");

  @TempDir static Path target;

  private static DemoWorld world;

  @BeforeAll
  static void makeAWorld() {
    world = DemoWorld.create(target.resolve("demo"), SAMPLE, "1.2.3-TEST");
  }

  @Test
  void hasTwoReleasesAndWorkSinceTheLast() {
    assertThat(git(world.repository()).run("log", "--reverse", "--format=%s%d").lines())
        .containsExactly(
            "Lantern 0.1.0 (tag: v0.1.0)",
            "Draw the signal with ASCII characters on request",
            "End quietly when nobody reads on",
            "Lantern 0.2.0 (tag: v0.2.0)",
            "Print the counts as JSON on request",
            "Say how many lines a bar stands for (HEAD -> main, origin/main)");
  }

  @Test
  void tagsAreAnnotatedByTheMaintainersAtTheDateOfTheRelease() {
    String format = "--format=%(refname:short) %(objecttype) %(taggername) %(taggerdate:short)";
    assertThat(git(world.repository()).run("for-each-ref", format, "refs/tags").lines())
        .containsExactly("v0.1.0 tag Lantern Maintainers 2026-02-02", "v0.2.0 tag Lantern Maintainers 2026-04-13");
  }

  @Test
  void theTreeIsCleanAndInStepWithItsUpstream() {
    assertThat(git(world.repository()).run("status", "--porcelain", "--branch", "--ignored"))
        .isEqualTo("## main...origin/main");
    assertThat(git(world.origin()).run("rev-parse", "main", "v0.1.0", "v0.2.0"))
        .isEqualTo(git(world.repository()).run("rev-parse", "main", "v0.1.0", "v0.2.0"));
  }

  @Test
  void allManifestsHoldTheVersionOfTheirRelease() {
    for (String version : List.of("0.1.0", "0.2.0")) {
      DemoGit git = git(world.repository());
      assertThat(git.run("grep", "--count", "--fixed-strings", version, "v" + version, "--", ":!CHANGELOG.md").lines())
          .containsExactly(
              "v" + version + ":Cargo.lock:2",
              "v" + version + ":Cargo.toml:1",
              "v" + version + ":bindings/node/native/Cargo.toml:2",
              "v" + version + ":bindings/node/package-lock.json:2",
              "v" + version + ":bindings/node/package.json:1",
              "v" + version + ":bindings/python/lantern/__init__.py:1",
              "v" + version + ":bindings/python/pyproject.toml:1",
              "v" + version + ":pom.xml:1");
    }
  }

  @Test
  void theChangelogTellsWhatIsUnreleased() throws IOException {
    String changelog = Files.readString(world.repository().resolve("CHANGELOG.md"));
    int released = changelog.indexOf("## [0.2.0] - 2026-04-13");
    assertThat(changelog.substring(changelog.indexOf("## [Unreleased]"), released))
        .contains("### Added\n\n- `--json`", "### Changed\n\n- ");
  }

  @Test
  void thePomAsksForThisPluginAndTheToolsBesideTheDemo() throws IOException {
    assertThat(Files.readString(world.repository().resolve("pom.xml")))
        .contains("<version>1.2.3-TEST</version>")
        .containsPattern("<lantern.python>\\$\\{project.basedir}/\\.\\./\\.\\./tools/venv/(bin|Scripts)/python(.exe)?<")
        .doesNotContainPattern("@[a-z.]+@");
  }

  @Test
  void whatMakesTheWorldIsNotInTheRepository() {
    assertThat(git(world.repository()).run("ls-files").lines())
        .contains("Cargo.toml", "examples/nested-demo/Cargo.toml", "bindings/node/native/Cargo.toml")
        .noneMatch(file -> file.startsWith("tap/") || file.startsWith("history/"));
  }

  @Test
  void programsAreExecutable() {
    List<String> programs = List.of("bindings/node/bin/lantern.js", "release/build.py");
    assertThat(programs)
        .map(program -> git(world.repository()).run("ls-files", "--stage", program))
        .allMatch(line -> line.startsWith("100755"));
  }

  @Test
  void theTapHasTheFormulaOfTheReleaseBefore() {
    assertThat(git(world.tap()).run("show", "main:Formula/lantern.rb"))
        .contains("version \"0.2.0\"", "/v0.2.0/lantern_0.2.0_linux_amd64.tar.gz")
        .containsPattern("sha256 \"[0-9a-f]{64}\"")
        .doesNotContain("@");
  }

  @Test
  void isTheSameAgainWhateverHappenedToTheOneBefore(@TempDir Path other) throws IOException {
    DemoWorld first = DemoWorld.create(other.resolve("demo"), SAMPLE, "1.2.3-TEST");
    String commits = git(first.repository()).run("log", "--format=%H", "--all");
    Files.createDirectories(first.directory().resolve("sandbox/npm"));
    Files.writeString(first.directory().resolve("report.json"), "{}");
    Files.writeString(first.directory().resolve("notes.txt"), "the user's own");
    git(first.repository()).run("rm", "--quiet", "Cargo.toml");

    DemoWorld again = DemoWorld.create(other.resolve("demo"), SAMPLE, "1.2.3-TEST");

    assertThat(git(again.repository()).run("log", "--format=%H", "--all")).isEqualTo(commits);
    assertThat(git(world.repository()).run("log", "--format=%H", "--all")).isEqualTo(commits);
    assertThat(again.directory().resolve("sandbox")).doesNotExist();
    assertThat(again.directory().resolve("report.json")).doesNotExist();
    assertThat(again.directory().resolve("notes.txt")).hasContent("the user's own");
  }

  @Test
  void neverRemovesWhatNoDemoMade(@TempDir Path other) throws IOException {
    Path precious = Files.createDirectories(other.resolve("repository")).resolve("precious.txt");
    Files.writeString(precious, "mine");

    assertThatThrownBy(() -> DemoWorld.create(other, SAMPLE, "1.2.3-TEST"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("repository, which no demo made");

    assertThat(precious).hasContent("mine");
    assertThat(other.resolve("origin.git")).doesNotExist();
  }

  private static DemoGit git(Path directory) {
    return DemoGit.in(directory, new Processes(Redactor.NONE));
  }
}
