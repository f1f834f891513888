package dev.plasmite.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.gate.Refusal;
import java.util.stream.Stream;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No gate is skipped in live mode, and none without a word in the others. */
class SkipTest {

  static Stream<StageMojo> stages() {
    return Stream.of(
        new VerifyCandidateMojo(), new VerifyAlignmentMojo(), new PerfGateMojo(), new StageArtifactsMojo(), new ProvenanceMojo(), new PublishMojo(),
        new VerifyDeliveryMojo());
  }

  @ParameterizedTest
  @MethodSource("stages")
  void aSkippedStageIsRefusedInLiveModeAndTellsItselfInTheOthers(StageMojo stage) throws Exception {
    Warnings log = new Warnings();
    stage.setLog(log);
    for (boolean all : new boolean[] {true, false}) {
      stage.skip = all;
      stage.getClass().getDeclaredField("skipStage").setBoolean(stage, !all);
      String property = all ? "plasmite.skip" : "plasmite." + stage.stage().id() + ".skip";
      stage.mode = "live";
      assertThatThrownBy(stage::work)
          .isInstanceOf(Refusal.class)
          .hasMessageContaining(property + " skips " + stage.stage().id() + ", and no gate is skipped in a live release");
      for (String mode : java.util.Arrays.asList("rehearsal", "sandbox", null)) {
        stage.mode = mode;
        assertThatCode(stage::work).doesNotThrowAnyException();
        assertThat(log.last).isEqualTo(stage.stage().id() + " skipped by " + property + ": it leaves no receipt");
        log.last = "";
      }
    }
  }

  private static final class Warnings extends SystemStreamLog {

    private String last = "";

    @Override
    public void warn(CharSequence content) {
      last = content.toString();
    }
  }
}
