package dev.plasmite.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwoGroupsTest {

  private static List<Double> values(String text) {
    return Arrays.stream(text.split(" ")).map(Double::valueOf).toList();
  }

  @Test
  void everyOtherRunIsSlowWhileTheBaseIsNot() {
    TwoGroups groups =
        TwoGroups.of(values("1 1.01 0.99 1 1.02 1"), values("0.75 1.9 0.76 1.91 0.75 1.88")).orElseThrow();
    assertThat(groups.slow()).isEqualTo(3);
    assertThat(groups.runs()).isEqualTo(6);
    assertThat(groups.times()).isCloseTo(2.5, within(0.03));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "1 1 1 1       | 1 1 1.9 1             | one run may be a disturbance",
    "1 1 1.9 1     | 1 1.9 1.9 1           | the machine does it to the base too",
    "1 1 1 1       | 1.9 1.9 1.9 1.9       | all are slow: that is a slowdown",
    "1 1 1 1       | 1 1.2 1.2 1           | a small step",
    "1 1 1 1       | 1 1.2 1.5 1.9 2.4 3   | spread, no groups",
    "2 2 2 2       | 1 1 1.9 1.9           | the slow ones are as the base",
    "1 1           | 1 1.9                 | too few",
  })
  void noTwoGroups(String base, String candidate, String why) {
    assertThat(TwoGroups.of(values(base), values(candidate))).as(why).isEmpty();
  }
}
