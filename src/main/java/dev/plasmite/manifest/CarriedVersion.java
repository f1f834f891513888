package dev.plasmite.manifest;

import dev.plasmite.version.SemVer;
import dev.plasmite.version.Spelling;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The version that a repository carries: the one that most published manifests declare. Those at the root count more;
 * the many that lie side by side (a directory of services, of test data) less and less; and where that does not decide
 * clearly, the one group counts to whose version the wanted one is a step, or else a version counts more that the last
 * release tag names or that is a step behind it. Where the wanted version cannot follow what wins so, the largest group
 * counts that it can. Placeholders ({@code 0.0.0}), private packages have no vote; packages
 * for one platform, tests and tools have one only where there is no other.
 */
record CarriedVersion(SemVer version, Site site) {

  private static final double ROOT_WEIGHT = 6;
  private static final double TAG_WEIGHT = 6;

  /** How many times the weight of the next makes a winner that no tag has to confirm. */
  private static final double CLEAR = 3;

  private record Vote(SemVer version, Site site, double weight, String side) {}

  /**
   * Counts the votes.
   *
   * @param meanings what texts mean as versions
   * @param wanted the version that is to be written or verified; null when none is known
   * @param released the newest released versions in the history of the commit; asked only when the vote is close
   */
  static Optional<CarriedVersion> of(
      List<Scan.Read> reads, Meanings meanings, SemVer wanted, Supplier<List<SemVer>> released) {
    boolean anyListed = reads.stream().anyMatch(Scan.Read::listed);
    List<Vote> votes = votes(reads, meanings, anyListed, false);
    if (votes.isEmpty()) {
      votes = votes(reads, meanings, anyListed, true);
    }
    Map<String, List<Vote>> byCore = byCore(votes);
    Map<String, Double> weights = weights(byCore);
    List<String> meant = steps(byCore, wanted).stream().filter(core -> isNear(weights, core)).toList();
    if (meant.size() == 1) {
      return Optional.of(representative(byCore.get(meant.get(0))));
    }
    if (isClose(weights)) {
      List<SemVer> newest = released.get();
      byCore.forEach(
          (core, all) -> {
            if (newest.stream().anyMatch(tag -> isSameOrNext(all.get(0).version, tag))) {
              weights.merge(core, TAG_WEIGHT, Double::sum);
            }
          });
    }
    if (weights.isEmpty()) {
      return Optional.empty();
    }
    List<Vote> largest = heaviest(byCore, weights);
    if (anyListed || wanted == null || canFollow(largest.get(0).version, wanted)) {
      return Optional.of(representative(largest));
    }
    // Not the largest group is meant, but the largest of those that come before the wanted version, be it packages for one platform.
    boolean minor = !canFollow(largest.get(0).version, wanted) && steps(byCore, wanted).isEmpty();
    Map<String, List<Vote>> all = minor ? byCore(votes(reads, meanings, false, true)) : byCore;
    Map<String, Double> among = weights(all);
    among.keySet().retainAll(steps(all, wanted));
    return Optional.of(representative(among.isEmpty() ? largest : heaviest(all, among)));
  }

  private static Map<String, List<Vote>> byCore(List<Vote> votes) {
    Map<String, List<Vote>> byCore = new HashMap<>();
    votes.forEach(v -> byCore.computeIfAbsent(Spelling.core(v.version), k -> new ArrayList<>()).add(v));
    return byCore;
  }

  private static Map<String, Double> weights(Map<String, List<Vote>> byCore) {
    Map<String, Double> weights = new HashMap<>();
    byCore.forEach((core, all) -> weights.put(core, weight(all)));
    return weights;
  }

  /** The votes of the version that weighs most; of two that weigh the same, of the greater. */
  private static List<Vote> heaviest(Map<String, List<Vote>> byCore, Map<String, Double> weights) {
    List<Vote> winner = List.of();
    double most = 0;
    for (Map.Entry<String, Double> entry : weights.entrySet()) {
      List<Vote> votes = byCore.get(entry.getKey());
      double lead = entry.getValue() - most;
      if (winner.isEmpty() || lead > 0 || lead == 0 && votes.get(0).version.compareTo(winner.get(0).version) > 0) {
        winner = votes;
        most = entry.getValue();
      }
    }
    return winner;
  }

  /** Of several groups of packages with a version each, those to whose version the wanted one is a step. */
  private static List<String> steps(Map<String, List<Vote>> byCore, SemVer wanted) {
    return wanted == null ? List.of() : byCore.keySet().stream().filter(core -> isStep(byCore.get(core).get(0).version, wanted)).toList();
  }

  /** Whether a group comes near the largest, and that is not clearly the largest. */
  private static boolean isNear(Map<String, Double> weights, String core) {
    return isClose(weights) && weights.get(core) * CLEAR > Collections.max(weights.values());
  }

  /** Whether a version can come after another, some releases left out, but no major version (before 1.0: no minor one). */
  private static boolean canFollow(SemVer from, SemVer to) {
    boolean sameLine = to.major() == from.major() && (from.major() > 0 || to.minor() == from.minor());
    return isStep(from, to) || to.compareTo(from) > 0 && (sameLine || to.major() == from.major() + 1 && to.minor() == 0);
  }

  /** Whether a release can lead from one version to the other. */
  static boolean isStep(SemVer from, SemVer to) {
    return Spelling.sameCore(from, to)
        || from.major() == to.major() && from.minor() == to.minor() && from.patch() + 1 == to.patch()
        || from.major() == to.major() && from.minor() + 1 == to.minor() && to.patch() == 0
        || from.major() + 1 == to.major() && to.minor() == 0 && to.patch() == 0;
  }

  private static List<Vote> votes(List<Scan.Read> reads, Meanings meanings, boolean listed, boolean minor) {
    List<Vote> votes = new ArrayList<>();
    for (Scan.Read read : reads) {
      if (listed == read.listed() && read.rule() == null) {
        for (Manifest.Declaration declared : read.manifest().packages()) {
          if (minor || listed || !declared.satellite() && !Exclusions.isInternal(read.manifest())) {
            vote(read, declared, meanings, listed).ifPresent(votes::add);
          }
        }
      }
    }
    return votes;
  }

  private static Optional<Vote> vote(Scan.Read read, Manifest.Declaration declared, Meanings meanings, boolean listed) {
    Site site = declared.version();
    if (site == null || declared.weak() && !listed || site.isPartAlone()) {
      return Optional.empty();
    }
    String directory = read.manifest().directory();
    double weight = directory.isEmpty() ? ROOT_WEIGHT : 1;
    String side = directory.isEmpty() ? site.place().toString() : declared.ecosystem() + " " + Paths.parent(directory);
    return meanings
        .of(site)
        .filter(v -> listed || v.major() + v.minor() + v.patch() > 0)
        .map(v -> new Vote(v, site, weight, side));
  }

  /** The first of those side by side counts in full, twice as many count one more. */
  private static double weight(List<Vote> votes) {
    Map<String, Integer> sides = new HashMap<>();
    Map<String, Double> weights = new HashMap<>();
    for (Vote vote : votes) {
      sides.merge(vote.side, 1, Integer::sum);
      weights.put(vote.side, vote.weight);
    }
    double sum = 0;
    for (Map.Entry<String, Integer> side : sides.entrySet()) {
      sum += weights.get(side.getKey()) + Math.log(side.getValue()) / Math.log(2);
    }
    return sum;
  }

  private static boolean isClose(Map<String, Double> weights) {
    List<Double> sorted = weights.values().stream().sorted(Collections.reverseOrder()).toList();
    return sorted.size() > 1 && sorted.get(0) < CLEAR * sorted.get(1);
  }

  private static boolean isSameOrNext(SemVer version, SemVer tag) {
    boolean sameMajor = version.major() == tag.major();
    return Spelling.sameCore(version, tag)
        || sameMajor && version.minor() == tag.minor() && version.patch() == tag.patch() + 1
        || version.isPrerelease() && sameMajor && version.minor() == tag.minor() + 1 && version.patch() == 0
        || version.isPrerelease() && version.major() == tag.major() + 1 && version.minor() == 0 && version.patch() == 0;
  }

  /** Of one release's spellings: work towards it if any says so, else the one that most say. */
  private static CarriedVersion representative(List<Vote> votes) {
    for (Vote vote : votes) {
      if (Spelling.isDevelopment(vote.version)) {
        return new CarriedVersion(vote.version, vote.site);
      }
    }
    // Few spellings of one release differ in meaning, however many manifests there are.
    List<Vote> kinds = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    // What can say numbers only does not tell a candidate from its release.
    List<Vote> telling = votes.stream().filter(v -> !v.site.spelling().isNumeric()).toList();
    for (Vote vote : telling.isEmpty() ? votes : telling) {
      int kind = 0;
      while (kind < kinds.size() && !Spelling.sameMeaning(kinds.get(kind).version, vote.version)) {
        kind++;
      }
      if (kind == kinds.size()) {
        kinds.add(vote);
        weights.add(vote.weight);
      } else {
        weights.set(kind, weights.get(kind) + vote.weight);
        kinds.set(kind, before(vote.site, kinds.get(kind).site) ? vote : kinds.get(kind));
      }
    }
    int best = weights.indexOf(Collections.max(weights));
    return new CarriedVersion(kinds.get(best).version, kinds.get(best).site);
  }

  private static boolean before(Site a, Site b) {
    long depth = a.place().file().chars().filter(c -> c == '/').count() - b.place().file().chars().filter(c -> c == '/').count();
    return depth != 0 ? depth < 0 : a.place().file().compareTo(b.place().file()) < 0;
  }
}
