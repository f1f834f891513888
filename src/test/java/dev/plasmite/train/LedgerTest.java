package dev.plasmite.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.gate.Journal.Event;
import dev.plasmite.gate.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

  private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void threeLines() {
    file = directory.resolve("ledger.jsonl");
    try (Ledger ledger = Ledger.open(file, NOON)) {
      ledger.record(Event.PLANNED, Map.of("act", "publish a"));
      ledger.record(Event.SENT, Map.of("act", "publish a"));
      ledger.record(Event.SEEN, Map.of("act", "publish a", "holding", "same"));
    }
  }

  @Test
  void keepsWhatWasWritten() {
    assertThat(Ledger.peek(file)).extracting(line -> line.path("event").asText()).containsExactly("planned", "sent", "seen");
    assertThat(Ledger.peek(file)).extracting(line -> line.path("seq").asInt()).containsExactly(1, 2, 3);
    assertThat(Ledger.peek(file).get(0).path("at").asText()).isEqualTo("2026-11-22T12:00:00Z");
  }

  @Test
  void goesOnWhereTheLastRunStopped() {
    try (Ledger again = Ledger.open(file, NOON)) {
      again.record(Event.VERIFIED, Map.of());
    }
    assertThat(Ledger.peek(file)).hasSize(4);
  }

  @Test
  void cutsOffALineThatAKilledRunWroteInPart() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Files.writeString(file, "{\"seq\":4,\"prev\":\"", StandardOpenOption.APPEND);
    assertThat(Ledger.peek(file)).hasSize(3);
    try (Ledger again = Ledger.open(file, NOON)) {
      assertThat(again.lines()).hasSize(3);
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(whole);
  }

  @Test
  void findsAnEditInAnyLine() throws IOException {
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      List<String> edited = new java.util.ArrayList<>(lines);
      edited.set(i, edited.get(i).replace("publish a", "publish b"));
      Files.write(file, edited);
      int number = i + 1;
      assertThatThrownBy(() -> Ledger.open(file, NOON)).isInstanceOf(Refusal.class).hasMessageContaining("line " + number);
    }
  }

  @Test
  void findsALineThatWasTakenOutOrMoved() throws IOException {
    List<String> lines = Files.readAllLines(file);
    Files.write(file, List.of(lines.get(0), lines.get(2)));
    assertThatThrownBy(() -> Ledger.peek(file)).isInstanceOf(Refusal.class).hasMessageContaining("line 2");
    Files.write(file, List.of(lines.get(1), lines.get(0), lines.get(2)));
    assertThatThrownBy(() -> Ledger.peek(file)).isInstanceOf(Refusal.class).hasMessageContaining("line 1");
  }

  @Test
  void findsLinesThatWereCutOffTheEnd() throws IOException {
    List<String> lines = Files.readAllLines(file);
    Files.write(file, lines.subList(0, 2));
    assertThatThrownBy(() -> Ledger.open(file, NOON)).isInstanceOf(Refusal.class).hasMessageContaining("line 3").hasMessageContaining("up to line 3, is gone");
    assertThatThrownBy(() -> Ledger.peek(file)).isInstanceOf(Refusal.class);
    byte[] half = (String.join("\n", lines) + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Files.write(file, java.util.Arrays.copyOf(half, half.length - 5)); // as a killed run would leave a line that never counted
    assertThatThrownBy(() -> Ledger.open(file, NOON)).isInstanceOf(Refusal.class).hasMessageContaining("is gone");
    Files.write(file, new byte[0]);
    assertThatThrownBy(() -> Ledger.open(file, NOON)).isInstanceOf(Refusal.class).hasMessageContaining("line 1");
  }

  @Test
  void findsAHeadThatIsGoneOrOfAnotherLedger() throws IOException {
    Path head = directory.resolve("ledger.jsonl.head");
    byte[] good = Files.readAllBytes(head);
    Files.writeString(head, "000000000003 " + "a".repeat(64) + "\n");
    assertThatThrownBy(() -> Ledger.open(file, NOON)).isInstanceOf(Refusal.class).hasMessageContaining("line 3");
    Files.writeString(head, "three");
    assertThatThrownBy(() -> Ledger.open(file, NOON)).isInstanceOf(Refusal.class).hasMessageContaining("ledger.jsonl.head");
    Files.delete(head);
    assertThatThrownBy(() -> Ledger.open(file, NOON)).isInstanceOf(Refusal.class).hasMessageContaining("ledger.jsonl.head");
    Files.write(head, good);
    Ledger.open(file, NOON).close();
  }

  @Test
  void aRunThatIsKilledBetweenALineAndTheHeadGoesOn() throws IOException {
    Path head = directory.resolve("ledger.jsonl.head");
    byte[] before = Files.readAllBytes(head);
    try (Ledger ledger = Ledger.open(file, NOON)) {
      ledger.record(Event.VERIFIED, Map.of());
    }
    Files.write(head, before);
    try (Ledger again = Ledger.open(file, NOON)) {
      assertThat(again.lines()).hasSize(4);
    }
    assertThat(Files.readString(head)).startsWith("000000000004 ");
  }

  @Test
  void whoMovesALedgerAwayStartsAfresh() throws IOException {
    Files.delete(file);
    try (Ledger fresh = Ledger.open(file, NOON)) {
      assertThat(fresh.lines()).isEmpty();
    }
  }

  @Test
  void tellsStagesWhatTheyWroteAndNotTheTrainsOwnLines() {
    try (Ledger ledger = Ledger.open(file, NOON)) {
      ledger.append(Ledger.VERDICT, new com.fasterxml.jackson.databind.ObjectMapper().createObjectNode().put("stage", "publish"));
      assertThat(ledger.entries()).extracting(entry -> entry.event()).containsExactly(Event.PLANNED, Event.SENT, Event.SEEN);
      assertThat(ledger.entries().get(2).facts()).isEqualTo(Map.of("act", "publish a", "holding", "same"));
      assertThat(ledger.entries().get(2).at()).isEqualTo("2026-11-22T12:00:00Z");
    }
  }

  @Test
  void refusesASecondRunWhileOneIsUnderWay() {
    Ledger first = Ledger.open(file, NOON);
    assertThatThrownBy(() -> Ledger.open(file, NOON)).isInstanceOf(Refusal.class).hasMessageContaining("under way");
    first.close();
    Ledger.open(file, NOON).close();
  }
}
