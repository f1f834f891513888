package dev.plasmite.perf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import dev.plasmite.gate.Receipt;
import dev.plasmite.gate.Receipts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C in the middle of a run: a JVM of its own is told to end, as a terminal or a CI does it. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the benchmark is a shell script")
class InterruptTest {

  @TempDir Path temp;

  /** The gate in a JVM of its own: product directory, evidence, temporary directory. */
  public static final class Gate {

    private Gate() {}

    public static void main(String[] args) throws Exception {
      try (PerfProduct product = PerfProduct.existing(Path.of(args[0]))) {
        Setting setting =
            new Setting(
                product.plan(PerfProduct.perf("sh hang.sh")), new Processes(Redactor.NONE),
                Map.of("PATH", System.getenv("PATH")), System.out::println, PerfProduct.CALM, Ticks.system(), product.temporary);
        new PerfGate(setting).run(new Receipts(List.of(), new Receipt.Binding("", "", "", "")));
      }
    }
  }

  @Test
  void nothingIsLeftBehindAfterCtrlC() throws Exception {
    Path pid = temp.resolve("child.pid");
    try (PerfProduct product = new PerfProduct(temp)) {
      product.file("hang.sh", "sh -c 'echo $$ > " + pid + ".part; mv " + pid + ".part " + pid + "; exec sleep 300' & wait\n");
      product.commit("first");
      product.tag("v0.1.0");
      product.file("README", "more");
      product.commit("second");
      Process gate =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElseThrow(), "-cp", System.getProperty("java.class.path"),
                  Gate.class.getName(), temp.toString())
              .redirectErrorStream(true)
              .redirectOutput(temp.resolve("said").toFile())
              .start();
      try {
        while (!Files.exists(pid)) {
          assertThat(gate.isAlive()).as(Files.readString(temp.resolve("said"))).isTrue();
          Thread.sleep(50);
        }
        assertThat(directories(product.temporary)).isNotZero();

        gate.destroy(); // SIGTERM, which runs the same shutdown hooks as Ctrl-C

        assertThat(gate.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(directories(product.temporary)).as(Files.readString(temp.resolve("said"))).isZero();
        Ended.await(pid);
      } finally {
        gate.destroyForcibly();
      }
    }
  }

  private static long directories(Path path) throws java.io.IOException {
    try (var all = Files.list(path)) {
      return all.filter(Files::isDirectory).count();
    }
  }
}
