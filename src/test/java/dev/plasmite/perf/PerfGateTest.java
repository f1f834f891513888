package dev.plasmite.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.PerfPlan;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.StageResult;
import dev.plasmite.gate.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the benchmark is a shell script")
class PerfGateTest extends ReleasedProduct {

  @Test
  void unchangedProductPassesAndLeavesItsProof() throws Exception {
    String base = product.git().getRepository().resolve("HEAD").name();
    String candidate = next();

    StageResult result = run(PerfProduct.perf("sh bench.sh"));

    assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(result.proof())
        .containsEntry("baseTag", "v0.1.0")
        .containsEntry("baseCommit", base)
        .containsEntry("candidateCommit", candidate)
        .containsEntry("pairs", "2")
        .containsKey("host");
    Path samples = product.evidence.resolve("perf/samples.json");
    assertThat(result.proof()).containsEntry("samplesSha256", dev.plasmite.artifact.Digests.of(samples).sha256());
    assertThat(product.evidence.resolve("perf/result.json")).content().contains("\"verdict\" : \"passed\"");
    assertThat(product.lines).anyMatch(l -> l.startsWith("perf-gate: pair 2 of at most 12: 0 of 2 scenarios open"));
    assertThat(product.lines).containsSubsequence(
        "perf-gate: smoke run of v0.1.0", "perf-gate: smoke run of candidate", "perf-gate: passed after 2 pairs, 2 scenarios");
  }

  @Test
  void slowerScenarioIsNamedAndBlocks() throws Exception {
    product.costs("fast 100", "slow 300");
    product.commit("slower");

    StageResult result = run(PerfProduct.perf("sh bench.sh"));

    assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(result.findings())
        .anySatisfy(
            f -> {
              assertThat(f.severity()).isEqualTo(Finding.Severity.ERROR);
              assertThat(f.what()).startsWith("slow is 50.").contains("slower than v0.1.0");
              assertThat(f.remedy()).contains("<perfGate><waivers>");
            });
  }

  @Test
  void nothingOfTheUsersRepositoryChangesAndNothingIsLeftBehind() throws Exception {
    product.costs("fast 100", "slow 200", "third 1");
    product.commit("second");
    product.file("costs", "uncommitted, and none of the gate's business");
    List<String> before = listing(product.root);

    run(PerfProduct.perf("sh bench.sh"));

    assertThat(listing(product.root)).isEqualTo(before);
    assertThat(product.temporary.toFile().list()).noneMatch(name -> new java.io.File(product.temporary.toFile(), name).isDirectory());
  }

  @Test
  void withoutAnyReleaseTagItIsInconclusiveUnlessTheFirstReleaseIsDeclared() throws Exception {
    product.git().tagDelete().setTags("v0.1.0").call();
    PerfPlan perf = PerfProduct.perf("sh bench.sh");

    StageResult blocked = run(perf);
    assertThat(blocked.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(blocked.findings()).singleElement().extracting(Finding::remedy).asString().contains("<firstRelease>");

    StageResult passed = run(PerfProduct.with(perf, Policies.firstRelease()));
    assertThat(passed.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(passed.proof()).containsEntry("firstRelease", "true");
  }

  @Test
  void missingRunCommandIsRefusedByItsParameter() {
    PerfPlan none =
        new PerfPlan(List.of(), Optional.empty(), "samples", Optional.empty(), 0.1, List.of(), 0, java.time.Duration.ofSeconds(5));
    assertThatThrownBy(() -> run(none)).isInstanceOf(Refusal.class).hasMessageContaining("<perfGate><run>");
  }

  private static List<String> listing(Path root) throws Exception {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .map(
              p -> {
                try {
                  return root.relativize(p) + " " + dev.plasmite.artifact.Digests.of(p).sha256();
                } catch (java.io.IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              })
          .sorted()
          .toList();
    }
  }
}
