package dev.plasmite.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.plasmite.client.Redactor;
import dev.plasmite.gate.ChannelReport;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Receipt;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.Stage;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RedactedStageTest {

  private static final String SECRET = "npm_CanaryOfThisTest0123456789";
  private static final String ECHO = SECRET + " " + Base64.getEncoder().encodeToString(("user:" + SECRET).getBytes(StandardCharsets.UTF_8));

  @Test
  void noPartOfAResultHoldsASecret() {
    StageResult dirty =
        StageResult.of(
                List.of(Finding.of("it said " + ECHO).at(Place.file(ECHO)).remedy("try " + ECHO)),
                Map.of("said", ECHO, "digest", "a".repeat(64)))
            .withChannels(
                List.of(
                    new ChannelReport(
                        "npm", "official", ChannelReport.State.FAILED,
                        List.of(new ChannelReport.Shipped("lamp.tgz", "b".repeat(64), ECHO, null)))));
    StageResult clean = stage(() -> played(() -> dirty)).run(receipts());
    assertThat(clean.toString()).doesNotContain(SECRET.substring(4), "TnBtX0NhbmFyeU9").contains("***", "a".repeat(64), "b".repeat(64));
    assertThat(clean.channels().get(0).artifacts().get(0).publishedSha256()).isEqualTo("*** ***");
  }

  @Test
  void noExceptionShowsASecretNeitherItselfNorByItsCause() {
    List<Supplier<RuntimeException>> failures =
        List.of(
            () -> new OutsideFailure("it said " + ECHO),
            () -> new OutsideFailure("no answer", new IOException(ECHO)),
            () -> new IllegalArgumentException("invalid header value: " + ECHO),
            () -> {
              OutsideFailure failure = new OutsideFailure("two at once");
              failure.addSuppressed(new IOException(ECHO));
              return failure;
            },
            () -> new Refusal(Finding.of("refused: " + ECHO)));
    for (Supplier<RuntimeException> failure : failures) {
      Stage whileItWorks = stage(() -> played(() -> { throw failure.get(); }));
      Stage whileItIsMade = stage(() -> { throw failure.get(); });
      for (Stage stage : List.of(whileItWorks, whileItIsMade)) {
        Throwable thrown = catchThrowable(() -> stage.run(receipts()));
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace, true));
        assertThat(trace.toString()).doesNotContain(SECRET.substring(4), ECHO.substring(ECHO.length() - 20));
        Class<?> kind = failure.get() instanceof IllegalArgumentException ? IllegalStateException.class : failure.get().getClass();
        assertThat(thrown).isInstanceOf(kind);
      }
    }
  }

  private static Stage stage(Supplier<Stage> made) {
    return new RedactedStage(StageName.PUBLISH, made, () -> new Redactor(List.of(SECRET)));
  }

  private static Stage played(Supplier<StageResult> result) {
    return new Stage() {
      @Override
      public StageName name() {
        return StageName.PUBLISH;
      }

      @Override
      public String purpose() {
        return "test";
      }

      @Override
      public StageResult run(Receipts earlier) {
        return result.get();
      }
    };
  }

  private static Receipts receipts() {
    return new Receipts(List.of(), new Receipt.Binding("1.0.0", "c".repeat(40), "live", "d"));
  }
}
