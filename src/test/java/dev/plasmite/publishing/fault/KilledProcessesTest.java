package dev.plasmite.publishing.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.sandbox.Clients;
import dev.plasmite.sandbox.loopback.Fault;
import dev.plasmite.sandbox.loopback.Request;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A publish in a process of its own, with the real client of a channel, is ended with SIGKILL together with that client, while an
 * effect's request is with its server: before the server has done anything, and when it has done all. Then another process
 * publishes to the same world.
 */
class KilledProcessesTest {

  private static final Set<String> CLIENTS = Set.of("cargo", "npm", "twine");

  private static Path directory;
  private static Product product;
  private static Map<String, String> released;
  private static String python;
  private static ExecutorService threads;

  @BeforeAll
  static void releaseOnceWithoutAKill() throws IOException {
    directory = Memory.directory();
    python = Clients.pythonWithTwine().toString();
    product = Product.make(directory.resolve("product"));
    World world = new World(directory.resolve("reference"), product);
    World.Run first = world.publish(Plot.none(), Set.of(), Map.of());
    assertThat(first.passed()).as(String.valueOf(first)).isTrue();
    released = world.state();
    threads = Executors.newFixedThreadPool(2);
  }

  @AfterAll
  static void end() throws IOException, InterruptedException {
    if (threads != null) {
      threads.shutdownNow();
      threads.awaitTermination(1, TimeUnit.MINUTES);
    }
    Memory.delete(directory);
  }

  @TestFactory
  Stream<DynamicTest> killed() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Effects effect : List.of(Effects.ASSET_2, Effects.SECOND_CRATE, Effects.NPM, Effects.WHEEL, Effects.TAP)) {
      for (boolean arrived : List.of(false, true)) {
        Future<?> done = threads.submit(() -> {
          kill(effect, arrived);
          return null;
        });
        tests.add(DynamicTest.dynamicTest(effect.shown() + (arrived ? ", when it has arrived" : ", before it has arrived"), () -> {
          try {
            done.get();
          } catch (java.util.concurrent.ExecutionException e) {
            throw e.getCause();
          }
        }));
      }
    }
    return tests.stream();
  }

  private static void kill(Effects effect, boolean arrived) throws Exception {
    Path place = directory.resolve(effect + "-" + arrived);
    Process train =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), Train.class.getName(), place.toString(), directory.resolve("product").toString(),
                effect.name(), String.valueOf(arrived), python)
            .redirectError(Files.createTempFile(directory, "train", ".txt").toFile())
            .start();
    try (BufferedReader said = new BufferedReader(new InputStreamReader(train.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(said.readLine()).isEqualTo("the server has it");
      if (arrived) {
        Thread.sleep(1000); // to write it to the disk; a kill that comes too early is the other case
      }
      List<ProcessHandle> clients = train.descendants().toList();
      train.destroyForcibly().waitFor();
      clients.forEach(ProcessHandle::destroyForcibly);
      if (CLIENTS.contains(effect.client)) {
        assertThat(clients).as("its client was at work").isNotEmpty();
      }
    } finally {
      train.destroyForcibly();
    }
    World world = new World(place, product);
    Map<String, String> left = world.state();
    assertThat(left).as("nothing but what is due is there").allSatisfy((name, value) -> {
      boolean before = name.startsWith("tap ") || name.equals("GitHub release 1"); // old until they are new
      assertThat(before || value.equals(released.get(name))).as(name).isTrue();
    });
    if (effect != Effects.TAP || !arrived) { // after the last one nothing but the ledger is short of anything
      assertThat(left).as("it was killed in the middle").isNotEqualTo(released);
    }
    World.Run again = world.publish(Plot.none(), Set.of(), Map.of());
    assertThat(again.passed()).as("%s", again.result()).isTrue();
    assertThat(world.state()).isEqualTo(released);
  }

  /** Publishes with the real client, and stops when a server has the request of an effect. */
  static final class Train {
    private Train() {}

    public static void main(String[] arguments) throws IOException {
      Effects effect = Effects.valueOf(arguments[2]);
      boolean arrived = Boolean.parseBoolean(arguments[3]);
      Plot plot =
          new Plot(effect, Misfortune.SLOW) {
            @Override
            Fault fate(String server, Request request) {
              Fault fate = super.fate(server, request);
              if (fate.delay().isZero()) {
                return fate;
              }
              System.out.println("the server has it");
              return Fault.of(arrived ? Fault.Kind.NONE : Fault.Kind.RESET_BEFORE).delayed(Duration.ofMinutes(1));
            }
          };
      new World(Path.of(arguments[0]), Product.at(Path.of(arguments[1]))).publish(plot, CLIENTS.contains(effect.client) ? Set.of(effect.client) : Set.of(), Map.of("python", arguments[4]));
    }
  }
}
