package dev.plasmite.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Receipt;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.Stage;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import dev.plasmite.gate.Verdict;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PinnedTest {

  private final AtomicInteger runs = new AtomicInteger();
  private final Receipt.Binding binding = new Receipt.Binding("1.2.0", "c", "live", "x");
  private final Receipts none =
      new Receipts(
          Stream.of(StageName.values()).map(s -> new Receipt(s, Verdict.PASSED, binding, Map.of())).toList(), binding);

  @Test
  void aStageBeginsOnlyWhileTheTagIsWhereItWas() {
    assertThat(new Pinned(stage(), earlier -> List.of()).run(none).verdict()).isEqualTo(Verdict.PASSED);
    assertThat(runs).hasValue(1);
    StageResult moved = new Pinned(stage(), earlier -> List.of(Finding.of("the tag was moved"))).run(none);
    assertThat(moved.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(moved.findings()).extracting(Finding::what).containsExactly("the tag was moved");
    assertThat(runs).as("the stage was not begun").hasValue(1);
  }

  @Test
  void aGateThatIsMissingIsToldBeforeTheTagIsLookedAt() {
    assertThatThrownBy(
            () ->
                new Pinned(stage(), earlier -> List.of(Finding.of("never asked")))
                    .run(new Receipts(List.of(), binding)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("publish refused: gate perf-gate has no receipt")
        .hasMessageNotContaining("never asked");
    assertThat(runs).hasValue(0);
  }

  private Stage stage() {
    return new Stage() {
      @Override
      public StageName name() {
        return StageName.PUBLISH;
      }

      @Override
      public String purpose() {
        return "publish";
      }

      @Override
      public StageResult run(Receipts earlier) {
        runs.incrementAndGet();
        return StageResult.of(List.of(), Map.of());
      }
    };
  }
}
