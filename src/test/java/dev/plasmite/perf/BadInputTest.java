package dev.plasmite.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.PerfPlan;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.StageResult;
import dev.plasmite.gate.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong outside the numbers: each blocks, says why, and leaves nothing behind. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the benchmark is a shell script")
class BadInputTest extends ReleasedProduct {

  @BeforeEach
  void second() throws Exception {
    next();
  }

  @AfterEach
  void nothingIsLeftBehind() throws IOException {
    try (var left = Files.list(product.temporary)) {
      assertThat(left.filter(Files::isDirectory)).isEmpty();
    }
  }

  private static PerfPlan build(String... commands) {
    PerfPlan p = PerfProduct.perf("sh bench.sh");
    return new PerfPlan(List.of(commands), p.run(), p.format(), p.resultFile(), p.threshold(), p.advisory(), 0, p.runTimeout());
  }

  private static void failed(StageResult result, String... parts) {
    assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    String all = result.findings().stream().map(Finding::toString).collect(Collectors.joining("\n"));
    assertThat(all).contains(parts);
    assertThat(result.findings()).filteredOn(Finding::blocks).allSatisfy(f -> assertThat(f.place()).isNotNull());
  }

  @Test
  void baseTagMissingOrTheCandidateItselfOrNoAncestor() throws Exception {
    PerfPlan perf = PerfProduct.perf("sh bench.sh");
    product.tag("v0.2.0");
    product.git().checkout().setOrphan(true).setName("elsewhere").call();
    product.commit("unrelated");
    product.tag("v0.0.1");
    product.git().checkout().setName("main").call();
    for (var bad : List.of(
        List.of("v9.0.0", "there is no tag v9.0.0 -> fetch it"), List.of("v0.2.0", "own commit"), List.of("v0.0.1", "no ancestor"),
        List.of("0.1.0", "there is no tag 0.1.0, but there is v0.1.0 -> set <baseTag> to v0.1.0"),
        List.of("refs/tags/v0.1.0", "but there is v0.1.0"), List.of("vv 0.1~", "there is no tag vv 0.1~"), List.of("", "there is no tag"))) {
      assertThatThrownBy(() -> product.gate(product.plan(perf, Optional.of(bad.get(0)))).run(NONE))
          .isInstanceOf(Refusal.class).hasMessageContaining(bad.get(1)).hasMessageContaining("<baseTag>");
    }
  }

  @Test
  void buildThatFailsOnOneSideNamesTheSideAndShowsWhy() throws Exception {
    product.file("build.sh", "echo cannot find the moon >&2\nexit 3\n");
    product.commit("broken");
    failed(run(build("sh build.sh")), "v0.1.0", "the build of v0.1.0 failed", "exit code");
    failed(run(build("test -f README")), "the build of v0.1.0 failed");
    product.file("build.sh", "test ! -f README || { echo cannot find the moon >&2; exit 3; }\n");
    failed(run(build("sh -c \"test ! -f README || { echo cannot find the moon >&2; exit 3; }\"")),
        "the build of candidate failed", "cannot find the moon", "exit code 3", "<perfGate><build>");
  }

  @Test
  void commandThatIsMissingOrEndsWithAnError() {
    failed(run(PerfProduct.perf("no-such-benchmark --json")), "cannot start 'no-such-benchmark --json'", "there is no such program on the PATH", "v0.1.0");
    failed(run(PerfProduct.perf("sh -c \"echo out of order >&2; exit 1\"")), "exit code 1", "out of order");
    StageResult again = new SamplesGate(Optional.empty()).judged(product.evidence.resolve("perf/samples.json")).result();
    failed(again, "exit code 1", "out of order");
  }

  @Test
  void commandThatHangsIsEndedWithItsWholeProcessTree() throws Exception {
    Path pid = temp.resolve("child.pid");
    PerfPlan p = PerfProduct.perf("sh -c \"sh -c 'echo $$ > " + pid + "; exec sleep 300' & wait\"");

    // On a machine so busy that the child was not even started, with a longer limit.
    for (int seconds = 3; !Ended.said(pid); seconds *= 4) {
      assertThat(seconds).as("the child never started").isLessThan(200);
      PerfPlan quick = new PerfPlan(p.build(), p.run(), p.format(), p.resultFile(), 0.1, List.of(), 0, Duration.ofSeconds(seconds));
      failed(run(quick), "took longer than " + seconds + " s");
    }

    Ended.await(pid);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "`` | nothing was printed",
    "warming up | not JSON",
    "`{\"results\":[]}` | no \"schema\":1",
    "`{\"schema\":1,\"scenarios\":[]}` | no scenario",
    "`{\"schema\":1,\"scenarios\":[{\"key\":\"a\",\"value\":NaN}]}` | not JSON",
    "`{\"schema\":1,\"scenarios\":[{\"key\":\"a\",\"value\":0}]}` | scenario a has the value 0.0",
    "`{\"schema\":1,\"scenarios\":[{\"key\":\"a\",\"value\":-3}]}` | scenario a has the value -3.0",
    "`{\"schema\":1,\"scenarios\":[{\"key\":\"a\",\"value\":1e999}]}` | scenario a has the value Infinity",
    "`{\"schema\":1,\"scenarios\":[{\"key\":\"a\",\"value\":1},{\"key\":\"a\",\"value\":1}]}` | scenario a is there twice",
    "`{\"schema\":1,\"scenarios\":[{\"key\":\"a\",\"value\":1,\"cpu\":-1}]}` | CPU time -1.0",
  })
  void resultThatCannotBeUsed(String printed, String message) throws Exception {
    Path result = Files.writeString(temp.resolve("printed"), printed);
    failed(run(PerfProduct.perf("cat " + result)), message, "smoke run of v0.1.0");
  }

  @Test
  void resultThatIsNotOfTheFormatIsSaidWithTheFormatsThereAre() throws Exception {
    Path result = Files.writeString(temp.resolve("printed"), "{}");
    failed(
        run(PerfProduct.perf("cat " + result)),
        "set <perfGate><format> to what it prints: plasmite, samples, hyperfine, jmh, criterion, go, pytest-benchmark; samples is the plain one");
  }

  @Test
  void scenarioThatChangesItsUnitOrGoesMissingBetweenRuns() throws Exception {
    Path count = temp.resolve("count");
    String script =
        "n=$(cat " + count + " 2>/dev/null || echo 0); n=$((n+1)); echo $n > " + count + "\n"
            + "if [ $n -gt 4 ]; then %s; else echo '{\"schema\":1,\"scenarios\":[{\"key\":\"a\",\"value\":10},{\"key\":\"b\",\"value\":1}]}'; fi\n";
    Path bench = temp.resolve("changing.sh");
    Files.writeString(bench, String.format(script, "echo '{\"schema\":1,\"scenarios\":[{\"key\":\"a\",\"value\":10,\"unit\":\"us\"},{\"key\":\"b\",\"value\":1}]}'"));
    failed(run(PerfProduct.perf("sh " + bench)), "scenario a changed its unit from ms to us", "run 2");
    Files.delete(count);
    Files.writeString(bench, String.format(script, "echo '{\"schema\":1,\"scenarios\":[{\"key\":\"a\",\"value\":10}]}'"));
    failed(run(PerfProduct.perf("sh " + bench)), "scenario b is missing from this run");
  }

  @Test
  void sidesThatRanOnDifferentRuntimesAreNotCompared() throws Exception {
    Path bench = Files.writeString(temp.resolve("runtime.sh"),
        "echo \"{\\\"schema\\\":1,\\\"runtime\\\":\\\"$(basename $(pwd))-17\\\",\\\"scenarios\\\":[{\\\"key\\\":\\\"a\\\",\\\"value\\\":1}]}\"\n");
    failed(run(PerfProduct.perf("sh " + bench)), "scenario a ran on 'cand-17' and on 'base-17'");
  }

  @Test
  void tenThousandScenariosAreCompared() throws Exception {
    String scenarios =
        IntStream.range(0, 10_000).mapToObj(i -> "{\"key\":\"s" + i + "\",\"value\":" + (i + 1) + "}").collect(Collectors.joining(","));
    Path result = Files.writeString(temp.resolve("printed"), "{\"schema\":1,\"scenarios\":[" + scenarios + "]}");
    StageResult passed = run(PerfProduct.perf("cat " + result));
    assertThat(passed.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(passed.proof()).containsEntry("scenarios", "10000");
  }

  @Test
  void resultFileOfAnEarlierRunIsNeverTakenAgain() throws Exception {
    PerfPlan p = PerfProduct.perf("sh once.sh");
    product.file("once.sh", "test -f done && exit 0; touch done; echo '{\"schema\":1,\"scenarios\":[{\"key\":\"a\",\"value\":1}]}' > out.json\n");
    product.commit("once");
    product.retag("v0.1.0");
    product.file("README", "third");
    product.commit("third");
    PerfPlan file = new PerfPlan(p.build(), p.run(), p.format(), Optional.of("out.json"), 0.1, List.of(), 0, p.runTimeout());
    failed(run(file), "the benchmark wrote no out.json", "<perfGate><resultFile>");
    PerfPlan none = new PerfPlan(
        List.of(), Optional.of("true"), "hyperfine", Optional.empty(), 0.1, List.of(), 0, Duration.ofSeconds(20));
    failed(run(none), "the benchmark wrote no hyperfine.json", "hyperfine --export-json hyperfine.json");
    PerfPlan blank = new PerfPlan(
        List.of(), Optional.of("touch out.json"), "samples", Optional.of("out.json"), 0.1, List.of(), 0, Duration.ofSeconds(20));
    failed(run(blank), "the benchmark left out.json empty");
  }

  @Test
  void resultFileOutsideTheCheckoutIsRefused() {
    PerfPlan p = PerfProduct.perf("sh bench.sh");
    PerfPlan file = new PerfPlan(p.build(), p.run(), p.format(), Optional.of("../../out.json"), 0.1, List.of(), 0, p.runTimeout());
    StageResult result = run(file);
    assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(result.findings().get(0).what()).contains("is not inside the checkout");
  }

  @Test
  void resultThatIsNotKeptWholeIsRefused() {
    failed(run(PerfProduct.perf("sh -c 'sh bench.sh; head -c 9000000 /dev/zero | tr \\\\0 \\ '")), "printed more than 8 MiB");
  }

  @Test
  void placeholderThatLetsNothingRunWhenAllAreWantedIsSaid() throws Exception {
    product.file("bench.sh", "[ \"$1\" ] && exit 1\nprintf '{\"schema\":1,\"scenarios\":[]}'\n");
    product.commit("only what is told");
    product.retag("v0.1.0");
    next();
    failed(run(PerfProduct.perf("sh bench.sh {scenarios}")), "the result has no scenario; in this run all are wanted, for which {scenarios} was ''");
  }

  @Test
  void commandInTheUsersOwnRepositoryIsRefused() {
    assertThatThrownBy(() -> run(PerfProduct.perf("sh " + product.root.resolve("bench.sh"))))
        .isInstanceOf(Refusal.class).hasMessageContaining("both sides would run the same program");
  }

  @Test
  void allMistakesOfTheConfigurationAreSaidTogether() {
    PerfPlan bad = new PerfPlan(List.of(), Optional.empty(), "xml", Optional.empty(), 0.1, List.of(), 0, Duration.ofSeconds(1));
    assertThatThrownBy(() -> run(bad)).isInstanceOf(Refusal.class).hasMessageContaining("<run>").hasMessageContaining("<format>");
    PerfPlan numbers = new PerfPlan(List.of(), Optional.of("x"), "samples", Optional.empty(), -1, List.of(), 99, Duration.ofSeconds(1));
    assertThatThrownBy(() -> run(numbers)).isInstanceOf(Refusal.class).hasMessageContaining("<threshold>").hasMessageContaining("<maxPairs>");
  }

  @Test
  void evidenceThatCannotBeWrittenIsNoPass() throws Exception {
    Files.writeString(product.evidence, "a file where a directory should be");
    assertThatThrownBy(() -> run(PerfProduct.perf("sh bench.sh")))
        .isInstanceOf(OutsideFailure.class).hasMessageContaining("cannot write the performance evidence");
  }

  @Test
  void fullDiskIsSaidAndCleanedUp() throws Exception {
    Path small = Files.createDirectory(temp.resolve("small"));
    assumeTrue(ends("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small.toString()) == 0, "needs the right to mount");
    try {
      product.file("large", "x".repeat(200_000));
      product.commit("large");
      Setting s = product.setting(product.plan(PerfProduct.perf("sh bench.sh")), Ticks.system());
      Setting full = new Setting(s.plan(), s.processes(), s.environment(), s.progress(), s.host(), s.ticks(), small);
      assertThatThrownBy(() -> new PerfGate(full).run(NONE))
          .isInstanceOf(OutsideFailure.class).hasMessageContaining("No space left");
      try (var left = Files.list(small)) {
        assertThat(left.filter(Files::isDirectory)).isEmpty();
      }
    } finally {
      assertThat(ends("umount", small.toString())).isZero();
    }
  }

  /** The gate in a JVM of its own, which can write no file of more than so many blocks. */
  public static final class Cramped {

    private Cramped() {}

    public static void main(String[] args) throws Exception {
      try (PerfProduct product = PerfProduct.existing(Path.of(args[0]))) {
        product.gate(product.plan(PerfProduct.perf("sh bench.sh"))).run(NONE);
        System.out.println("passed");
      } catch (OutsideFailure e) {
        System.out.println("blocked: " + e.getMessage());
      }
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "ulimit -f counts other blocks elsewhere")
  void fileThatCannotBeWrittenWholeIsSaidAndCleanedUp() throws Exception {
    product.file("large", "x".repeat(200_000));
    product.commit("large");
    Path said = temp.resolve("said");
    String java = ProcessHandle.current().info().command().orElseThrow();
    Process gate =
        new ProcessBuilder(
                "sh", "-c", "ulimit -f 200; exec \"$@\"", "sh", java, "-XX:-UsePerfData", "-cp",
                System.getProperty("java.class.path"), Cramped.class.getName(), temp.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    assertThat(gate.waitFor(10, TimeUnit.MINUTES)).isTrue();
    assertThat(said).content().contains("blocked: ", "large");
    assertThat(said).content().doesNotContain("passed");
  }

  @Test
  void pairInWhichTheMachineSleptIsRunAgain() {
    Sleepy clock = new Sleepy(3);
    StageResult result = new PerfGate(product.setting(product.plan(PerfProduct.perf("sh bench.sh")), clock)).run(NONE);
    assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(result.proof()).containsEntry("pairs", "2");
    assertThat(product.lines).anyMatch(l -> l.contains("slept for about 3600 s"));
    assertThat(product.evidence.resolve("perf/samples.json")).content().contains("\"counted\" : false");
  }

  @Test
  void machineThatSleepsAllTheTimeIsInconclusive() {
    StageResult result =
        new PerfGate(product.setting(product.plan(PerfProduct.perf("sh bench.sh")), new Sleepy(1000))).run(NONE);
    assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(result.findings().get(0).what()).contains("the machine slept");
  }

  private static int ends(String... argv) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(argv).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    return process.waitFor(5, TimeUnit.MINUTES) ? process.exitValue() : -1;
  }

  /** The time of day jumps an hour ahead in the middle of some pairs. */
  private static final class Sleepy implements Ticks {

    private int jumps;
    private int asked;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    Sleepy(int jumps) {
      this.jumps = jumps;
    }

    @Override
    public Instant wall() {
      asked++;
      // the third to fifth questions are asked within the first pair, and so on
      if (asked % 3 == 0 && jumps > 0 && asked > 3) {
        jumps -= 1;
        now = now.plusSeconds(3600);
      }
      return now;
    }

    @Override
    public long nanos() {
      return 0;
    }
  }
}
