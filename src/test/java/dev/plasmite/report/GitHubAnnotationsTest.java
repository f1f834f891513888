package dev.plasmite.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.StageName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitHubAnnotationsTest {

  @TempDir Path repository;

  private GitHubAnnotations annotations;

  @BeforeEach
  void aRepository() throws IOException {
    Files.writeString(repository.resolve("Cargo.toml"), "");
    Files.writeString(repository.resolve("a,b%c.toml"), "");
    annotations = new GitHubAnnotations(Map.of("GITHUB_ACTIONS", "true"), repository);
  }

  @Test
  void aFindingStandsAtItsPlace() {
    assertThat(line(Finding.of("0.2.0, the release is 0.3.0").at(new Place("Cargo.toml", 3, 11)).remedy("mvn plasmite:bump")))
        .isEqualTo(
            "::error file=Cargo.toml,line=3,col=11,title=verify-alignment%3A error::0.2.0, the release is 0.3.0%0A-> mvn plasmite:bump");
    assertThat(line(Finding.warning("old").at(Place.file("Cargo.toml"))))
        .isEqualTo("::warning file=Cargo.toml,title=verify-alignment%3A warning::old");
  }

  @Test
  void whatCannotBeToldIsAnErrorAndAStandInsAnswerANotice() {
    assertThat(line(Finding.unknown("no answer"))).isEqualTo("::error title=verify-alignment%3A cannot tell::no answer");
    assertThat(line(Finding.simulated("CI"))).isEqualTo("::notice title=verify-alignment%3A simulated::CI");
  }

  @Test
  void aPlaceThatIsNoFileIsSaidInTheMessage() {
    assertThat(line(Finding.of("red").at(Place.file("run 7"))))
        .isEqualTo("::error title=verify-alignment%3A error::run 7  red");
    assertThat(line(Finding.of("red").at(Place.file("a\u0000b")))).endsWith("::a\\u{0}b  red");
  }

  @Test
  void nothingInATextStartsACommandOfItsOwn() {
    String text = "100%\r\n::set-output name=x::y\r::error::z\u001b[0m";
    String line = line(Finding.of(text).at(new Place("a,b%c.toml", 1, 0)).remedy("a\nb"));

    assertThat(line)
        .isEqualTo(
            "::error file=a%2Cb%25c.toml,line=1,title=verify-alignment%3A error::"
                + "100%25%0A::set-output name=x::y%0A::error::z\\u{1b}[0m%0A-> a%0Ab");
  }

  @Test
  void outsideOfGitHubActionsThereIsNothingToSay() {
    for (Map<String, String> environment :
        List.of(Map.<String, String>of(), Map.of("GITHUB_ACTIONS", "false"), Map.of("CI", "true"))) {
      assertThat(new GitHubAnnotations(environment, repository).lines(StageName.PUBLISH, List.of(Finding.of("x"))))
          .isEmpty();
    }
  }

  private String line(Finding finding) {
    return annotations.lines(StageName.VERIFY_ALIGNMENT, List.of(finding)).get(0);
  }
}
