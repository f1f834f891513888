package dev.plasmite.perf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recorded samples alone, as anybody may have written them: whatever is in the file, there is one verdict and a reason. */
class SamplesGateTest {

  private static final String SIX = "[1,1.01,1.02,1.01,1,1.02]";
  private static final String SLOW = "[1.6,1.61,1.62,1.61,1.6,1.62]";

  @TempDir Path temp;
  private final SamplesGate gate = new SamplesGate(Optional.empty());

  private SamplesGate.Judged judged(String text) throws Exception {
    return gate.judged(Files.writeString(temp.resolve("samples.json"), text));
  }

  private static String scenario(String more, String base, String candidate) {
    return "{\"schema\":1," + more + "\"scenarios\":[{\"key\":\"a\",\"base\":" + base + ",\"candidate\":" + candidate + "}]}";
  }

  private static String text(SamplesGate.Judged judged) {
    return judged.result().findings().stream().map(Finding::toString).collect(Collectors.joining("\n"));
  }

  @Test
  void plainFileOfAScorerIsJudgedByThePublishedCriteria() throws Exception {
    String order = "\"order\":\"BCCBCBBCCBBC\",\"trial\":0,\"look\":1,\"pairs\":6,\"max_pairs\":6,\"final\":true,";
    assertThat(judged(scenario(order, SIX, SIX)).result().verdict()).isEqualTo(Verdict.PASSED);
    SamplesGate.Judged slow = judged(scenario(order, SIX, SLOW));
    assertThat(slow.result().verdict()).isEqualTo(Verdict.FAILED);
    assertThat(slow.table()).anyMatch(line -> line.startsWith("a ") && line.endsWith("REGRESSED"));
    assertThat(judged(scenario(order, SIX, "[1.3,1,1.4,0.9,1.5,1.1]")).result().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "``|not JSON`",
    "`\u0000\u0001`|not JSON",
    "[]|no \"schema\":1",
    "null|no \"schema\":1",
    "`{\"schema\":\"1\",\"scenarios\":[]}`|no \"schema\":1",
    "`{\"schema\":2,\"scenarios\":[]}`|no \"schema\":1",
    "`{\"schema\":1,\"scenarios\":[],\"scenarios\":[]}`|uplicate",
    "`{\"schema\":1,\"scenarios\":[1]}`|scenario 1 has no key",
  })
  void fileThatIsNoRecordingIsInconclusive(String content, String reason) throws Exception {
    SamplesGate.Judged judged = judged(content == null ? "" : content);
    assertThat(judged.result().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(text(judged)).contains(content == null || content.isEmpty() ? "no \"schema\":1" : reason);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "`\"order\":\"BBBBBBCCCCCC\",`|no pairs of runs",
    "`\"unit\":\"ops/s\",`|\"unit\" is \"ops/s\", and recorded samples are milliseconds",
    "`\"better\":\"higher\",`|\"better\" is \"higher\"",
    "`\"failures\":\"none\",`|\"failures\" is no list",
    "`\"failures\":[{}],`|\"failures\" is no list",
    "`\"order\":\"BCCB\",`|has 2 pairs of runs, and the samples have 6",
    "`\"criteria\":{},`|\"criteria\" cannot be read",
    "`\"criteria\":null,`|\"criteria\" is empty",
    "`\"criteria\":{\"threshold\":1e9},`|\"criteria\" cannot be read",
    "`\"criteria\":{\"limit\":1},`|\"criteria\" cannot be read",
  })
  void samplesThatContradictThemselvesAreInconclusive(String more, String reason) throws Exception {
    SamplesGate.Judged judged = judged(scenario(more, SIX, SIX));
    assertThat(judged.result().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(text(judged)).contains(reason);
  }

  @Test
  void directionOfOneScenarioAndAByteOrderMarkAreRead() throws Exception {
    String rate = "{\"schema\":1,\"scenarios\":[{\"key\":\"a\",\"better\":\"higher\",\"base\":" + SIX + ",\"candidate\":" + SIX + "}]}";
    assertThat(text(judged(rate))).contains("\"better\" is \"higher\"", "costs");
    assertThat(judged(rate.replace("higher", "lower")).result().verdict()).isEqualTo(Verdict.PASSED);
    assertThat(judged("\uFEFF" + scenario("\"unit\":\"ms\",", SIX, SIX)).result().verdict()).isEqualTo(Verdict.PASSED);
  }

  @Test
  void roleOrMetricThatIsUnknownIsInconclusive() throws Exception {
    for (String member : List.of("\"role\":\"ignored\"", "\"metric\":\"fps\"")) {
      SamplesGate.Judged judged = judged(
          "{\"schema\":1,\"scenarios\":[{\"key\":\"a\"," + member + ",\"base\":" + SIX + ",\"candidate\":" + SIX + "}]}");
      assertThat(judged.result().verdict()).as(member).isEqualTo(Verdict.INCONCLUSIVE);
    }
  }

  @Test
  void recordingCannotBringCriteriaThatLetEverythingPass() throws Exception {
    Path recorded = temp.resolve("recorded.json");
    Recording recording = gate.report(Files.writeString(temp.resolve("s.json"), scenario("", SIX, SLOW))).recording();
    Criteria lax = Criteria.of(0.10, 0, 1e-4, 0, true);
    Recording own = new Recording(recording.base(), recording.candidate(), Optional.of(lax), "", true, "", List.of(),
        recording.scenarios(), List.of(), java.util.Map.of());
    String text = new String(new RecordingFile().write(own), StandardCharsets.UTF_8);
    assertThat(gate.judged(Files.writeString(recorded, text)).result().verdict()).isEqualTo(Verdict.FAILED);
    String raised = text.replaceAll("\"ruledOut\" : [0-9.]+", "\"ruledOut\" : 99").replaceAll("\"thresholdAtCap\" : [0-9.]+", "\"thresholdAtCap\" : 98");
    assertThat(raised).isNotEqualTo(text);
    assertThat(gate.judged(Files.writeString(recorded, raised)).result().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void fileThatIsMissingOrADirectoryOrTooLargeIsInconclusive() throws Exception {
    assertThat(text(gate.judged(temp.resolve("none")))).contains("there is no file");
    assertThat(gate.judged(temp).result().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    Path large = temp.resolve("large");
    try (var file = new java.io.RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(100L * 1024 * 1024); // sparse
    }
    assertThat(text(gate.judged(large))).contains("larger than 64 MiB");
  }

  @Test
  void nestingThatIsTooDeepIsInconclusive() throws Exception {
    assertThat(judged("[".repeat(100_000)).result().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void tableShowsNamesWithoutWhatSteersATerminal() throws Exception {
    String key = "a\\u001b[2Jb\\n" + "x".repeat(100);
    String many = IntStream.range(0, 40).mapToObj(i -> "{\"key\":\"" + key + i + "\",\"base\":" + SIX + ",\"candidate\":" + SIX + "}")
        .collect(Collectors.joining(","));
    List<String> table = judged("{\"schema\":1,\"final\":true,\"scenarios\":[" + many + "]}").table();
    assertThat(table).hasSizeLessThan(20).anyMatch(line -> line.equals("and 28 more"));
    assertThat(String.join("", table)).doesNotContain("\u001b").contains("a?[2Jb?");
    assertThat(table).allMatch(line -> line.length() <= 130);
  }
}
