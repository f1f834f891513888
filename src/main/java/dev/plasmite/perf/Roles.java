package dev.plasmite.perf;

import dev.plasmite.gate.PerfPlan;
import dev.plasmite.gate.PerfPolicy.Waiver;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What the maintainer declared beforehand about scenarios, by name. */
final class Roles {

  private final Patterns advisory;
  private final Patterns cpu;
  private final Patterns removed;
  private final List<Waiver> waivers;

  Roles(PerfPlan plan) {
    this(plan.advisory(), plan.policy().cpu(), plan.policy().removed(), plan.policy().waivers());
  }

  private Roles(List<String> advisory, List<String> cpu, List<String> removed, List<Waiver> waivers) {
    this.advisory = new Patterns(advisory);
    this.cpu = new Patterns(cpu);
    this.removed = new Patterns(removed);
    this.waivers = waivers;
  }

  /** The same units and times, with nothing let through: for comparing a release with itself. */
  static Roles allGated(PerfPlan plan) {
    return new Roles(List.of(), plan.policy().cpu(), List.of(), List.of());
  }

  boolean gated(String scenario) {
    return !advisory.matches(scenario) && waiver(scenario).isEmpty();
  }

  boolean onCpuTime(String scenario) {
    return cpu.matches(scenario);
  }

  boolean mayVanish(String scenario) {
    return removed.matches(scenario);
  }

  /** The waivers that cover none of these scenarios. */
  List<Waiver> withoutUse(Collection<String> scenarios) {
    return waivers.stream().filter(w -> scenarios.stream().noneMatch(new Patterns(List.of(w.scenario()))::matches))
        .toList();
  }

  Optional<Waiver> waiver(String scenario) {
    return waivers.stream().filter(w -> new Patterns(List.of(w.scenario())).matches(scenario)).findFirst();
  }
}
