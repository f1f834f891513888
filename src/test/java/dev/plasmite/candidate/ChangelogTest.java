package dev.plasmite.candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Refusal;
import dev.plasmite.version.SemVer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read of a changelog, and what is found wrong with it. */
class ChangelogTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
  private static final String GOOD =
      """
      # Changelog

      All notable changes.

      ## [Unreleased]

      ## [1.2.0] - 2026-11-22

      ### Added

      - A lamp, see [#12].

      ## [1.1.0] - 2026-10-01 [YANKED]

      - Less.

      [Unreleased]: https://example.org/compare/v1.2.0...HEAD
      [1.2.0]: https://example.org/compare/v1.1.0...v1.2.0
      [#12]: https://example.org/issues/12
      """;

  @Test
  void aReadyChangelogHasNoFindings() {
    assertThat(findings(GOOD)).isEmpty();
    assertThat(findings(GOOD.replace("\n", "\r\n"))).isEmpty();
    assertThat(findings("\uFEFF" + GOOD)).isEmpty();
  }

  @Test
  void theReleaseNotesAreTheSectionWithTheLinksItUses() {
    String notes = "### Added\n\n- A lamp, see [#12].\n\n[#12]: https://example.org/issues/12";
    assertThat(notes(GOOD)).isEqualTo(notes);
    assertThat(notes(GOOD.replace("\n", "\r\n"))).isEqualTo(notes);
  }

  @Test
  void theLastSectionEndsBeforeTheLinks() {
    String text = "## [Unreleased]\n## [1.2.0] - 2026-11-22\nWords.\n\n[1.2.0]: https://example.org/\n";
    assertThat(notes(text)).isEqualTo("Words.");
  }

  @Test
  void sectionsInCodeAreNone() {
    String text = GOOD.replace("- A lamp, see [#12].", "```\n## [1.2.0] - 2026-11-22\n```\n\n    ## [1.2.0]\n\nLamp");
    assertThat(findings(text)).isEmpty();
  }

  @Test
  void underlinedHeadingsAndHeadingsWithoutBracketsAreSections() {
    assertThat(findings("Unreleased\n---\n\n1.2.0 - 2026-11-22\n---\n\nWords.\n")).isEmpty();
  }

  @Test
  void aMissingSectionIsToldWithItsForm() {
    List<Finding> findings = findings("# Changelog\n\n## [Unreleased]\n\n## [1.1.0] - 2026-10-01\n\n- Less.\n");
    assertThat(findings).singleElement().asString()
        .startsWith("CHANGELOG.md  CHANGELOG.md has no section of 1.2.0")
        .contains("## [1.2.0] - 2026-11-22");
  }

  @Test
  void textThatIsStillUnderUnreleasedIsPointedAt() {
    List<Finding> findings = findings("# Changelog\n\n## [Unreleased]\n\n- A lamp.\n");
    assertThat(findings).singleElement().asString()
        .startsWith("CHANGELOG.md:3  ")
        .contains("has no section of 1.2.0; there is text under [Unreleased]");
  }

  @ParameterizedTest
  @CsvSource({
    "## [1.2.0], has no date",
    "## [1.2.0] 2026-11-22, names 1.2.0 in another form",
    "## 1.2.0 (2026-11-22), names 1.2.0 in another form",
    "## [1.2.0](https://example.org/) (2026-11-22), names 1.2.0 in another form",
    "## [1.2.0] - 2026-11-22 [YANKED], is marked [YANKED]",
    "## [1.2.0] - 22.11.2026, is none",
    "## [1.2.0] - 2026-02-30, is none",
    "## [1.2.0] - 2026-1-2, is none",
    "## [1.2.0] - TBD, is none",
    "## [1.2.0] - ２０２６-11-22, is none",
    "## [1.2.0] - 2026-11-23, in the future",
    "## [v1.2.0] - 2026-11-22, with a v",
    "### [1.2.0] - 2026-11-22, has no section",
    "## [1.2.0-rc.1] - 2026-11-22, has no section",
    "## [1.2.0+build] - 2026-11-22, has no section"
  })
  void aHeadingThatIsNotInFormIsFound(String heading, String what) {
    assertThat(findings("## [Unreleased]\n\n" + heading + "\n\n- A lamp.\n"))
        .anySatisfy(f -> assertThat(f.what()).contains(what));
  }

  @Test
  void aSectionThatSaysNothingIsFound() {
    for (String body : List.of("", "\n### Added\n", "\n<!-- what? -->\n", "\n[1.2.0]: https://example.org/\n")) {
      assertThat(findings("## [Unreleased]\n\n## [1.2.0] - 2026-11-22\n" + body)).as(body).singleElement().asString()
          .startsWith("CHANGELOG.md:3  the section of 1.2.0 says nothing");
    }
  }

  @Test
  void aSecondSectionOfAVersionIsFoundWithBothPlaces() {
    assertThat(findings(GOOD + "\n## [1.2.0] - 2026-11-21\n\n- Again.\n")).singleElement().asString()
        .startsWith("CHANGELOG.md:21  a second section of 1.2.0; the first is in line 7");
  }

  @Test
  void unreleasedMustBeThereAboveAndEmpty() {
    assertThat(findings(GOOD.replace("## [Unreleased]\n", ""))).singleElement().asString()
        .contains("has no [Unreleased] section");
    assertThat(findings(GOOD.replace("## [Unreleased]\n", "## [Unreleased]\n\n### Fixed\n\n- More.\n"))).singleElement()
        .asString()
        .startsWith("CHANGELOG.md:9  there is text under [Unreleased]");
    assertThat(findings("## [1.2.0] - 2026-11-22\n\nWords.\n\n## [Unreleased]\n")).singleElement().asString()
        .startsWith("CHANGELOG.md:5  [Unreleased] is below");
  }

  @Test
  void allIsToldTogether() {
    assertThat(findings("## [1.2.0]\n\n## [1.2.0] - tomorrow\n")).hasSize(6);
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    assertThatThrownBy(() -> Changelog.read("CHANGELOG.md", new byte[] {'#', ' ', (byte) 0xff}))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("not UTF-8");
  }

  private static List<Finding> findings(String text) {
    return new ChangelogCheck(read(text), SemVer.parse("1.2.0"), TODAY).findings();
  }

  private static String notes(String text) {
    Changelog changelog = read(text);
    return changelog.content(changelog.of(SemVer.parse("1.2.0")).get(0));
  }

  private static Changelog read(String text) {
    return Changelog.read("CHANGELOG.md", text.getBytes(StandardCharsets.UTF_8));
  }
}
