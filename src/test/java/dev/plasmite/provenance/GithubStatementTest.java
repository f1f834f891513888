package dev.plasmite.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.artifact.BuildRun;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GithubStatementTest {

  private static final String JSON =
      """
      {"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"a.whl","digest":{"sha256":"aa"}}],
       "predicateType":"https://slsa.dev/provenance/v1","predicate":{"buildDefinition":{"buildType":"x",
       "externalParameters":{"workflow":{"ref":"refs/tags/v1","repository":"r","path":"p"}},
       "resolvedDependencies":[{"uri":"u","digest":{"gitCommit":"c"}}]},
       "runDetails":{"builder":{"id":"b"},"metadata":{"invocationId":"i"}}}}
      """;

  private static List<Finding> findings(String json) {
    List<Finding> findings = new ArrayList<>();
    GithubStatement.parse(json.getBytes(StandardCharsets.UTF_8), Place.file("bundle.json"), findings);
    return findings;
  }

  @Test
  void isRead() {
    assertThat(findings(JSON)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
      "slsa.dev/provenance/v1  | slsa.dev/provenance/v0.2 | 'predicateType' is",
      "in-toto.io/Statement/v1 | in-toto.io/Statement/v2  | '_type' is",
      "\"sha256\":\"aa\"       | \"sha512\":\"aa\"        | sha256' is missing",
      "\"gitCommit\":\"c\"     | \"gitCommit\":7          | must be a text",
      "\"invocationId\":\"i\"  |                          | 'predicate.runDetails.metadata.invocationId' is missing",
      "\"buildType\":\"x\",     |                           | 'predicate.buildDefinition.buildType' is missing",
      "\"buildType\":\"x\"      | \"buildType\":\"\"          | 'predicate.buildDefinition.buildType' says nothing",
      "\"externalParameters\"  | \"external\"              | 'predicate.buildDefinition.externalParameters' is missing",
      "\"builder\":{\"id\":\"b\"}| \"builder\":{}            | 'predicate.runDetails.builder.id' is missing",
      "\"builder\":{\"id\":\"b\"},|                         | 'predicate.runDetails.builder' is missing",
      "[{\"name\":\"a.whl\",\"digest\":{\"sha256\":\"aa\"}}] | [] | 'subject' is an empty list",
      "\"workflow\"            | \"workflows\"            | workflow' is missing",
      "\"repository\":\"r\"    | \"repository\":\"r\\n\"  | control character",
  })
  void whatIsMissingOrWrongIsNamed(String from, String to, String what) {
    String changed = JSON.replace(from.strip(), to == null ? "" : to.strip());
    assertThat(changed).isNotEqualTo(JSON);
    assertThat(findings(changed)).extracting(Finding::what).anyMatch(text -> text.contains(what));
  }

  @Test
  void everyPartThatContradictsTheRunIsNamed() {
    BuildRun run =
        new BuildRun("owner/name", ".github/workflows/release.yml", "push", 7, 1, "a".repeat(40), "refs/tags/v1.2.0");
    Place place = Place.file("bundle.json");
    GithubStatement statement =
        GithubStatement.parse(JSON.getBytes(StandardCharsets.UTF_8), place, new ArrayList<>());
    assertThat(statement.differences(run, place))
        .extracting(Finding::what)
        .hasSize(5)
        .allMatch(what -> what.startsWith("its statement says"));
  }

  @Test
  void aKeyThatStandsTwiceIsRefused() {
    String twice = JSON.replace("\"predicateType\"", "\"predicateType\":\"x\",\"predicateType\"");
    assertThatThrownBy(() -> findings(twice)).isInstanceOf(Refusal.class).hasMessageContaining("Duplicate");
  }
}
