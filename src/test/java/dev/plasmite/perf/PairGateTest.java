package dev.plasmite.perf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plasmite.json.StrictJson;
import dev.plasmite.perf.Judgement.Outcome;
import dev.plasmite.perf.Judgement.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PairGateTest {

  private final PairGate gate = new PairGate(Criteria.published());

  /** Decisions of an independent implementation of the same design on simulated noise of twelve kinds and on recorded noise. */
  static List<JsonNode> referenceDecisions() throws Exception {
    ObjectMapper mapper = StrictJson.mapper();
    List<JsonNode> out = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(PairGateTest.class.getResource("/perf/decisions.jsonl").toURI()))) {
      out.add(mapper.readTree(line));
    }
    return out;
  }

  @ParameterizedTest
  @MethodSource("referenceDecisions")
  void decidesLikeTheReference(JsonNode expected) {
    Recording recording = new RecordingFile().read(expected.path("samples").toString(), "vector");
    Judgement judgement = gate.judge(recording.paired(), recording.last());
    assertThat(judgement.outcome().name().toLowerCase(Locale.ROOT)).isEqualTo(expected.path("decision").asText());
    List<String> named = new ArrayList<>();
    expected.path("scenarios").forEach(s -> named.add(s.asText()));
    if (judgement.outcome() == Outcome.CONTINUE) {
      assertThat(judgement.open()).containsExactlyInAnyOrderElementsOf(named);
    } else if (judgement.outcome() == Outcome.REGRESSED) {
      assertThat(judgement.gated(State.REGRESSED)).extracting(Judgement.Row::key).containsExactlyInAnyOrderElementsOf(named);
    }
  }

  private static PairedSamples constant(String key, double base, double candidate, int pairs) {
    return new PairedSamples(key, true, Collections.nCopies(pairs, base), Collections.nCopies(pairs, candidate));
  }

  private static PairedSamples advisory(PairedSamples s) {
    return new PairedSamples(s.key(), false, s.base(), s.candidate());
  }

  @Test
  void advisoryScenarioIsJudgedAndDoesNotCount() {
    List<PairedSamples> suite = List.of(constant("a", 1, 1, 6), advisory(constant("b", 1, 2, 6)));
    Judgement judgement = gate.judge(suite, false);
    assertThat(judgement.outcome()).isEqualTo(Outcome.PASS);
    assertThat(judgement.scenarios().get(1).state()).isEqualTo(State.REGRESSED);
  }

  @Test
  void onlyAdvisoryScenariosAreInconclusive() {
    assertThat(gate.judge(List.of(advisory(constant("b", 1, 1, 6))), true).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
  }

  @Test
  void scenarioThatWasLeftOutBeforeItWasFineIsNotBelieved() {
    Judgement judgement = gate.judge(List.of(constant("a", 1, 1, 6), constant("hidden", 1, 1.5, 3)), true);
    assertThat(judgement.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(judgement.reason()).contains("hidden");
  }

  @Test
  void scenarioBelowTheFloorOnBothSidesIsNotJudgedAndOneThatLeavesItIs() {
    assertThat(gate.judge(List.of(constant("a", 1, 1, 6), constant("tiny", 1e-5, 9e-5, 6)), true).outcome()).isEqualTo(Outcome.PASS);
    assertThat(gate.judge(List.of(constant("a", 1, 1, 6), constant("tiny", 1e-5, 2e-4, 6)), true).outcome()).isEqualTo(Outcome.REGRESSED);
  }

  @Test
  void candidateThatIsSlowInMostRunsIsNotFineByItsFastestQuarter() {
    List<Double> base = IntStream.range(0, 20).mapToObj(i -> 1 + i % 3 * 0.01).toList();
    List<Double> mostlySlow = IntStream.range(0, 20).mapToObj(i -> (i % 4 == 0 ? 1 : 1.9) + i % 3 * 0.01).toList();
    List<Double> disturbed = IntStream.range(0, 20).mapToObj(i -> (i % 4 == 1 ? 1 : 1.9) + i % 3 * 0.01).toList();
    assertThat(gate.judge(List.of(new PairedSamples("a", true, base, mostlySlow)), true).outcome()).isNotEqualTo(Outcome.PASS);
    // When the machine does the same to the base, the undisturbed runs of both sides can be compared.
    assertThat(gate.judge(List.of(new PairedSamples("a", true, disturbed, mostlySlow)), true).outcome()).isEqualTo(Outcome.PASS);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, 0, -1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void unusableValueIsInconclusive(double value) {
    PairedSamples bad = new PairedSamples("a", true, List.of(1.0, 1.0), List.of(1.0, value));
    Judgement judgement = gate.judge(List.of(bad), true);
    assertThat(judgement.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(judgement.reason()).contains("scenario a has the value");
  }

  @Test
  void nothingUnequalTooFewTwiceAndTooManyAreInconclusive() {
    assertThat(gate.judge(List.of(), false).reason()).isEqualTo("no comparable scenario");
    assertThat(gate.judge(List.of(new PairedSamples("a", true, List.of(1.0, 1.0), List.of(1.0))), false).reason())
        .contains("2 values of the base and 1 of the candidate");
    assertThat(gate.judge(List.of(constant("a", 1, 1, 1)), false).reason()).contains("fewer than 2 pairs");
    assertThat(gate.judge(List.of(constant("a", 1, 1, 2), constant("a", 1, 1, 2)), false).reason()).contains("twice");
    assertThat(gate.judge(List.of(constant("a", 1, 1, 21)), false).reason()).contains("more than the cap");
  }

  @Test
  void tenThousandScenariosAreJudged() {
    List<PairedSamples> suite = IntStream.range(0, 10_000).mapToObj(i -> constant("s" + i, 1 + i, 1 + i, 20)).toList();
    assertThat(gate.judge(suite, true).outcome()).isEqualTo(Outcome.PASS);
  }

  @Test
  void criteriaScaleWithTheThreshold() {
    Criteria published = Criteria.of(0.10, 0, 1e-4, 0, true);
    assertThat(published).isEqualTo(Criteria.published());
    assertThat(published.cap()).isEqualTo(20);
    Criteria wide = Criteria.of(0.20, 0, 1e-4, 0, false);
    assertThat(wide.ruledOut()).isEqualTo(0.5);
    assertThat(wide.minimumEffect()).isEqualTo(0.1);
    assertThat(wide.cap()).isEqualTo(12);
    assertThat(new PairGate(wide).judge(List.of(constant("a", 1, 1.18, 12)), true).outcome()).isEqualTo(Outcome.PASS);
    assertThat(new PairGate(wide).judge(List.of(constant("a", 1, 1.40, 12)), true).outcome()).isEqualTo(Outcome.REGRESSED);
  }

  @Test
  void orderOfRunsIsThueMorse() {
    StringBuilder order = new StringBuilder();
    IntStream.range(0, 10).forEach(i -> order.append(RunOrder.baseFirst(i) ? "BC " : "CB "));
    assertThat(order.toString().strip()).isEqualTo("BC CB CB BC CB BC BC CB BC CB");
  }
}
