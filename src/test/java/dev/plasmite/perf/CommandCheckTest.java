package dev.plasmite.perf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.client.CommandLine;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.PerfPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that would not do what their author meant are refused before anything is checked out. */
class CommandCheckTest {

  private static final Path REPOSITORY = Path.of("/home/maintainer/lantern");

  private static String mistakes(List<String> build, String run, Map<String, String> environment) {
    PerfPlan plan = new PerfPlan(
        build, Optional.of(run), "samples", Optional.empty(), 0.1, List.of(), 0, Duration.ofSeconds(1));
    return new CommandCheck(plan, REPOSITORY).mistakes(environment).stream().map(Finding::toString)
        .collect(Collectors.joining("\n"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '!', quoteCharacter = '`', value = {
    "./bench | jq . ! has | in it ! sh -c '...'",
    "make bench && cat out.json ! has && in it ! sh -c '...'",
    "./bench --json > out.json ! has > in it ! sh -c '...'",
    "./bench --json >out.json ! has >out.json in it ! sh -c '...'",
    "./bench 2>&1 ! has 2>&1 in it ! sh -c '...'",
    "RUSTFLAGS=-g ./bench ! begins with a variable ! env RUSTFLAGS=-g ...",
    "./bench --only {scenario} ! has {scenario}, which is not replaced ! write {scenarios}",
    "./bench --only ${scenarios} ! has ${scenarios}, which is not replaced ! write {scenarios}",
    "./bench --only={Scenarios} ! has {Scenarios}, which is not replaced ! write {scenarios}",
    "./bench {{scenarios}} ! which is not replaced ! write {scenarios}",
    "/home/maintainer/lantern/target/release/bench ! both sides would run the same program ! relative to the checkout",
    "cargo bench --manifest-path=/home/maintainer/lantern/Cargo.toml ! both sides would run the same program ! relative",
    "sh -c 'cd /home/maintainer/lantern; ./bench' ! both sides would run the same program ! relative",
    "./bench 'open ! cannot read the command ! close the quote",
  })
  void commandIsRefusedWithItsPlaceAndRemedy(String command, String what, String remedy) {
    assertThat(mistakes(List.of(), command, Map.of())).startsWith("<perfGate><run>  ").contains(what).contains(remedy)
        .doesNotContain("\n");
    if (!command.contains("scenarios")) {
      assertThat(mistakes(List.of(command), "./bench", Map.of())).startsWith("<perfGate><build>  ").contains(what);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "sh -c './bench | jq . > out.json && cat out.json'",
    "env RUSTFLAGS=-g ./bench --size=3",
    "hyperfine -L scenario a,b './bench {scenario}' --export-json hyperfine.json",
    "go test -run ^$ -bench {scenarios} ./...",
    "cargo bench -- '^(a|b)$'",
    "./bench --only={scenarios}",
    "./bench --data /home/maintainer/lantern-data/x",
  })
  void commandThatIsMeantSoIsNot(String command) {
    assertThat(mistakes(List.of("cargo build --release"), command, Map.of("PATH", REPOSITORY + "/.venv/bin"))).isEmpty();
  }

  @Test
  void placeholderInABuildIsRefusedAsItIsOnlyReplacedInTheRun() {
    assertThat(mistakes(List.of("make {scenarios}"), "./bench", Map.of())).contains("<perfGate><build>  ", "only replaced in <perfGate><run>");
  }

  @Test
  void variableByWhichBothSidesWouldLoadTheCodeOfTheWorkTreeIsRefused() {
    assertThat(mistakes(List.of(), "pytest", Map.of("PYTHONPATH", "/usr/lib/x:" + REPOSITORY + "/src")))
        .startsWith("PYTHONPATH  the environment variable PYTHONPATH names").contains("env PYTHONPATH=...");
    assertThat(mistakes(List.of(), "pytest", Map.of("PYTHONPATH", "src"))).isEmpty();
  }

  @Test
  void commandMayBeBrokenIntoLines() {
    assertThat(CommandLine.split("\r\n    sh\r\n\t-c 'a\n  b'   \"c\td\"\n  "))
        .containsExactly("sh", "-c", "a\n  b", "c\td");
  }
}
