package dev.plasmite.perf.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plasmite.gate.Refusal;
import dev.plasmite.perf.format.BenchmarkFormat.Result;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The results in src/test/resources/perf were written by the tools themselves (Plasmite's by its documented shape). */
class FormatsTest {

  private static Path resource(String name) throws URISyntaxException {
    return Path.of(FormatsTest.class.getResource("/perf/" + name).toURI());
  }

  private static List<Measurement> read(String format, String name) throws IOException, URISyntaxException {
    return Formats.named(format).read(Result.text(Files.readString(resource(name))));
  }

  @Test
  void plasmiteScenarioIsAllThatMakesTheRunAndIsSelectedByItsBench() throws Exception {
    List<Measurement> all = read("plasmite", "plasmite.json");
    assertThat(all).extracting(Measurement::key).containsExactly(
        "append|dur=fast|writers=1|payload=1024|pool=67108864|notes=core payload reused per append",
        "append|dur=flush|writers=1|payload=1024|pool=67108864|notes=core payload reused per append",
        "get_scan|dur=fast|writers=0|payload=128|pool=1048576|notes=n/a");
    assertThat(all).extracting(Measurement::selector).containsExactly("append", "append", "get_scan");
    assertThat(all.get(0).unit().cost(all.get(0).value())).isEqualTo(0.00125);
    assertThat(all.get(0).cpu()).isEmpty();
    assertThat(all.get(1).cpu()).hasValue(0.01);
  }

  @Test
  void hyperfineGivesTheMedianInSecondsAndTheCpuTime() throws Exception {
    List<Measurement> all = read("hyperfine", "hyperfine.json");
    assertThat(all).extracting(Measurement::key).containsExactly("true", "sleep");
    assertThat(all.get(1).unit().cost(all.get(1).value())).isCloseTo(11.160074, within(1e-9));
    assertThat(all.get(1).cpu().getAsDouble()).isCloseTo(0.0005768 + 0.0004216, within(1e-12));
  }

  @Test
  void hyperfineScenarioIsTheCommandWithItsParameters() throws Exception {
    List<Measurement> all = read("hyperfine", "hyperfine-parameters.json");
    assertThat(all).extracting(Measurement::key).containsExactly(
        "head -c 1k /dev/zero{size=1, unit=k}", "head -c 2k /dev/zero{size=2, unit=k}",
        "head -c 1M /dev/zero{size=1, unit=M}", "head -c 2M /dev/zero{size=2, unit=M}");
    assertThat(all).extracting(Measurement::selector).startsWith("head -c 1k /dev/zero");
    assertThat(all.get(0).unit().cost(all.get(0).value())).isCloseTo(8.0905495, within(1e-9));
  }

  @Test
  void jmhTakesTheDirectionFromTheUnit() throws Exception {
    List<Measurement> all = read("jmh", "jmh-result.json");
    assertThat(all).extracting(Measurement::key).containsExactly(
        "example.Lantern.count:thrpt{size=10}", "example.Lantern.count:thrpt{size=1000}",
        "example.Lantern.sort:avgt{size=10}", "example.Lantern.sort:avgt{size=1000}");
    assertThat(all.get(0).unit().better()).isEqualTo(Unit.Better.HIGHER);
    assertThat(all.get(0).unit().cost(1000)).isEqualTo(1.0);
    assertThat(all.get(2).unit()).isEqualTo(new Unit("us/op", Unit.Better.LOWER, 1e-3));
    assertThat(all.get(2).runtime()).isEqualTo("OpenJDK 64-Bit Server VM 17.0.15+6-Debian-1deb12u1 []");
  }

  @Test
  void criterionFolderGivesTheMedianOfTheNewestRunOfGroupsAndParameters() throws Exception {
    List<Measurement> all = Formats.named("criterion").read(new Result("", resource("criterion")));
    assertThat(all).extracting(Measurement::key).containsExactlyInAnyOrder(
        "copy/1024", "copy/16", "copy/twice/1024", "copy/twice/16", "flat/sort/unstable", "sum", "a sum, more: 50% of \"it\"");
    Map<String, Double> expected = Map.of("sum", 1.747086447917678e-6, "copy/twice/16", 32.165840398737096e-6, "flat/sort/unstable", 24.175833396902892e-6);
    all.forEach(m -> assertThat(m.unit().cost(m.value())).as(m.key())
        .isCloseTo(expected.getOrDefault(m.key(), m.unit().cost(m.value())), within(1e-15)));
  }

  @Test
  void criterionFolderOfAnOlderReleaseIsReadToo() throws Exception {
    List<Measurement> all = Formats.named("criterion").read(new Result("", resource("criterion-0.3")));
    assertThat(all).extracting(Measurement::key).containsExactlyInAnyOrder("copy/16", "copy/twice/16", "sum");
    assertThat(all).filteredOn(m -> m.key().equals("sum")).singleElement().extracting(Measurement::value).isEqualTo(2.2528766506525866);
  }

  @Test
  void criterionFolderOfABaselineOrOfChangesAloneIsNoResult(@TempDir Path folder) throws Exception {
    for (String other : List.of("base", "change")) {
      Path to = Files.createDirectories(folder.resolve("sum").resolve(other));
      Files.copy(resource("criterion/sum/new/estimates.json"), to.resolve("estimates.json"));
      Files.copy(resource("criterion/sum/new/benchmark.json"), to.resolve("benchmark.json"));
    }
    assertThat(Formats.named("criterion").read(new Result("", folder))).isEmpty();
    Path to = Files.createDirectories(folder.resolve("sum/new"));
    Files.copy(resource("criterion/sum/new/estimates.json"), to.resolve("estimates.json"));
    assertThatThrownBy(() -> Formats.named("criterion").read(new Result("", folder)))
        .isInstanceOf(UnreadableResult.class).hasMessage("sum/new/estimates.json has no benchmark.json beside it");
  }

  @Test
  void goTextGivesNanosecondsPerOperationUnderItsPackage() throws Exception {
    List<Measurement> all = read("go", "go-bench.txt");
    assertThat(all).extracting(Measurement::key).containsExactly(
        "example.org/lantern.BenchmarkSort-2",
        "example.org/lantern.BenchmarkCopy/small-2",
        "example.org/lantern.BenchmarkCopy/large-2");
    assertThat(Formats.named("go").selection(List.of(all.get(0).selector(), all.get(1).selector())))
        .isEqualTo("^BenchmarkSort(-2)?$|^BenchmarkCopy$/^small(-2)?$");
    assertThat(all.get(1).value()).isEqualTo(50.52);
  }

  @Test
  void goNameThatItselfEndsWithANumberKeepsItOnOneProcessorAndOnMany() throws Exception {
    String lines = Files.readString(resource("go-bench-numbered.txt"));
    List<Measurement> one = Formats.named("go").read(Result.text(lines.substring(0, lines.indexOf("# on 8"))));
    List<Measurement> eight = Formats.named("go").read(Result.text(lines.substring(lines.indexOf("# on 8"))));
    assertThat(one).extracting(Measurement::key).containsExactly(
        "example.org/lantern.BenchmarkSort", "example.org/lantern.BenchmarkCopy/size-8",
        "example.org/lantern.BenchmarkCopy/size-16", "example.org/lantern.BenchmarkCopy/a_b/size-8",
        "example.org/lantern.BenchmarkCopy/x[1]|y(2)");
    assertThat(eight).extracting(Measurement::key).containsExactlyElementsOf(one.stream().map(m -> m.key() + "-8").toList());
    // On one processor size-8 is a name, on eight it is what is printed for size; -bench finds either.
    BenchmarkFormat go = Formats.named("go");
    assertThat(go.selection(List.of(one.get(1).selector()))).isEqualTo("^BenchmarkCopy$/^size(-8)?$");
    assertThat(go.selection(List.of(eight.get(1).selector()))).isEqualTo("^BenchmarkCopy$/^size-8(-8)?$");
    assertThat(go.selection(List.of(one.get(4).selector()))).isEqualTo("^BenchmarkCopy$/^x\\[1\\]\\|y\\(2\\)$");
  }

  @Test
  void goBenchmarkThatPrintsInBetweenKeepsItsNumbers() throws Exception {
    List<Measurement> all = read("go", "go-bench-noisy.txt");
    assertThat(all).extracting(Measurement::selector).containsExactly(
        "BenchmarkMem-2", "BenchmarkSub/size-8-2", "BenchmarkSub/a_b/c-2", "BenchmarkSub/x=1,y=2-2", "BenchmarkSub/\u00fc-2",
        "BenchmarkCustom-2", "BenchmarkPrints-2", "BenchmarkErr-2", "BenchmarkLogs-2");
    assertThat(all).extracting(Measurement::value).contains(1028.0, 1282.0, 2373.0);
    assertThat(Formats.named("go").read(Result.text(Files.readString(resource("go-bench-noisy.txt")).replace("\n", "\r\n")))).isEqualTo(all);
  }

  @Test
  void jmhModesAndUnitsOfAllKindsAreCostsTheRightWayRound() throws Exception {
    List<Measurement> all = read("jmh", "jmh-modes.json");
    String param = "{odd=a \"b\" {c}}";
    assertThat(all).extracting(m -> m.key() + " " + m.unit().name() + " " + m.unit().better()).containsExactlyInAnyOrder(
        "example.Lantern.sum:thrpt" + param + " ops/us HIGHER", "example.Lantern.sum:avgt" + param + " us/op LOWER",
        "example.Lantern.sum:sample" + param + " us/op LOWER", "example.Lantern.sum:ss" + param + " us/op LOWER",
        "example.Lantern.daily:thrpt" + param + " ops/day HIGHER", "example.Lantern.batch:ss" + param + " us/op LOWER");
    assertThat(all).allSatisfy(m -> assertThat(m.unit().cost(m.value())).isBetween(1e-7, 1.0)); // none is off by a unit
    assertThat(all).filteredOn(m -> m.key().contains("batch")).singleElement().extracting(Measurement::runtime).asString()
        .endsWith(", threads 2, batch 10");
    assertThat(all).filteredOn(m -> m.key().contains("sum")).extracting(Measurement::runtime).allSatisfy(r ->
        assertThat(r).startsWith("OpenJDK 64-Bit Server VM 17.0.15+6-Debian-1deb12u1 [").endsWith("]"));
  }

  @Test
  void pytestTimerThatIsNotTheUsualOneIsPartOfWhatIsCompared() throws Exception {
    String usual = Files.readString(resource("benchmark.json"));
    String other = usual.replaceFirst("\"timer\": \"perf_counter\"", "\"timer\": \"process_time\"");
    String runtime = Formats.named("pytest-benchmark").read(Result.text(usual)).get(0).runtime();
    assertThat(Formats.named("pytest-benchmark").read(Result.text("\uFEFF" + other)).get(0).runtime())
        .isEqualTo(runtime + ", timer process_time");
  }

  @Test
  void pytestGivesTheMedianInSeconds() throws Exception {
    List<Measurement> all = read("pytest-benchmark", "benchmark.json");
    assertThat(all).extracting(Measurement::key).contains("test_x.py::test_sum[10]", "test_x.py::test_sorted");
    assertThat(all).extracting(Measurement::selector).contains("test_sum[10]", "test_sorted");
    assertThat(all.get(0).unit()).isEqualTo(new Unit("s", Unit.Better.LOWER, 1000));
  }

  @Test
  void plainSamplesHaveAUnitOnTopOrOfTheirOwn() {
    List<Measurement> all =
        Formats.named("samples").read(Result.text(
            "{\"schema\":1,\"unit\":\"us\",\"scenarios\":[{\"key\":\"a\",\"value\":5,\"cpu\":4},{\"key\":\"b\",\"value\":10,\"unit\":\"MB/s\",\"better\":\"higher\"}]}"));
    assertThat(all.get(0).unit().cost(all.get(0).value())).isEqualTo(0.005);
    assertThat(all.get(0).cpu()).hasValue(4);
    assertThat(all.get(1).unit().cost(all.get(1).value())).isEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource({
    "ns, LOWER, 1e-6", "ms/op, LOWER, 1", "s, LOWER, 1000", "min/op, LOWER, 60000", "hr/op, LOWER, 3600000",
    "ops/s, HIGHER, 1000", "ops/ms, HIGHER, 1", "ops/us, HIGHER, 1e-3",
    "ops/day, HIGHER, 86400000"
  })
  void unitsAreTimesOrRates(String name, Unit.Better better, double milliseconds) {
    assertThat(Unit.of(name)).contains(new Unit(name, better, milliseconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "B/op", "furlongs", "/s", "allocs/op", "S"})
  void otherUnitsAreUnknown(String name) {
    assertThat(Unit.of(name)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "plasmite  | `` | nothing was printed",
    "plasmite  | `warming up` | not JSON at line 1",
    "plasmite  | `{\"results\":[{\"bench\":\"a\",\"ms_per_msg\":NaN}]}` | not JSON",
    "plasmite  | `{\"results\":[{\"bench\":\"a\",\"ms_per_msg\":null}]}` | has no number 'ms_per_msg'",
    "plasmite  | `{\"results\":[{\"ms_per_msg\":1}]}` | result 1 has no text 'bench'",
    "plasmite  | `{\"other\":1}` | no list 'results'",
    "plasmite  | `{\"results\":[],\"results\":[]}` | uplicate",
    "plasmite  | `{\"results\":[]} and more` | not JSON",
    "samples   | `{\"scenarios\":[]}` | no \"schema\":1",
    "samples   | `{\"schema\":1,\"scenarios\":[{\"key\":\"a\",\"base\":[1],\"candidate\":[1]}]}` | -Dplasmite.perf.samples=FILE",
    "samples   | `{\"schema\":1,\"unit\":\"stones\",\"scenarios\":[{\"key\":\"a\",\"value\":1}]}` | unit 'stones'; known are",
    "samples   | `{\"schema\":1,\"unit\":\"ms\",\"better\":\"higher\",\"scenarios\":[{\"key\":\"a\",\"value\":1}]}` | says otherwise",
    "samples   | `{\"schema\":1,\"scenarios\":[{\"key\":\"a\",\"value\":\"1\"}]}` | no number 'value'",
    "hyperfine | `{\"results\":[{\"command\":\"a\",\"median\":1,\"exit_codes\":[0,3]}]}` | exit code 3",
    "hyperfine | `{\"results\":[{\"command\":\"a\",\"median\":1,\"exit_codes\":[0,null]}]}` | exit code unknown, by a signal",
    "samples   | `{\"schema\":1,\"scenarios\":[{\"key\":\"a\",\"value\":1,\"cpu\":\"1\"}]}` | no number 'cpu'",
    "plasmite  | `{\"results\":[{\"bench\":\"a\",\"ms_per_msg\":1,\"cpu_ms_per_msg\":\"1\"}]}` | no number 'cpu_ms_per_msg'",
    "jmh       | `{\"benchmark\":1}` | not the list that JMH writes",
    "jmh       | `[{\"benchmark\":\"a\",\"mode\":\"avgt\",\"primaryMetric\":{\"score\":\"NaN\",\"scoreUnit\":\"us/op\"}}]` | no number 'score'",
    "jmh       | `[{\"benchmark\":\"a\",\"mode\":\"thrpt\",\"primaryMetric\":{\"score\":1,\"scoreUnit\":\"us/op\"}}]` | mode thrpt with the unit us/op",
    "go        | `PASS` | no line of a benchmark",
    "go        | `BenchmarkA-2 10 5 B/op` | no ns/op",
    "go        | `BenchmarkA-2 10 x ns/op` | no number before ns/op",
    "go        | `BenchmarkA-2  \t 10\t 5 ns/op\nBenchmarkB-2  \thello     100\t      1177 ns/op` | no numbers of BenchmarkB-2",
    "go        | `BenchmarkA-2  \t 10\t 5 ns/op\nhello     100\t      1177 ns/op` | no benchmark's name before the numbers",
    "pytest-benchmark | `{\"benchmarks\":[{\"fullname\":\"a\",\"stats\":{}}]}` | no number 'median'",
    "criterion | `{}` | Criterion writes a folder",
  })
  void unreadableResultSaysWhatIsWrong(String format, String text, String message) {
    assertThatThrownBy(() -> Formats.named(format).read(Result.text(text)))
        .isInstanceOf(UnreadableResult.class)
        .hasMessageContaining(message);
  }

  @Test
  void unknownFormatIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> Formats.named("xml"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("<perfGate><format>")
        .hasMessageContaining("plasmite, samples, hyperfine, jmh, criterion, go, pytest-benchmark");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "plasmite | append | `append,a%2Cb/1.x` | ``",
    "hyperfine | append | `append,a%2Cb/1.x` | ``",
    "go | append | `^append$|^a,b$/^1\\.x$` | .",
    "jmh | append | `^(append|a,b/1\\.x)$` | .",
    "criterion | append | `^(append|a,b/1\\.x)$` | .",
    "pytest-benchmark | append | `` | ``",
  })
  void toolsAreToldWhichScenariosToRunAsTheyWantIt(String format, String first, String both, String all) {
    BenchmarkFormat f = Formats.named(format);
    assertThat(f.selection(List.of(first, "a,b/1.x"))).isEqualTo(both);
    assertThat(f.selection(List.of(first, first, "a,b/1.x"))).isEqualTo(both);
    assertThat(f.selection(List.of())).isEqualTo(all);
  }

  @Test
  void pytestIsToldNamesWithOrBetweenThem() {
    assertThat(Formats.named("pytest-benchmark").selection(List.of("test_sum[10]", "test_sorted"))).isEqualTo("test_sum[10] or test_sorted");
  }
}
