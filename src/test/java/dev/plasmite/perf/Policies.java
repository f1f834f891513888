package dev.plasmite.perf;

import dev.plasmite.gate.PerfPolicy;
import dev.plasmite.gate.PerfPolicy.Waiver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Default policies with one thing changed. */
final class Policies {

  private Policies() {}

  private static final PerfPolicy D = PerfPolicy.defaults();

  static PerfPolicy removed(String... globs) {
    return of(D.timeBudget(), D.cpu(), List.of(globs), D.waivers(), D.anchorTag(), false, D.maxLoadPerCore(), D.hostWait());
  }

  static PerfPolicy cpu(String... globs) {
    return of(D.timeBudget(), List.of(globs), D.removed(), D.waivers(), D.anchorTag(), false, D.maxLoadPerCore(), D.hostWait());
  }

  static PerfPolicy waiver(String name, String glob) {
    return of(D.timeBudget(), D.cpu(), D.removed(), List.of(new Waiver(name, glob, "agreed")), D.anchorTag(), false, D.maxLoadPerCore(), D.hostWait());
  }

  static PerfPolicy anchor(String tag) {
    return of(D.timeBudget(), D.cpu(), D.removed(), D.waivers(), Optional.of(tag), false, D.maxLoadPerCore(), D.hostWait());
  }

  static PerfPolicy budget(Duration budget) {
    return of(budget, D.cpu(), D.removed(), D.waivers(), D.anchorTag(), false, D.maxLoadPerCore(), D.hostWait());
  }

  static PerfPolicy firstRelease() {
    return of(D.timeBudget(), D.cpu(), D.removed(), D.waivers(), D.anchorTag(), true, D.maxLoadPerCore(), D.hostWait());
  }

  static PerfPolicy patience(double maxLoadPerCore, Duration wait) {
    return of(D.timeBudget(), D.cpu(), D.removed(), D.waivers(), D.anchorTag(), false, maxLoadPerCore, wait);
  }

  private static PerfPolicy of(
      Duration budget, List<String> cpu, List<String> removed, List<Waiver> waivers, Optional<String> anchor,
      boolean first, double load, Duration wait) {
    return new PerfPolicy(D.minimumEffect(), D.noiseFloor(), budget, cpu, removed, waivers, anchor, first, D.buildTimeout(), load, wait);
  }
}
