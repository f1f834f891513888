package dev.plasmite.candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.gate.Refusal;
import dev.plasmite.version.SemVer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Moving [Unreleased] to a dated section, and nothing else. */
class ChangelogReleaseTest {

  private static final SemVer VERSION = SemVer.parse("1.2.0");
  private static final LocalDate DATE = LocalDate.of(2026, 11, 22);
  private static final String BEFORE =
      """
      # Changelog

      Words with  trailing blanks.  \n
      ## [Unreleased]

      ### Added

      - A lamp\u00e9 \ud83d\udca1.

      ## [1.1.0] - 2026-10-01

      - Less.

      [Unreleased]: https://example.org/l/compare/v1.1.0...HEAD
      [1.1.0]: https://example.org/l/compare/v1.0.0...v1.1.0
      """;
  private static final String AFTER =
      BEFORE
          .replace("## [Unreleased]\n", "## [Unreleased]\n\n## [1.2.0] - 2026-11-22\n")
          .replace(
              "[Unreleased]: https://example.org/l/compare/v1.1.0...HEAD\n",
              "[Unreleased]: https://example.org/l/compare/v1.2.0...HEAD\n"
                  + "[1.2.0]: https://example.org/l/compare/v1.1.0...v1.2.0\n");

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void putsTheHeadingInAndLeadsTheLinksOn(String end) {
    assertThat(released(BEFORE.replace("\n", end))).isEqualTo(AFTER.replace("\n", end));
  }

  @Test
  void keepsByteOrderMarkMixedLineEndsAndAMissingLastOne() {
    String mixed = "\uFEFF# Changelog\r\n\n## [Unreleased]\r\n- A lamp.\n\n[unreleased]: <https://e.example/compare/v1...HEAD>";
    assertThat(released(mixed))
        .isEqualTo(
            "\uFEFF# Changelog\r\n\n## [Unreleased]\r\n\r\n## [1.2.0] - 2026-11-22\r\n- A lamp.\n\n"
                + "[unreleased]: <https://e.example/compare/v1.2.0...HEAD>\n[1.2.0]: <https://e.example/compare/v1...v1.2.0>");
  }

  @Test
  void keepsTheFilesOwnStyleOfHeadings() {
    assertThat(released("Unreleased\n---\n\n- A lamp.\n"))
        .isEqualTo("Unreleased\n---\n\n## 1.2.0 - 2026-11-22\n\n- A lamp.\n");
  }

  @Test
  void aLinkOfAnotherFormIsLeftAloneAndTold() {
    String text = "## [Unreleased]\n- A lamp.\n\n[Unreleased]: https://example.org/log\n";
    ChangelogRelease.Released released = release(text);
    assertThat(new String(released.bytes(), StandardCharsets.UTF_8)).endsWith("\n[Unreleased]: https://example.org/log\n");
    assertThat(released.findings()).singleElement().asString().startsWith("CHANGELOG.md:4  the link of [Unreleased]");
    assertThat(released.findings()).noneMatch(f -> f.blocks());
  }

  @Test
  void aHeadingInCodeIsNotMoved() {
    String text = "```\n## [Unreleased]\n```\n\n## [Unreleased]\n\n- A lamp.\n";
    assertThat(released(text)).startsWith("```\n## [Unreleased]\n```\n\n## [Unreleased]\n\n## [1.2.0]");
  }

  @Test
  void refusesWhatCannotBeMoved() {
    assertThatThrownBy(() -> release("# Changelog\n")).isInstanceOf(Refusal.class).hasMessageContaining("no [Unreleased]");
    assertThatThrownBy(() -> release("## [Unreleased]\n\n### Added\n"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("says nothing");
    assertThatThrownBy(() -> release(AFTER))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("has a section of 1.2.0 already")
        .hasMessageContaining("says nothing");
    assertThatThrownBy(() -> release("## [Unreleased]\n\n- a\n\n## [unreleased]\n\n- b\n"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("a second [Unreleased]");
    assertThatThrownBy(() -> ChangelogRelease.release("CHANGELOG.md", new byte[] {(byte) 0xff}, VERSION, DATE))
        .isInstanceOf(Refusal.class);
  }

  @Test
  void aMoveThatWasMadeIsNotMadeAgain(@TempDir Path root) throws Exception {
    Path file = Files.writeString(root.resolve("CHANGELOG.md"), BEFORE);
    ChangelogEdit first = ChangelogEdit.plan(root, "CHANGELOG.md", VERSION, DATE);
    assertThat(first.isDone()).isFalse();
    first.write();
    String after = Files.readString(file);
    ChangelogEdit second = ChangelogEdit.plan(root, "CHANGELOG.md", VERSION, DATE);
    assertThat(second.isDone()).isTrue();
    assertThat(second.findings()).isEmpty();
    Files.writeString(file, after.replace("## [Unreleased]\n", "## [Unreleased]\n\n- Forgotten.\n"));
    assertThatThrownBy(() -> ChangelogEdit.plan(root, "CHANGELOG.md", VERSION, DATE))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("has a section of 1.2.0 already");
  }

  private static String released(String text) {
    return new String(release(text).bytes(), StandardCharsets.UTF_8);
  }

  private static ChangelogRelease.Released release(String text) {
    return ChangelogRelease.release("CHANGELOG.md", text.getBytes(StandardCharsets.UTF_8), VERSION, DATE);
  }
}
