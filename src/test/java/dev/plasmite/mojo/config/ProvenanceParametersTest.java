package dev.plasmite.mojo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.gate.ProvenancePlan;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProvenanceParametersTest {

  @Test
  void allMistakesAreToldTogetherEachWithItsParameter() {
    ProvenanceParameters given = new ProvenanceParameters();
    given.workflow = "build";
    given.event = "whenever";
    Configuration configuration = new Configuration();
    configuration.provenance(given, null, 0L, Path.of("/product"));
    assertThatThrownBy(configuration::throwIfWrong)
        .hasMessageContaining("<configuration><provenance><workflow>")
        .hasMessageContaining("<configuration><provenance><event>")
        .hasMessageContaining("<configuration><buildRun>");
  }

  @Test
  void whatIsSaidStandsInThePlanAndNothingElse() {
    ProvenanceParameters given = new ProvenanceParameters();
    given.workflow = ".github/workflows/build.yml";
    given.trustedRoot = "release/trusted_root.json";
    Configuration configuration = new Configuration();
    ProvenancePlan plan = configuration.provenance(given, "v1.2.0", 7L, Path.of("/product"));
    configuration.throwIfWrong();
    assertThat(plan)
        .isEqualTo(
            new ProvenancePlan(
                Optional.of("v1.2.0"), OptionalLong.of(7), Optional.empty(),
                Optional.of(Path.of("/product/release/trusted_root.json")), Optional.of(".github/workflows/build.yml"),
                Optional.empty(), Optional.empty()));
    assertThat(new Configuration().provenance(null, null, null, Path.of("/product"))).isEqualTo(ProvenancePlan.none());
  }
}
