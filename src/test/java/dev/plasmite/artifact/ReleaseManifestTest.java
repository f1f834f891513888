package dev.plasmite.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.StagingPlan.Kind;
import dev.plasmite.version.SemVer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleaseManifestTest {

  static final BuildRun RUN =
      new BuildRun("lantern-demo/lantern", ".github/workflows/release.yml", "push", 7, 1, "a".repeat(40), "refs/tags/v1.2.0");

  private static final Path HERE = Path.of("set").toAbsolutePath();

  private static ReleaseManifest manifest() {
    return new ReleaseManifest(
        SemVer.parse("1.2.0"),
        RUN,
        List.of(
            new Artifact(Kind.SDK, HERE.resolve("b_1.2.0_linux_amd64.tar.gz"), Optional.of("linux_amd64"),
                new Digests(3, "1".repeat(64), "2".repeat(128))),
            new Artifact(Kind.CRATE, HERE.resolve("a-1.2.0.crate"), Optional.empty(),
                new Digests(4, "3".repeat(64), "4".repeat(128)))));
  }

  private static String json() {
    return new String(manifest().json(), StandardCharsets.UTF_8);
  }

  @Test
  void isReadAsItWasWritten() {
    assertThat(ReleaseManifest.parse(manifest().json(), HERE)).isEqualTo(manifest());
    assertThat(manifest().artifacts()).extracting(Artifact::file).isSorted();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
      "\"schema\" : 1            | \"schema\" : 2                     | 'schema' is 2",
      "\"schema\" : 1            | \"schema\" : \"1\"                 | must be a whole number",
      "\"schema\" : 1            | \"schema\" : 1, \"schema\" : 1     | Duplicate",
      "\"tag\" : \"v1.2.0\"      | \"tag\" : \"v1.2.1\"               | 'tag' is 'v1.2.1'",
      "\"version\" : \"1.2.0\"   | \"version\" : \"1.2\"              | is no version",
      "\"version\" : \"1.2.0\"   | \"version\" : 1.2                  | must be a text",
      "\"event\" : \"push\"      | \"event\" : \"push\\n\"            | control character",
      "\"event\" : \"push\"      | \"event\" : \"push\", \"more\" : 1 | unknown field 'more'",
      "\"event\" : \"push\"      | \"event\" : null                   | must be a text",
      "\"runId\" : 7             | \"runId\" : 7.5                    | must be a whole number",
      "\"runId\" : 7             | \"runId\" : 0                      | 'runId' is 0",
      "\"runId\" : 7             | \"runId\" : 99999999999999999999   | must be a whole number",
      "\"attempt\" : 1,          | \"attempt\" : 1, \"artifacts\" : [], | Duplicate",
      "\"attempt\" : 1,          |                                    | 'attempt' is missing",
      "\"commit\" : \"aa         | \"commit\" : \"AA                  | commit is",
      "\"ref\" : \"refs/tags/    | \"ref\" : \"                       | ref is",
      "a-1.2.0.crate             | ../a-1.2.0.crate                   | no plain file name",
      "a-1.2.0.crate             | b_1.2.0_LINUX_amd64.tar.gz         | is there twice",
      "\"kind\" : \"crate\"      | \"kind\" : \"egg\"                 | no kind of artifact",
      "\"size\" : 4              | \"size\" : -4                      | 'artifacts[0].size' is -4",
      "\"sha256\" : \"33         | \"sha256\" : \"3                   | must be 64 lower-case hex digits",
      "\"sha256\" : \"33         | \"sha256\" : \"3G                  | must be 64 lower-case hex digits",
  })
  void refusesWhatIsUnexpected(String from, String to, String what) {
    String changed = json().replace(from.strip(), to == null ? "" : to.strip());
    assertThat(changed).isNotEqualTo(json());
    assertThatThrownBy(() -> ReleaseManifest.parse(changed.getBytes(StandardCharsets.UTF_8), HERE))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(what);
  }

  @Test
  void refusesTextBehindTheEndOtherShapesAndOtherEncodings() {
    for (String text : List.of(json() + "{}", "[]", "", "null", "7", json().substring(0, 200), "[".repeat(100_000))) {
      assertThatThrownBy(() -> ReleaseManifest.parse(text.getBytes(StandardCharsets.UTF_8), HERE)).isInstanceOf(Refusal.class);
    }
    assertThatThrownBy(() -> ReleaseManifest.parse(json().getBytes(StandardCharsets.UTF_16), HERE)).isInstanceOf(Refusal.class);
  }

  @Test
  void namesEveryMistakeNotTheFirstOnly() {
    String changed = json().replace("\"schema\" : 1", "\"schema\" : 9").replace("\"runId\" : 7", "\"runId\" : 0");
    assertThatThrownBy(() -> ReleaseManifest.parse(changed.getBytes(StandardCharsets.UTF_8), HERE))
        .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.findings()).hasSize(2));
  }
}
