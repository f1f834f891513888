package dev.plasmite.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.PerfPlan;
import dev.plasmite.gate.PerfPolicy;
import dev.plasmite.gate.Progress;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.StageResult;
import dev.plasmite.gate.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the benchmark is a shell script")
class PolicyTest extends ReleasedProduct {

  @Override
  String[] costs() {
    return new String[] {"fast 100", "slow 200", "old 50"};
  }

  private static PerfPlan with(PerfPolicy policy) {
    return PerfProduct.with(PerfProduct.perf("sh bench.sh"), policy);
  }

  private static PerfPlan advisory(String... globs) {
    PerfPlan p = PerfProduct.perf("sh bench.sh");
    return new PerfPlan(p.build(), p.run(), p.format(), p.resultFile(), p.threshold(), List.of(globs), 0, p.runTimeout());
  }

  /** What the recorded samples of the newest comparison say. */
  private StageResult again() {
    return new SamplesGate(Optional.empty()).judged(product.evidence.resolve("perf/samples.json")).result();
  }

  @Test
  void vanishedScenarioBlocksUnlessItWasDeclared() throws Exception {
    product.costs("fast 100", "slow 200");
    product.commit("without old");

    StageResult blocked = run(with(PerfPolicy.defaults()));
    assertThat(blocked.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(text(blocked)).contains("ERROR old  scenario old of v0.1.0 is gone", "<perfGate><removed>");
    assertThat(again().verdict()).isEqualTo(Verdict.FAILED);
    assertThat(text(again())).contains("ERROR samples.json  scenario old of v0.1.0 is gone");

    StageResult declared = run(with(Policies.removed("o?d")));
    assertThat(declared.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(text(declared)).contains("WARNING old  scenario old was removed, as declared");
  }

  @Test
  void newScenarioIsListedAndNotJudged() throws Exception {
    product.costs("fast 100", "slow 200", "old 50", "young 9000");
    product.commit("with young");
    StageResult result = run(with(PerfPolicy.defaults()));
    assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(text(result)).contains("WARNING young  scenario young is new");
  }

  @Test
  void nothingComparableIsInconclusive() throws Exception {
    product.costs("other 1");
    product.commit("all other");
    StageResult result = run(with(Policies.removed("*")));
    assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(text(result)).contains("UNKNOWN no scenario is measured on both sides");
  }

  @Test
  void candidateThatIsSlowInSomeRunsOnlyIsPointedOut() throws Exception {
    product.file("bench.sh", "if [ $(basename $(pwd)) = cand ]; then n=$(cat n 2>/dev/null || echo 0); echo $((n+1)) > n; fi\n"
        + "if [ $((${n:-0} % 2)) = 1 ]; then v=190; else v=75; fi; test -n \"$n\" || v=100\n"
        + "echo \"{\\\"schema\\\":1,\\\"scenarios\\\":[{\\\"key\\\":\\\"a\\\",\\\"value\\\":$v}]}\"\n");
    product.commit("every other run");
    product.retag("v0.1.0");
    next();
    StageResult result = run(with(PerfPolicy.defaults()));
    assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(text(result)).contains("WARNING a  two groups of runs: 2 of 4 runs of a took 2.5 times as long as the others, and none of v0.1.0 did");
    assertThat(again().findings()).isEqualTo(result.findings());
  }

  @Test
  void advisoryScenarioIsShownAndDoesNotBlock() throws Exception {
    product.costs("fast 100", "slow 400", "old 50");
    product.commit("slower");
    StageResult result = run(advisory("sl*"));
    assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(text(result)).contains("WARNING slow  slow is 100.0 % slower than v0.1.0 (advisory)");
  }

  @Test
  void waivedRegressionPassesUnderItsName() throws Exception {
    product.costs("fast 100", "slow 400", "old 50");
    product.commit("slower");
    assertThat(run(with(PerfPolicy.defaults())).verdict()).isEqualTo(Verdict.FAILED);
    StageResult waived = run(with(Policies.waiver("TICKET-7", "slow")));
    assertThat(waived.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(text(waived)).contains("slower than v0.1.0 (waived: TICKET-7)");
    assertThat(product.evidence.resolve("perf/samples.json")).content().contains("\"role\" : \"waived: TICKET-7\"");
    StageResult other = run(with(Policies.waiver("TICKET-8", "elsewhere")));
    assertThat(other.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(text(other)).contains("waiver TICKET-8 covers no scenario: elsewhere");
    assertThatThrownBy(() -> run(with(Policies.waiver(" ", "slow")))).isInstanceOf(Refusal.class).hasMessageContaining("without a name");
  }

  @Test
  void rerunOfABlockedCandidateShowsTheEarlierVerdict() throws Exception {
    product.costs("fast 100", "slow 400", "old 50");
    product.commit("slower");
    run(with(PerfPolicy.defaults()));
    StageResult again = run(advisory("*slow*"));
    assertThat(again.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(text(again)).contains("WARNING an earlier comparison of this commit was failed at ");
    assertThat(Files.readAllLines(product.evidence.resolve("perf/history.jsonl"))).hasSize(2);
  }

  @Test
  void triesThatMeasuredNothingAreToldTogetherAndAHistoryThatIsCutShortIsNoHindrance() throws Exception {
    next();
    for (int i = 0; i < 3; i++) {
      run(PerfProduct.perf("false"));
    }
    Path history = product.evidence.resolve("perf/history.jsonl");
    Files.writeString(history, "{\"kind\":\"ga", StandardOpenOption.APPEND);
    StageResult result = run(with(PerfPolicy.defaults()));
    assertThat(result.verdict()).as(text(result)).isEqualTo(Verdict.PASSED);
    assertThat(text(result)).containsOnlyOnce("earlier comparisons")
        .contains("3 earlier comparisons of this commit ended before a pair of runs", "a line of history.jsonl cannot be read");
    assertThat(Files.readAllLines(history)).hasSize(5);
  }

  @Test
  void slowCreepSinceAnOlderReleaseIsShown() throws Exception {
    product.costs("fast 100", "slow 218", "old 50");
    product.commit("9 % slower");
    product.tag("v0.1.1");
    product.costs("fast 100", "slow 238", "old 50");
    product.commit("9 % slower again");
    StageResult result = run(with(Policies.anchor("v0.1.0")));
    assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(text(result)).contains("WARNING slow  since v0.1.0: slow is 19.");
    assertThat(result.proof()).containsEntry("baseTag", "v0.1.1").containsEntry("anchorTag", "v0.1.0");
    assertThat(product.evidence.resolve("perf/result-anchor.json")).exists();
  }

  @Test
  void scenarioIsJudgedByItsCpuTimeWhenDeclared() throws Exception {
    product.file("cpu.sh", "n=$(cat n 2>/dev/null || echo 1); echo $((n*7%11+1)) > n\n"
        + "printf '{\"schema\":1,\"scenarios\":[{\"key\":\"a\",\"value\":%s00,\"cpu\":5}]}' $n\n");
    product.commit("with cpu");
    product.retag("v0.1.0");
    next();
    PerfPlan p = PerfProduct.perf("sh cpu.sh");
    StageResult cpu = run(PerfProduct.with(p, Policies.cpu("a")));
    assertThat(cpu.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(product.evidence.resolve("perf/samples.json")).content().contains("\"metric\" : \"cpu\"", "\"base_wall\"");
    StageResult none = run(with(Policies.cpu("fast")));
    assertThat(text(none)).contains("scenario fast is to be judged by its CPU time, and the benchmark gives none");
    assertThat(none.verdict()).isEqualTo(Verdict.FAILED);
  }

  @Test
  void timeBudgetThatIsUsedUpIsInconclusiveAndSaysSo() throws Exception {
    product.costs("fast 100", "slow 240", "old 50");
    product.commit("twenty percent");
    StageResult result = run(with(Policies.budget(Duration.ofNanos(1))));
    assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(text(result)).contains("the time budget of 0 s is used up after 2 pairs", "suspected slow: slow is 20.");
    assertThat(again().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void onlyOpenScenariosAreRunAgainWhereTheBenchmarkCanBeTold() throws Exception {
    product.file("bench.sh", "echo \"$1\" >> " + temp.resolve("asked") + "\n" + PerfProduct.STEADY);
    product.costs("fast 100", "slow 240", "old 50");
    product.commit("twenty percent");
    product.git().tagDelete().setTags("v0.1.0").call();
    product.costs("fast 100", "slow 200", "old 50");
    product.commit("base");
    product.tag("v0.1.0");
    product.costs("fast 100", "slow 240", "old 50");
    product.commit("twenty percent again");

    StageResult result = run(PerfProduct.perf("sh bench.sh {scenarios}"));

    assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(Files.readAllLines(temp.resolve("asked"))).containsExactly("", "", "", "", "", "", "slow", "slow", "slow", "slow", "slow", "slow", "slow", "slow");
    assertThat(again().verdict()).isEqualTo(Verdict.FAILED);
  }

  @Test
  void recordedSamplesGiveTheSameVerdictAgain() throws Exception {
    product.costs("fast 100", "slow 400", "old 50");
    product.commit("slower");
    StageResult live = run(with(PerfPolicy.defaults()));
    StageResult again = again();
    assertThat(again.verdict()).isEqualTo(live.verdict());
    assertThat(again.findings()).isEqualTo(live.findings());
    assertThat(again.proof()).containsEntry("samplesSha256", live.proof().get("samplesSha256"));
  }

  @Test
  void hopelesslyBusyMachineIsWaitedForAndThenInconclusive() throws Exception {
    next();
    Setting s = product.setting(product.plan(with(Policies.patience(1.0, Duration.ofMillis(1)))), Ticks.system());
    Host busy =
        new Host() {
          @Override
          HostState now() {
            return new HostState(64, 2, "powersave", "battery", 5, Double.NaN);
          }
        };
    StageResult result =
        new PerfGate(new Setting(s.plan(), s.processes(), s.environment(), s.progress(), busy, s.ticks(), s.temporary())).run(NONE);
    assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(text(result)).contains("too busy to measure: load 64.0 on 2 cores", "<maxLoadPerCore>");
    assertThat(product.lines).anyMatch(l -> l.contains("waiting for the machine to calm down"));
  }

  @Test
  void hostThatDisturbsIsWarnedOf() throws Exception {
    next();
    Setting s = product.setting(product.plan(with(PerfPolicy.defaults())), Ticks.system());
    Host hot =
        new Host() {
          private long throttled;

          @Override
          HostState now() {
            return new HostState(3, 2, "powersave", "battery", throttled++, Double.NaN);
          }
        };
    StageResult result =
        new PerfGate(new Setting(s.plan(), s.processes(), s.environment(), s.progress(), hot, s.ticks(), s.temporary())).run(NONE);
    assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(text(result)).contains("load per core up to 1.5", "ran on battery", "governor is powersave", "throttled by heat");
  }

  @Test
  void anotherGateOnThisMachineIsWaitedFor() throws Exception {
    next();
    String waits = "perf-gate: another performance gate is measuring on this machine; waiting for it, at most 20 min";
    HostWatch other = HostWatch.start(PerfProduct.CALM, HostWatch.lock(product.temporary), PerfPolicy.defaults(), line -> {});
    // The other one ends some time after this one has begun to wait, which it says.
    CountDownLatch waiting = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    Thread release =
        new Thread(
            () -> {
              try {
                waiting.await();
                Thread.sleep(300);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              ended.set(true);
              other.close();
            });
    release.start();
    List<String> measuredTooEarly = new ArrayList<>();
    Setting s = product.setting(product.plan(with(PerfPolicy.defaults())), Ticks.system());
    Progress progress =
        line -> {
          product.lines.add(line);
          if (line.equals(waits)) {
            waiting.countDown();
          } else if (line.contains("pair") && !ended.get()) {
            measuredTooEarly.add(line);
          }
        };
    StageResult result =
        new PerfGate(new Setting(s.plan(), s.processes(), s.environment(), progress, s.host(), s.ticks(), s.temporary())).run(NONE);
    waiting.countDown();
    release.join();
    assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(product.lines).contains(waits).anyMatch(line -> line.contains("pair"));
    assertThat(measuredTooEarly).isEmpty();
  }

  @Test
  void releaseComparedWithItselfPassesAndAnInjectedSlowdownIsCaught() throws Exception {
    next();
    PerfCalibration calibration = new PerfCalibration(product.setting(product.plan(with(PerfPolicy.defaults())), Ticks.system()));
    StageResult aa = calibration.aa();
    assertThat(aa.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(aa.proof()).containsKey("pairNoise").containsEntry("baseTag", "v0.1.0");
    assertThat(aa.proof().get("candidateCommit")).isEqualTo(aa.proof().get("baseCommit"));
    StageResult self = calibration.selfTest();
    assertThat(self.verdict()).as(text(self)).isEqualTo(Verdict.PASSED);
    assertThat(self.proof()).containsEntry("injected", "fast");
  }

  @Test
  void releaseThatDiffersFromItselfFailsTheCalibration() throws Exception {
    PerfCalibration calibration = new PerfCalibration(product.setting(product.plan(PerfProduct.perf("sh drunk.sh")), Ticks.system()));
    product.git().tagDelete().setTags("v0.1.0").call();
    product.file("drunk.sh", "if [ $(basename $(pwd)) = base ]; then v=10; else v=20; fi; echo \"{\\\"schema\\\":1,\\\"scenarios\\\":[{\\\"key\\\":\\\"a\\\",\\\"value\\\":$v}]}\"\n");
    product.commit("ten or twenty");
    StageResult aa = calibration.aa();
    assertThat(aa.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(text(aa)).contains("a release compared with itself was called slower");
  }

  @Test
  void recordedSamplesThatCannotBeReadSayWhy() throws Exception {
    SamplesGate gate = new SamplesGate(Optional.empty());
    assertThatThrownBy(() -> gate.report(temp.resolve("none.json"))).isInstanceOf(Refusal.class).hasMessageContaining("there is no file");
    for (var bad : List.of(
        List.of("hello", "not JSON"),
        List.of("{}", "no \"schema\":1"),
        List.of("{\"schema\":1,\"scenarios\":[{\"base\":[1]}]}", "scenario 1 has no key"),
        List.of("{\"schema\":1,\"scenarios\":[{\"key\":\"a\",\"base\":[1]}]}", "no list \"candidate\""),
        List.of("{\"schema\":1,\"scenarios\":[{\"key\":\"a\",\"base\":[\"x\"],\"candidate\":[1]}]}", "has the value \"x\""),
        List.of("{\"schema\":1,\"order\":\"ABBA\",\"scenarios\":[]}", "other letters than B and C"))) {
      Path file = Files.writeString(temp.resolve("bad.json"), bad.get(0));
      assertThatThrownBy(() -> gate.report(file)).as(bad.get(0)).isInstanceOf(Refusal.class).hasMessageContaining(bad.get(1));
    }
    Path none = Files.writeString(temp.resolve("none.json"), "{\"schema\":1,\"scenarios\":[]}");
    assertThat(gate.judged(none).result().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    Path negative = Files.writeString(temp.resolve("negative.json"), "{\"schema\":1,\"scenarios\":[{\"key\":\"a\",\"base\":[1,1],\"candidate\":[1,-1]}]}");
    assertThat(gate.judged(negative).result().findings()).extracting(Finding::what).contains("scenario a has the value -1.0");
  }
}
