package dev.plasmite.perf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.gate.PerfPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A gate in a JVM of its own is told to end, as a terminal or a CI does it, or is killed. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the benchmark is a shell script")
class InterruptTest {

  @TempDir Path temp;

  /** The gate in a JVM of its own: product directory, build command or nothing, run command. */
  public static final class Gate {

    private Gate() {}

    public static void main(String[] args) throws Exception {
      try (PerfProduct product = PerfProduct.existing(Path.of(args[0]))) {
        PerfPlan p = PerfProduct.perf(args[2]);
        List<String> build = args[1].isEmpty() ? List.of() : List.of(args[1]);
        PerfPlan plan = new PerfPlan(
            build, p.run(), p.format(), p.resultFile(), p.threshold(), p.advisory(), p.maxPairs(), p.runTimeout(), p.policy());
        new PerfGate(product.setting(product.plan(plan), Ticks.system())).run(ReleasedProduct.NONE);
      }
    }
  }

  private PerfProduct product;
  private Process gate;

  @BeforeEach
  void release() throws Exception {
    product = new PerfProduct(temp);
    // Hangs at its n-th run in a checkout; until then it is a benchmark.
    String hang = "sh -c 'echo $$ > " + pid() + ".part; mv " + pid() + ".part " + pid() + "; exec sleep 300' & wait\n";
    product.costs("a 10").file("hang.sh", PerfProduct.STEADY + "[ $n -lt $1 ] ||\n" + hang);
    product.commit("first");
    product.tag("v0.1.0");
    product.file("README", "more");
    product.commit("second");
  }

  @AfterEach
  void close() {
    gate.destroyForcibly();
    product.close();
  }

  @ParameterizedTest
  @CsvSource({"in the build, sh hang.sh 1, true", "in the smoke run, '', sh hang.sh 1", "in the second pair, '', sh hang.sh 3"})
  void nothingIsLeftBehindAfterCtrlC(String when, String build, String run) throws Exception {
    hanging(build, run);

    gate.destroy(); // SIGTERM, which runs the same shutdown hooks as Ctrl-C

    assertThat(gate.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(directories()).as(when + ": " + Files.readString(temp.resolve("said"))).isEmpty();
    Ended.await(pid());
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere what a killed gate had started is not found again")
  void whatAKilledGateLeftBehindIsClearedByTheNext() throws Exception {
    ProcessHandle child = hanging("", "sh hang.sh 1");
    gate.destroyForcibly().waitFor();
    assertThat(directories()).hasSize(1);
    assertThat(child.isAlive()).isTrue();
    Path others = Files.createDirectory(product.temporary.resolve("plasmite-perf-of-somebody-else"));

    product.gate(product.plan(PerfProduct.perf("sh hang.sh 999"))).run(ReleasedProduct.NONE);

    Ended.await(pid());
    assertThat(directories()).containsExactly(others);
    assertThat(product.lines).filteredOn(line -> line.contains("a gate that was killed had left behind")).hasSize(1);
  }

  /** Starts a gate, and waits until its command hangs: that one's process. */
  private ProcessHandle hanging(String build, String run) throws Exception {
    gate =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(), "-cp", System.getProperty("java.class.path"),
                Gate.class.getName(), temp.toString(), build, run)
            .redirectErrorStream(true)
            .redirectOutput(temp.resolve("said").toFile())
            .start();
    while (!Files.exists(pid())) {
      assertThat(gate.isAlive()).as(Files.readString(temp.resolve("said"))).isTrue();
      Thread.sleep(50);
    }
    return ProcessHandle.of(Long.parseLong(Files.readString(pid()).strip())).orElseThrow();
  }

  private Path pid() {
    return temp.resolve("child.pid");
  }

  private List<Path> directories() throws IOException {
    try (var all = Files.list(product.temporary)) {
      return all.filter(Files::isDirectory).toList();
    }
  }
}
