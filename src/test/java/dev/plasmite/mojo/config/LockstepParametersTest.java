package dev.plasmite.mojo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.gate.LockstepPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

class LockstepParametersTest {

  private final Configuration configuration = new Configuration();

  private LockstepPlan listed(String spelling) {
    LockstepParameters given = new LockstepParameters();
    LockstepParameters.ManifestParameters manifest = new LockstepParameters.ManifestParameters();
    manifest.path = "version.hpp";
    manifest.pattern = "V (\\S+)";
    manifest.spelling = spelling;
    given.manifests.add(manifest);
    return configuration.lockstep(given);
  }

  @Test
  void everySpellingThatTheManualNamesIsTaken() {
    for (String spelling : List.of("semver", "dart", "pep440", "maven", "rubygems", "numbers", "major", "minor", "patch")) {
      assertThat(listed(spelling).members()).extracting(LockstepPlan.Member::spelling).containsExactly(spelling);
    }
    configuration.throwIfWrong();
  }

  @Test
  void anotherSpellingIsRefusedWithThoseThatThereAre() {
    listed("suffix");
    assertThatThrownBy(configuration::throwIfWrong).hasMessageContaining("<spelling>").hasMessageContaining("rubygems");
  }
}
