package dev.plasmite.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.gate.Journal.Event;
import dev.plasmite.gate.Refusal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes and one ledger. */
@Timeout(1800)
class LedgerLockTest {

  @TempDir Path directory;
  private Process other;

  @AfterEach
  void end() {
    if (other != null) {
      other.destroyForcibly();
    }
  }

  @Test
  void aSecondProcessIsRefusedAndTheLockGoesWithTheProcessThatHasIt() throws Exception {
    Path file = directory.resolve("ledger.jsonl");
    BufferedReader said = start(file);
    assertThat(said.readLine()).isEqualTo("open");
    assertThatThrownBy(() -> Ledger.open(file, Clock.systemUTC())).isInstanceOf(Refusal.class).hasMessageContaining("another run of the train is under way");
    assertThat(Ledger.peek(file)).as("a ledger in use can be read").isNotNull();
    other.destroyForcibly().waitFor();
    try (Ledger ledger = Ledger.open(file, Clock.systemUTC())) {
      ledger.record(Event.PLANNED, Map.of("act", "go on"));
    }
    assertThat(Ledger.peek(file)).isNotEmpty().last().satisfies(line -> assertThat(line.path("act").asText()).isEqualTo("go on"));
  }

  @Test
  void ofAProcessThatIsKilledWhileItWritesEveryLineThatItSaidItWroteIsThere() throws Exception {
    Path file = directory.resolve("ledger.jsonl");
    for (int round = 0; round < 4; round++) {
      BufferedReader said = start(file);
      int written = Integer.MIN_VALUE;
      for (int i = 0; i < 12 + 7 * round; i++) {
        String line = said.readLine();
        written = line.equals("open") ? written : Integer.parseInt(line);
      }
      other.destroyForcibly().waitFor();
      List<?> lines = Ledger.peek(file);
      assertThat(lines.size()).isGreaterThanOrEqualTo(written);
      try (Ledger ledger = Ledger.open(file, Clock.systemUTC())) {
        assertThat(ledger.lines()).hasSize(lines.size());
      }
    }
  }

  private BufferedReader start(Path file) throws IOException {
    other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                Writer.class.getName(), file.toString())
            .redirectError(Files.createTempFile(directory, "err", ".txt").toFile())
            .start();
    return new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Writes lines until it is killed, and says of each when it is written; for ten minutes at most. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) {
      long end = System.nanoTime() + 600_000_000_000L;
      try (Ledger ledger = Ledger.open(Path.of(arguments[0]), Clock.systemUTC())) {
        System.out.println("open");
        while (System.nanoTime() < end) {
          ledger.record(Event.PLANNED, Map.of("act", "publish " + "x".repeat(200)));
          System.out.println(ledger.lines().size());
        }
      }
    }
  }
}
