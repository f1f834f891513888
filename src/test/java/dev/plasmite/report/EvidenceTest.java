package dev.plasmite.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.gate.ChannelReport;
import dev.plasmite.gate.ChannelReport.Shipped;
import dev.plasmite.gate.ChannelReport.State;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvidenceTest {

  @Test
  void stagesThatWereNotReachedStandAsSkippedWithTheReason() {
    Evidence evidence = Samples.failed();

    assertThat(evidence.stages()).extracting(StageEvidence::name).containsExactly(StageName.values());
    StageEvidence publish = evidence.stage(StageName.PUBLISH);
    assertThat(publish.verdict()).isEqualTo(Verdict.SKIPPED);
    assertThat(publish.findings())
        .extracting(Finding::what)
        .containsExactly("not reached: the train stopped at verify-alignment");
  }

  @Test
  void aRunThatEndedByPlanSaysSo() {
    StageEvidence first = Samples.released().stage(StageName.VERIFY_CANDIDATE);
    Evidence evidence = Samples.evidence(Mode.SANDBOX, List.of(first), List.of());

    assertThat(evidence.stage(StageName.PUBLISH).findings().get(0).what())
        .isEqualTo("not reached: this run ended after verify-candidate");
    Outcome outcome = Outcome.of(evidence);
    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.PASSED_SO_FAR);
    assertThat(outcome.command()).isEqualTo("mvn -Prelease verify-alignment");
    assertThat(outcome.details()).contains("This run published nothing");
  }

  @Test
  void theLastAccountOfAStageCountsAndTheOrderIsTheTrains() {
    StageEvidence passed = Samples.released().stage(StageName.PERF_GATE);
    StageEvidence failed =
        new StageEvidence(StageName.PERF_GATE, Verdict.FAILED, Duration.ZERO, List.of(Finding.of("slow")), Map.of());
    Evidence evidence =
        Samples.evidence(
            Mode.SANDBOX, List.of(passed, failed, Samples.released().stage(StageName.VERIFY_CANDIDATE)), List.of());

    assertThat(evidence.stages()).extracting(StageEvidence::name).containsExactly(StageName.values());
    assertThat(evidence.stage(StageName.PERF_GATE)).isEqualTo(failed);
  }

  @Test
  void aReleaseThatReachedEveryoneIsReleased() {
    assertThat(Outcome.of(Samples.released()).headline())
        .isEqualTo("Released 0.3.0 in the sandbox: every channel delivers the bytes that were built");
    assertThat(Outcome.of(Samples.releasedLive()).headline())
        .isEqualTo("Released 0.3.0: every channel delivers the bytes that were built");
    assertThat(Outcome.of(Samples.releasedLive()).command()).isEqualTo("mvn -Prelease plasmite:status -Dplasmite.mode=live");
  }

  @Test
  void passedGatesDoNotOutweighAChannelWithOtherBytes() {
    Evidence evidence =
        withChannels(new ChannelReport("npm", "official", State.DELIVERED, List.of(new Shipped("a", "1", "1", "2"))));

    Outcome outcome = Outcome.of(evidence);
    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.STOPPED);
    assertThat(outcome.headline()).contains("other bytes than were built in npm");
  }

  @Test
  void passedGatesDoNotOutweighAnOfficialChannelThatDoesNotDeliver() {
    for (State state : State.values()) {
      Evidence evidence = withChannels(new ChannelReport("npm", "official", state, List.of()));
      assertThat(Outcome.of(evidence).kind())
          .as(state.id())
          .isEqualTo(state == State.DELIVERED ? Outcome.Kind.RELEASED : Outcome.Kind.STOPPED);
    }
    assertThat(Outcome.of(Samples.evidence(Mode.LIVE, Samples.releasedLive().stages(), List.of())).kind())
        .isEqualTo(Outcome.Kind.STOPPED);
  }

  @Test
  void aPreviewChannelThatFailsIsSaidBesideTheRelease() {
    List<ChannelReport> channels = new ArrayList<>(Samples.releasedLive().channels());
    channels.set(4, new ChannelReport("homebrew", "preview", State.PUBLISHED, channels.get(4).artifacts()));
    Outcome outcome = Outcome.of(Samples.evidence(Mode.LIVE, Samples.releasedLive().stages(), channels));

    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.RELEASED);
    assertThat(outcome.headline()).contains("every official channel");
    assertThat(outcome.details()).contains("published, not delivered: homebrew");
  }

  @Test
  void filesThatNobodyReadBackAreSaidBesideTheRelease() {
    Outcome outcome =
        Outcome.of(
            withChannels(
                new ChannelReport("npm", "official", State.DELIVERED, List.of(new Shipped("a", "1", "1", null)))));

    assertThat(outcome.details()).contains("1 file of delivered channels could not be compared");
  }

  @Test
  void aStopSaysWhyWhatIsOutAndWhatToType() {
    Outcome stopped = Outcome.of(Samples.failed());
    assertThat(stopped.headline())
        .isEqualTo(
            "Stopped at verify-alignment in the sandbox: lantern-native is 0.2.0 in the lock file, the release is 0.3.0 (and 1 more)");
    assertThat(stopped.details()).contains("This run published nothing");
    assertThat(stopped.advice()).isEqualTo("mvn plasmite:bump -DnewVersion=0.3.0");
    assertThat(stopped.command()).isEqualTo("mvn -Prelease verify-alignment");

    Outcome partly = Outcome.of(Samples.partlyPublished());
    assertThat(partly.details())
        .contains(
            "OTHER BYTES than were built: npm",
            "published, not delivered: crates.io",
            "sent, not all seen there: github",
            "not known: PyPI",
            "failed: npm",
            "not begun: homebrew");
    assertThat(partly.command()).isEqualTo("mvn -Prelease publish -Dplasmite.mode=live");

    assertThat(Outcome.of(Samples.inconclusive()).kind()).isEqualTo(Outcome.Kind.INCONCLUSIVE);
  }

  @Test
  void aGateThatWasSkippedIsNotForgotten() {
    List<StageEvidence> stages = new ArrayList<>(Samples.released().stages());
    stages.set(
        2,
        new StageEvidence(
            StageName.PERF_GATE,
            Verdict.SKIPPED,
            Duration.ZERO,
            List.of(Finding.warning("plasmite.perf-gate.skip is set")),
            Map.of()));

    assertThat(Outcome.of(Samples.evidence(Mode.SANDBOX, stages, Samples.released().channels())).details())
        .contains("perf-gate was skipped: plasmite.perf-gate.skip is set");
  }

  @Test
  void aGateCannotPassOverWhatItFound() {
    StageEvidence careless =
        new StageEvidence(
            StageName.VERIFY_DELIVERY, Verdict.PASSED, Duration.ZERO, List.of(Finding.unknown("no answer")), Map.of());

    assertThat(careless.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void anEmptyRunKnowsNothing() {
    assertThat(Outcome.of(Samples.evidence(Mode.SANDBOX, List.of(), List.of())).kind())
        .isEqualTo(Outcome.Kind.NOT_RUN);
  }

  private static Evidence withChannels(ChannelReport... channels) {
    return Samples.evidence(Mode.LIVE, Samples.releasedLive().stages(), List.of(channels));
  }
}
