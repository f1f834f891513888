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
 * release tag names or that is a step behind it. Placeholders ({@code 0.0.0}), private packages have no vote; packages
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
    Map<String, List<Vote>> byCore = new HashMap<>();
    votes.forEach(v -> byCore.computeIfAbsent(Spelling.core(v.version), k -> new ArrayList<>()).add(v));
    Map<String, Double> weights = new HashMap<>();
    byCore.forEach((core, all) -> weights.put(core, weight(all)));
    List<String> meant = meant(byCore, weights, anyListed, wanted);
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
    List<Vote> winner = null;
    for (Map.Entry<String, List<Vote>> entry : byCore.entrySet()) {
      double lead = winner == null ? 1 : weights.get(entry.getKey()) - weights.get(Spelling.core(winner.get(0).version));
      if (lead > 0 || lead == 0 && entry.getValue().get(0).version.compareTo(winner.get(0).version) > 0) {
        winner = entry.getValue();
      }
    }
    return Optional.ofNullable(winner).map(CarriedVersion::representative);
  }

  /**
   * Of several groups of packages with a version each, those to whose version the wanted one is a step: of the groups
   * that come near the largest, or of all where nothing is listed and the wanted version cannot follow the largest's.
   */
  private static List<String> meant(Map<String, List<Vote>> byCore, Map<String, Double> weights, boolean listed, SemVer wanted) {
    if (wanted == null || weights.isEmpty()) {
      return List.of();
    }
    double most = Collections.max(weights.values());
    boolean follows =
        listed || byCore.keySet().stream().anyMatch(core -> weights.get(core) == most && canFollow(byCore.get(core).get(0).version, wanted));
    return byCore.keySet().stream()
        .filter(core -> (!follows || isClose(weights) && weights.get(core) * CLEAR > most) && isStep(byCore.get(core).get(0).version, wanted))
        .toList();
  }

  /** Whether a version can come after another, some releases left out. */
  private static boolean canFollow(SemVer from, SemVer to) {
    return Spelling.sameCore(from, to)
        || to.compareTo(from) > 0 && (to.major() == from.major() || to.major() == from.major() + 1 && to.minor() == 0);
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
