package dev.plasmite.publishing.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plasmite.gate.Finding;
import dev.plasmite.sandbox.Clients;
import dev.plasmite.train.Ledger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every effect of a publish, with everything that can happen to it. After a run that something happened to, and another one
 * with nothing of the first but its disk, the world is that of a run without fault, or the train stands still and says why.
 * All requests go over HTTP to the real registries of the sandbox; most uploads of cargo, npm, twine and uv are sent by
 * {@link LightClients}, and what can happen to a client happens once to each real one, too. GitHub and the tap are always
 * spoken to by the train's own clients.
 */
class FaultMatrixTest {

  private static final int LEAST = 200;
  private static final int AT_ONCE = Math.max(2, Math.min(4, Runtime.getRuntime().availableProcessors() + 1));

  private static Path directory;
  private static Product product;
  private static Map<String, String> released;
  private static Map<String, String> executables;
  private static ExecutorService threads;

  private final AtomicInteger converged = new AtomicInteger();
  private final AtomicInteger stoodStill = new AtomicInteger();

  /** The effects that are sent by real clients, too; a wheel by each of the two that a channel may name. */
  private static final Map<String, Effects> REAL =
      Map.of("cargo", Effects.SECOND_CRATE, "npm", Effects.NPM, "twine", Effects.WHEEL, "uv", Effects.WHEEL);

  /**
   * One field of the matrix.
   *
   * @param real the client that is started for real; empty for none
   */
  private record Case(Effects effect, Misfortune misfortune, String real) {

    String shown() {
      return effect.shown() + ": " + misfortune.shown() + (real.isEmpty() ? "" : ", with the real " + real);
    }

    /** Somebody else was there first with other bytes, or there are two drafts of which nobody knows the right one. */
    boolean standsStill() {
      return misfortune == Misfortune.DUPLICATE_WITH_OTHER_BYTES
          || effect == Effects.DRAFT && misfortune == Misfortune.DUPLICATE_WITH_THE_SAME_BYTES;
    }
  }

  @BeforeAll
  static void releaseOnceWithoutFault() throws IOException {
    directory = Memory.directory();
    product = Product.make(directory.resolve("product"));
    executables = Map.of("python", Clients.pythonWithTwine().toString(), "uv", Clients.uv().toString());
    World world = new World(directory.resolve("reference"), product);
    World.Run first = world.publish(Plot.none(), Set.of(), Map.of());
    assertThat(first.passed()).as(String.valueOf(first)).isTrue();
    released = world.state();
    assertThat(released).hasSize(18);
    threads = Executors.newFixedThreadPool(AT_ONCE);
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
  Stream<DynamicTest> matrix() {
    List<Case> cases = new ArrayList<>();
    for (Misfortune misfortune : Misfortune.values()) {
      for (Effects effect : Effects.values()) {
        cases.add(new Case(effect, misfortune, ""));
      }
      if (misfortune.isOfTheClient()) {
        REAL.forEach((client, effect) -> cases.add(new Case(effect, misfortune, client)));
      }
    }
    List<DynamicTest> tests = new ArrayList<>();
    for (Case one : cases) {
      Future<?> done = threads.submit(() -> {
        happen(one);
        return null;
      });
      tests.add(DynamicTest.dynamicTest(one.shown(), () -> {
        try {
          done.get();
        } catch (java.util.concurrent.ExecutionException e) {
          throw e.getCause();
        }
      }));
    }
    tests.add(DynamicTest.dynamicTest("all of the matrix", () -> count(cases)));
    return tests.stream();
  }

  private void count(List<Case> cases) {
    long real = cases.stream().filter(c -> !c.real().isEmpty()).count();
    System.out.println(
        "fault matrix: " + cases.size() + " cases (" + Effects.values().length + " effects x " + Misfortune.values().length
            + " misfortunes, and " + real + " with real cargo, npm, twine and uv): " + converged + " came to the world of a run without fault, "
            + stoodStill + " stood still with a finding");
    assertThat(cases.size()).isGreaterThanOrEqualTo(LEAST);
    assertThat(converged.get() + stoodStill.get()).isEqualTo(cases.size());
  }

  private void happen(Case one) throws IOException {
    Path place = directory.resolve(one.effect() + "-" + one.misfortune() + "-" + one.real());
    World world = new World(place, product);
    Set<String> real = one.real().isEmpty() ? Set.of() : Set.of(one.real());
    Plot plot = new Plot(one.effect(), one.misfortune());
    World.Run first = world.publish(plot, real, executables);
    Map<String, String> afterFirst = check(world, first);
    assertThat(first.result().isEmpty()).as("was killed").isEqualTo(one.misfortune().kills());
    if (one.misfortune().arrivesAtOnce() && !one.standsStill()) {
      assertThat(first.passed()).as("it arrived, whatever the client heard: %s", first.result()).isTrue();
    }
    World.Run again = world.publish(Plot.none(), Set.of(), Map.of());
    Map<String, String> state = check(world, again);
    if (one.standsStill()) {
      standsStill(one, first, afterFirst);
      standsStill(one, again, state);
      assertThat(state).as("nothing of it was touched again").isEqualTo(afterFirst);
      stoodStill.incrementAndGet();
    } else {
      assertThat(again.passed()).as("%s", again.result()).isTrue();
      assertThat(state).isEqualTo(released);
      everyEffectWasSeen(world);
      converged.incrementAndGet();
    }
    Memory.delete(place);
  }

  /** What must be true of every world at any time; and a run that says it passed has done all. */
  private static Map<String, String> check(World world, World.Run run) throws IOException {
    Map<String, String> state = world.state();
    if (run.passed()) {
      assertThat(state).as("it says that it passed").isEqualTo(released);
    }
    Set<String> registries = keys(released, "crates.io ", "npm ", "PyPI ");
    boolean isPublic = state.values().stream().anyMatch(value -> value.contains("draft false") && value.contains(" lamp " + Product.VERSION));
    if (isPublic) {
      assertThat(state.keySet()).as("public, so every registry holds it").containsAll(registries);
    }
    if (registries.stream().anyMatch(state::containsKey)) {
      assertThat(assets(state)).as("a registry has begun, so the draft is whole").isEqualTo(assets(released));
    }
    return state;
  }

  private static void standsStill(Case one, World.Run run, Map<String, String> state) {
    assertThat(run.passed()).isFalse();
    List<Finding> findings = run.result().orElseThrow().findings().stream().filter(Finding::blocks).toList();
    assertThat(findings).isNotEmpty().allSatisfy(f -> assertThat(f.remedy()).isNotEmpty());
    String what = one.effect().act.replaceFirst("^(add|publish|push|make a) ", "");
    boolean github = one.effect() == Effects.DRAFT || one.effect() == Effects.PUBLICATION;
    assertThat(findings).anySatisfy(f -> assertThat(f.what()).contains(github ? "2 releases for v" + Product.VERSION : what));
    if (!github) {
      assertThat(findings).as("both digests are told").anySatisfy(f -> assertThat(f.what()).containsPattern("(sha256|sha512|formula of).*staged is sha256 [0-9a-f]{64}"));
    }
    if (one.effect() != Effects.TAP) {
      assertThat(state.get("tap formula")).as("the tap comes last").isEqualTo(Product.formula());
    }
  }

  private static void everyEffectWasSeen(World world) {
    Map<String, String> last = new HashMap<>();
    for (JsonNode line : Ledger.peek(world.ledger())) {
      if (line.path("event").asText().equals("seen")) {
        last.put(line.path("act").asText(), line.path("holding").asText());
      }
    }
    assertThat(last).hasSize(Effects.values().length).allSatisfy((act, holding) -> assertThat(holding).as(act).isEqualTo("same"));
  }

  /** The assets, of whichever release. */
  private static Set<String> assets(Map<String, String> state) {
    Set<String> names = new java.util.TreeSet<>();
    keys(state, "GitHub release ").stream().filter(k -> k.contains(" asset ")).forEach(k -> names.add(k.replaceFirst(".* asset ", "")));
    return names;
  }

  private static Set<String> keys(Map<String, String> state, String... beginnings) {
    Set<String> keys = new java.util.TreeSet<>();
    state.keySet().stream().filter(k -> Stream.of(beginnings).anyMatch(k::startsWith)).forEach(keys::add);
    return keys;
  }
}
