package dev.plasmite.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.version.SemVer;
import dev.plasmite.version.Spelling;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionWindowTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ">=0.7, <0.8|0.7.9|>=0.7, <0.8",
        ">=0.7, <0.8|0.8.0|>=0.8, <0.9",
        ">=0.7.2,<0.8.0|0.8.1|>=0.8.1,<0.9.0",
        ">=1.4.2, <2|1.9.0|>=1.4.2, <2",
        ">=1.4.2, <2|2.0.0|>=2.0.0, <3",
        ">= 1.0 , < 2.0|3.1.0|>= 3.1 , < 4.0",
        ">=0.7, <0.8|0.8.0-rc.1|>=0.8.0-rc.1, <0.9",
        ">=0.8.0-rc.1, <0.9|0.8.0-rc.2|>=0.8.0-rc.2, <0.9",
        ">=0.8.0-rc.1, <0.9|0.8.0|>=0.8.0-rc.1, <0.9",
        ">=0.7, <0.8|0.6.0|>=0.6, <0.7",
      })
  void staysWhileItIsTrueAndMovesAsAWhole(String window, String target, String expected) {
    String moved = VersionWindow.of(window).orElseThrow().following(SemVer.parse(target), target, Spelling.SEMVER).orElseThrow();
    assertThat(moved).isEqualTo(expected);
    assertThat(VersionWindow.of(moved).orElseThrow().following(SemVer.parse(target), target, Spelling.SEMVER)).contains(expected);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {">=0.5, <0.8|0.8.0", ">=1.2, <1.2.9|1.3.0", ">=1, <4|4.0.0"})
  void anotherWidthIsLeftToPeople(String window, String target) {
    assertThat(VersionWindow.of(window).orElseThrow().following(SemVer.parse(target), target, Spelling.SEMVER)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {">=1.0", "<2, >=1", ">=1, <=2", ">=1, <2, !=1.5", ">1, <2", "^1.0, <1.5"})
  void otherFormsAreNoWindows(String text) {
    assertThat(VersionWindow.of(text)).isEmpty();
  }
}
