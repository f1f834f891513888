package dev.plasmite.perf;

import dev.plasmite.perf.Recording.Scenario;
import dev.plasmite.perf.format.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** The values of one scenario while they come in. */
final class Measuring {

  private final Measurement first;
  private final boolean onCpuTime;
  private final String role;
  private final List<Double> base = new ArrayList<>();
  private final List<Double> candidate = new ArrayList<>();
  private final List<Double> otherBase = new ArrayList<>();
  private final List<Double> otherCandidate = new ArrayList<>();

  Measuring(Measurement first, boolean onCpuTime, String role) {
    this.first = first;
    this.onCpuTime = onCpuTime;
    this.role = role;
  }

  String selector() {
    return first.selector();
  }

  /** Why a measurement cannot be compared with the first one; empty when it can. */
  String mismatch(Measurement m) {
    if (!m.unit().equals(first.unit())) {
      return "scenario " + m.key() + " changed its unit from " + first.unit().name() + " to " + m.unit().name();
    }
    if (!m.runtime().equals(first.runtime())) {
      return "scenario " + m.key() + " ran on '" + m.runtime() + "' and on '" + first.runtime() + "'";
    }
    if (onCpuTime && m.cpu().isEmpty()) {
      return "scenario " + m.key() + " is to be judged by its CPU time, and the benchmark gives none";
    }
    return "";
  }

  void add(boolean ofBase, Measurement m) {
    double wall = m.unit().cost(m.value());
    OptionalDouble cpu = m.cpu().isPresent() ? OptionalDouble.of(m.unit().cost(m.cpu().getAsDouble())) : m.cpu();
    (ofBase ? base : candidate).add(onCpuTime ? cpu.orElseThrow() : wall);
    List<Double> other = ofBase ? otherBase : otherCandidate;
    if (onCpuTime) {
      other.add(wall);
    } else {
      cpu.ifPresent(other::add);
    }
  }

  Scenario recorded() {
    return new Scenario(
        first.key(), first.unit().name(), onCpuTime ? "cpu" : "wall", role, base, candidate, otherBase, otherCandidate);
  }
}
