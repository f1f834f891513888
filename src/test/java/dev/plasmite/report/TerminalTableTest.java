package dev.plasmite.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.gate.ChannelReport;
import dev.plasmite.gate.ChannelReport.Shipped;
import dev.plasmite.gate.ChannelReport.State;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalTableTest {

  @Test
  void looksAsRecorded() {
    Golden.assertMatches("released.txt", text(Samples.released()));
    Golden.assertMatches("failed.txt", text(Samples.failed()));
    Golden.assertMatches("inconclusive.txt", text(Samples.inconclusive()));
    Golden.assertMatches("partly-published.txt", text(Samples.partlyPublished()));
    Golden.assertMatches("not-delivered.txt", text(Samples.notDelivered()));
  }

  @Test
  void noNameMakesATableWiderThanTheTerminal() {
    String longName = "lantern_0.3.0_" + "x".repeat(200) + ".tar.gz";
    ChannelReport channel =
        new ChannelReport(
            "channel-" + "n".repeat(90),
            "preview",
            State.PUBLISHED,
            List.of(new Shipped(longName, Samples.sha("a"), Samples.sha("b"), null)));
    Evidence evidence =
        Samples.evidence(Samples.failed().mode(), Samples.failed().stages(), List.of(channel));

    List<String> lines = TerminalTable.lines(evidence);
    assertThat(lines.stream().filter(l -> l.contains("!"))).isNotEmpty();
    assertThat(lines.stream().filter(l -> l.startsWith("channel-"))).hasSize(1).allSatisfy(
        l -> assertThat(l.length()).isLessThanOrEqualTo(TerminalTable.WIDTH));
    assertThat(lines).anySatisfy(l -> assertThat(l).contains("lante").contains(".gz"));
  }

  @Test
  void nothingHostileReachesTheTerminal() {
    for (String line : TerminalTable.lines(Samples.hostile())) {
      assertThat(line.codePoints().allMatch(c -> c >= 0x20 && c != 0x7f && c != 0x202e && c != 0xd800)).as(line).isTrue();
    }
    for (String line : FindingsText.lines(Samples.hostile().stages().get(0).findings())) {
      assertThat(line.codePoints().allMatch(c -> c >= 0x20 && c != 0x7f && c != 0x202e && c != 0xd800)).as(line).isTrue();
    }
  }

  @Test
  void findingsAreAllThereGroupedByWeightWithPlaceAndRemedy() {
    List<String> lines =
        FindingsText.lines(
            List.of(
                Finding.warning("the lock file is old"),
                Finding.of("0.2.0 here, the release is 0.3.0").at(new Place("Cargo.toml", 3, 11)).remedy("mvn plasmite:bump"),
                Finding.simulated("CI was answered by the sandbox"),
                Finding.unknown("no answer:\n503\n503").at(Place.file("run 7")),
                Finding.of("no licence")));

    assertThat(lines)
        .containsExactly(
            "2 errors:",
            "  Cargo.toml:3:11  0.2.0 here, the release is 0.3.0 -> mvn plasmite:bump",
            "  no licence",
            "1 could not be told, which blocks like an error:",
            "  run 7  no answer:",
            "      503",
            "      503",
            "1 warning:",
            "  the lock file is old",
            "1 simulated: a stand-in answered, which proves nothing about the world:",
            "  CI was answered by the sandbox");
    assertThat(FindingsText.lines(List.of())).isEmpty();
  }

  @Test
  void durationsReadLikeSpeech() {
    assertThat(Words.duration(Duration.ofMillis(0))).isEqualTo("0.0 s");
    assertThat(Words.duration(Duration.ofMillis(843))).isEqualTo("0.8 s");
    assertThat(Words.duration(Duration.ofMillis(9_960))).isEqualTo("10 s");
    assertThat(Words.duration(Duration.ofMillis(59_600))).isEqualTo("1 min 00 s");
    assertThat(Words.duration(Duration.ofSeconds(312))).isEqualTo("5 min 12 s");
    assertThat(Words.duration(Duration.ofMinutes(61))).isEqualTo("1 h 01 min");
  }

  private static String text(Evidence evidence) {
    return String.join("\n", TerminalTable.lines(evidence)) + "\n";
  }
}
