package dev.plasmite.gate;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReceiptsTest {

  private static final Receipt.Binding HERE = new Receipt.Binding("1.2.0", "c".repeat(40), "sandbox", "configuration");
  private static final Receipt.Binding ELSEWHERE = new Receipt.Binding("1.2.0", "d".repeat(40), "sandbox", "configuration");

  @Test
  void aWholeTrainNeedsAReceiptOfEveryStage() {
    List<Receipt> all = new ArrayList<>();
    for (StageName stage : StageName.values()) {
      all.add(receipt(stage, Verdict.PASSED, HERE));
    }
    assertThatCode(() -> new Receipts(all, HERE).demandAll()).doesNotThrowAnyException();
    all.remove(all.size() - 1);
    assertThatThrownBy(() -> new Receipts(all, HERE).demandAll())
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("verify-delivery has no receipt")
        .hasMessageNotContaining("provenance");
    assertThatThrownBy(() -> new Receipts(List.of(), HERE).demandAll()).hasMessageContaining("verify-candidate has no receipt");
  }

  @Test
  void aLaterFailureAndAnotherCommitCountAsNoPass() {
    List<Receipt> receipts =
        List.of(
            receipt(StageName.VERIFY_CANDIDATE, Verdict.PASSED, HERE),
            receipt(StageName.VERIFY_CANDIDATE, Verdict.FAILED, HERE),
            receipt(StageName.VERIFY_ALIGNMENT, Verdict.PASSED, ELSEWHERE));
    assertThatThrownBy(() -> new Receipts(receipts, HERE).demandAllBefore(StageName.PERF_GATE))
        .hasMessageContaining("perf-gate refused: gate verify-candidate has the verdict failed")
        .hasMessageContaining("gate verify-alignment has no receipt");
    assertThatCode(() -> new Receipts(receipts, HERE).demandAllBefore(StageName.VERIFY_CANDIDATE)).doesNotThrowAnyException();
  }

  private static Receipt receipt(StageName stage, Verdict verdict, Receipt.Binding binding) {
    return new Receipt(stage, verdict, binding, Map.of());
  }
}
