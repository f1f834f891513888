package dev.plasmite.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpellingTest {

  @ParameterizedTest
  @CsvSource({
    "1.2.0, 1.2.0, 1.2.0, 1.2.0, 1.2.0",
    "1.2.0-rc.1, 1.2.0rc1, 1.2.0-rc.1, 1.2.0.rc.1, 1.2.0",
    "1.2.0-rc1, 1.2.0rc1, 1.2.0-rc1, 1.2.0.rc1, 1.2.0",
    "1.2.0-alpha, 1.2.0a0, 1.2.0-alpha, 1.2.0.alpha, 1.2.0",
    "1.2.0-alpha.3, 1.2.0a3, 1.2.0-alpha.3, 1.2.0.alpha.3, 1.2.0",
    "1.2.0-beta.10, 1.2.0b10, 1.2.0-beta.10, 1.2.0.beta.10, 1.2.0",
    "1.2.0-SNAPSHOT, 1.2.0.dev0, 1.2.0-SNAPSHOT, 1.2.0.SNAPSHOT, 1.2.0",
    "1.2.0-dev.4, 1.2.0.dev4, 1.2.0-SNAPSHOT, 1.2.0.dev.4, 1.2.0",
  })
  void eachEcosystemSaysTheVersionInItsOwnWords(String version, String python, String maven, String gem, String cmake) {
    SemVer v = SemVer.parse(version);
    assertThat(Spelling.SEMVER.spell(v)).contains(version);
    assertThat(Spelling.PEP440.spell(v)).contains(python);
    assertThat(Spelling.MAVEN.spell(v)).contains(maven);
    assertThat(Spelling.RUBYGEMS.spell(v)).contains(gem);
    assertThat(Spelling.NUMBERS.spell(v)).contains(cmake);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2.0-nightly.7", "1.2.0-snapshot.20260629.fb79c59", "1.2.0-rc.1.2", "1.2.0-rc.x"})
  void pythonHasNoWordsForOtherPrereleases(String version) {
    assertThat(Spelling.PEP440.spell(SemVer.parse(version))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "PEP440, 1.2.0rc1, 1.2.0-rc.1",
    "PEP440, 1.2.0-RC_1, 1.2.0-rc.1",
    "PEP440, 1.2.0.dev0, 1.2.0-SNAPSHOT",
    "PEP440, 1.2, 1.2.0",
    "PEP440, 1.2.0.post1, 1.2.0",
    "PEP440, 1.2.0-2+local, 1.2.0",
    "PEP440, 1.2.0rc1.post2, 1.2.0-rc.1",
    "PEP440, 1.2.0a, 1.2.0-alpha.0",
    "SEMVER, 1.2.0-dev, 1.2.0-SNAPSHOT",
    "MAVEN, 1.2.0-SNAPSHOT, 1.2.0-dev.0",
    "RUBYGEMS, 1.2.0.rc.1, 1.2.0-rc.1",
  })
  void meaningIsReadFromEverySpelling(Spelling spelling, String text, String version) {
    assertThat(spelling.read(text))
        .hasValueSatisfying(v -> assertThat(Spelling.sameMeaning(v, SemVer.parse(version))).isTrue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2.0\n", "\u0661.2.0", "\uFF11.2.0", "1.2.0;id", "$(id)", "", "1.2.3.4.5", "v", "01.2.0-x"})
  void nothingElseIsAVersionInAnySpelling(String text) {
    for (Spelling spelling : Spelling.values()) {
      assertThat(spelling.read(text)).as("%s", spelling).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"1.2.0, 1.2.0-rc.1", "1.2.0-rc.1, 1.2.0-rc.2", "1.2.0-rc.1, 1.2.0-beta.1", "1.2.0-SNAPSHOT, 1.2.1-SNAPSHOT", "1.2.0-x.1, 1.2.0-x.2"})
  void whatDiffersInMeaningStaysDifferent(String a, String b) {
    assertThat(Spelling.sameMeaning(SemVer.parse(a), SemVer.parse(b))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "MAJOR, 1.2.3, 2.0.0", "MINOR, 1.2.3, 1.3.0", "PATCH, 1.2.3, 1.2.4", "RC, 1.2.3, 1.2.4-rc.1",
    "RC, 1.2.4-rc.1, 1.2.4-rc.2", "RC, 1.2.4-rc.9, 1.2.4-rc.10", "RC, 1.2.4-beta.2, 1.2.4-rc.1", "RC, 1.2.4-SNAPSHOT, 1.2.4-rc.1",
    "RELEASE, 1.2.4-rc.2, 1.2.4", "RELEASE, 1.2.4-SNAPSHOT, 1.2.4", "PATCH, 1.2.4-rc.2, 1.2.4", "MAJOR, 2.0.0-rc.1, 2.0.0",
    "MINOR, 1.3.0-rc.1, 1.3.0", "MINOR, 1.3.1-rc.1, 1.4.0",
  })
  void aStepLeadsToTheNextVersion(Increment step, String from, String to) {
    assertThat(step.after(SemVer.parse(from))).hasToString(to);
  }

  @Test
  void aFinalReleaseHasNoReleaseStep() {
    assertThatThrownBy(() -> Increment.RELEASE.after(SemVer.parse("1.2.3"))).hasMessageContaining("final release already");
  }
}
