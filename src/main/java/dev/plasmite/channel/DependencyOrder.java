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
 * The order in which packages of one release must be published: a package comes after those of this release that it depends
 * on. A registry may refuse it before, and a user who installs it in between would get one that does not work. Where nothing
 * says otherwise the given order stays.
 */
final class DependencyOrder {

  private final Map<String, Needs> needs = new LinkedHashMap<>();
  private final Function<Artifact, String> nameOf;

  private DependencyOrder(Function<Artifact, String> nameOf) {
    this.nameOf = nameOf;
  }

  /**
   * What a package says of others, by their names.
   *
   * @param always those it does not work without
   * @param inTests those that its tests need
   */
  record Needs(Set<String> always, Set<String> inTests) {}

  /**
   * Orders packages.
   *
   * @param nameOf a file's package
   * @param needsOf what the package in a file needs
   */
  static List<Artifact> of(List<Artifact> packages, Function<Artifact, String> nameOf, Function<Artifact, Needs> needsOf) {
    if (packages.size() < 2) {
      return packages;
    }
    DependencyOrder order = new DependencyOrder(nameOf);
    packages.forEach(each -> order.needs.put(nameOf.apply(each), needsOf.apply(each)));
    return order.ordered(packages);
  }

  private List<Artifact> ordered(List<Artifact> packages) {
    List<Artifact> left = new ArrayList<>(packages);
    List<Artifact> ordered = new ArrayList<>();
    while (!left.isEmpty()) {
      Set<String> waiting = new TreeSet<>();
      left.forEach(each -> waiting.add(nameOf.apply(each)));
      Artifact next =
          left.stream().filter(each -> needed(nameOf.apply(each), waiting, true).isEmpty()).findFirst()
              // Tests may need what needs the tested package: then they do not count, and the one that most wait for goes first.
              .or(
                  () ->
                      left.stream()
                          .filter(each -> needed(nameOf.apply(each), waiting, false).isEmpty())
                          .max(Comparator.comparingLong(each -> waitingFor(nameOf.apply(each), waiting))))
              .orElse(left.get(0)); // a circle: cargo refuses to package it, npm does not mind
      ordered.add(next);
      left.remove(next);
    }
    return List.copyOf(ordered);
  }

  private Set<String> needed(String name, Set<String> waiting, boolean tests) {
    Set<String> needed = new TreeSet<>(needs.get(name).always());
    if (tests) {
      needed.addAll(needs.get(name).inTests());
    }
    needed.retainAll(waiting);
    needed.remove(name);
    return needed;
  }

  private long waitingFor(String name, Set<String> waiting) {
    return waiting.stream().filter(other -> needed(other, waiting, true).contains(name)).count();
  }
}
