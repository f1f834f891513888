package dev.plasmite.perf;

import dev.plasmite.client.Processes;
import dev.plasmite.gate.Progress;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.git.SideBySide;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/**
 * Where and with what a comparison happens.
 *
 * @param plan the release
 * @param processes starts builds and runs
 * @param environment all variables of every build and run; this process's own are not added
 * @param progress hears what happens
 * @param host this machine
 * @param ticks its clocks
 * @param temporary where the checkouts are made and removed again, and gates keep out of each other's way
 */
record Setting(
    ReleasePlan plan,
    Processes processes,
    Map<String, String> environment,
    Progress progress,
    Host host,
    Ticks ticks,
    Path temporary) {

  Setting {
    environment = Map.copyOf(environment);
  }

  /** On this machine. */
  static Setting here(ReleasePlan plan, Processes processes, Map<String, String> environment, Progress progress) {
    return new Setting(
        plan, processes, environment, progress, new Host(), Ticks.system(),
            Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** Lets no other gate measure, and leaves no checkout behind, while the work is done. */
  <T> T comparing(BenchCommand bench, SideBySide git, Function<Comparing, T> work) {
    // The lock is given back last: whoever has it takes every other scratch directory for a dead gate's.
    try (HostWatch watch = HostWatch.start(host, HostWatch.lock(temporary), plan.perf().policy(), progress);
        Scratch scratch = new Scratch(temporary)) {
      Path own = scratch.make();
      new Leftovers(temporary, progress).clear(own);
      bench.noteStrays(own);
      return work.apply(new Comparing(this, bench, git, scratch, watch));
    }
  }

  BenchCommand bench() {
    return new BenchCommand(plan.perf(), plan.repository(), processes, environment);
  }
}
