package dev.plasmite.channel;

import dev.plasmite.artifact.Artifact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The order in which crates of one release must be published: a crate comes after those of this release that it depends on,
 * for a registry refuses it before. Where nothing says otherwise the given order stays.
 */
final class CrateOrder {

  private CrateOrder() {}

  /**
   * Orders crates.
   *
   * @param nameOf a crate's package
   */
  static List<Artifact> of(List<Artifact> crates, Function<Artifact, String> nameOf) {
    if (crates.size() < 2) {
      return crates;
    }
    Map<String, CrateManifest> manifests = new LinkedHashMap<>();
    crates.forEach(crate -> manifests.put(nameOf.apply(crate), CrateManifest.of(crate)));
    List<Artifact> left = new ArrayList<>(crates);
    List<Artifact> ordered = new ArrayList<>();
    while (!left.isEmpty()) {
      Set<String> waiting = new TreeSet<>();
      left.forEach(crate -> waiting.add(nameOf.apply(crate)));
      Artifact next =
          left.stream().filter(crate -> needed(manifests, nameOf.apply(crate), waiting, true).isEmpty()).findFirst()
              // Tests may need what needs the tested crate: then they do not count, and the one that most wait for goes first.
              .or(
                  () ->
                      left.stream()
                          .filter(crate -> needed(manifests, nameOf.apply(crate), waiting, false).isEmpty())
                          .max(Comparator.comparingLong(crate -> waitingFor(manifests, nameOf.apply(crate), waiting))))
              .orElse(left.get(0)); // a circle, which cargo refuses to package
      ordered.add(next);
      left.remove(next);
    }
    return List.copyOf(ordered);
  }

  private static Set<String> needed(Map<String, CrateManifest> manifests, String name, Set<String> waiting, boolean tests) {
    Set<String> needed = new TreeSet<>(manifests.get(name).needs());
    if (tests) {
      needed.addAll(manifests.get(name).testsNeed());
    }
    needed.retainAll(waiting);
    needed.remove(name);
    return needed;
  }

  private static long waitingFor(Map<String, CrateManifest> manifests, String name, Set<String> waiting) {
    return waiting.stream().filter(other -> needed(manifests, other, waiting, true).contains(name)).count();
  }
}
