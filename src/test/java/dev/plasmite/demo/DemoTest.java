package dev.plasmite.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.client.Executables;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {

  private static final Clock DAY = Clock.fixed(Instant.parse("2027-01-31T23:30:00Z"), ZoneOffset.UTC);

  @TempDir Path target;

  private final List<String> typed = new ArrayList<>();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private DemoWorld world;

  @BeforeEach
  void makeAWorld() {
    world = DemoWorld.create(target.resolve("demo"), Path.of("src/it/release-train"), "1.2.3-TEST");
  }

  @Test
  void releasesWhatWasBumpedDatedCommittedAndPushed() throws IOException {
    assertThat(demo(0, 0, 0).play(world, "publish")).isTrue();

    assertThat(typed).containsExactly("plasmite:bump -DnewVersion=0.3.0", "plasmite:changelog", "-Prelease publish");
    assertThat(git().run("log", "-1", "--format=%an: %s%d"))
        .isEqualTo("Lantern Maintainers: Lantern 0.3.0 (HEAD -> main, origin/main)");
    assertThat(git().run("status", "--porcelain")).isEmpty();
    assertThat(git().run("show", "--format=", "--name-only").lines()).containsExactly("Cargo.toml");
  }

  @Test
  void nothingIsCommittedAfterABumpThatFailed() {
    assertThat(demo(1, 0).play(world, "publish")).isFalse();

    assertThat(typed).containsExactly("plasmite:bump -DnewVersion=0.3.0");
    assertThat(git().run("log", "-1", "--format=%s")).isNotEqualTo("Lantern 0.3.0");
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("FAILED, exit code 1");
  }

  @Test
  void aTrainThatStandsStillFailsTheDemo() {
    assertThat(demo(0, 0, 1).play(world, "publish")).isFalse();
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("FAILED, exit code 1");
  }

  @Test
  void wrongArgumentsAreToldApartFromFailures() {
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    assertThat(DemoMain.run(new String[] {"demo"}, out)).isEqualTo(2);
    assertThat(DemoMain.run(new String[] {"demo", "sample", "1", "repo", "maven", "package"}, out)).isEqualTo(2);
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("usage:", "there is no phase package", "verify-delivery");
  }

  @Test
  void mavenIsRunForReal() throws IOException {
    Path project = Files.createDirectories(target.resolve("project"));
    Files.writeString(
        project.resolve("pom.xml"),
        "<project><modelVersion>4.0.0</modelVersion><groupId>t</groupId><artifactId>t</artifactId><version>1</version>"
            + "<packaging>pom</packaging></project>");
    Path localRepository = Files.createDirectories(target.resolve("m2"));
    Maven maven = new InvokedMaven(mavenHome(), localRepository, new PrintStream(said, true, StandardCharsets.UTF_8));

    assertThat(maven.run(project, List.of("--offline", "validate"))).isZero();
    assertThat(maven.run(project, List.of("--offline", "no-such-phase"))).isNotZero();
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("BUILD SUCCESS", "no-such-phase");
  }

  /** The Maven that runs this build, when it says so, or the one on the PATH. */
  private static Path mavenHome() throws IOException {
    String running = System.getProperty("maven.home");
    if (running != null) {
      return Path.of(running);
    }
    Path mvn = Executables.find("mvn", Path.of("."), System.getenv("PATH")).orElseThrow();
    return mvn.toRealPath().getParent().getParent();
  }

  /** A demo whose Maven ends with these codes, and whose bump bumps one manifest. */
  private Demo demo(Integer... codes) {
    Maven maven =
        (directory, args) -> {
          typed.add(String.join(" ", args));
          bump(directory.resolve("Cargo.toml"));
          return codes[typed.size() - 1];
        };
    return new Demo(maven, new PrintStream(said, true, StandardCharsets.UTF_8), DAY);
  }

  private static void bump(Path manifest) {
    try {
      Files.writeString(manifest, Files.readString(manifest).replace("\"0.2.0\"", "\"0.3.0\""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private DemoGit git() {
    return DemoGit.in(world.repository(), new Processes(Redactor.NONE));
  }
}
