package dev.plasmite.manifest;

import dev.plasmite.version.SemVer;
import dev.plasmite.version.Spelling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The version that a repository carries: the one that most published manifests declare, those at the root counting
 * more. Placeholders ({@code 0.0.0}) and private packages have no vote.
 */
record CarriedVersion(SemVer version, Site site) {

  private static final int ROOT_WEIGHT = 6;

  private record Vote(SemVer version, Site site, int weight) {}

  static Optional<CarriedVersion> of(List<Scan.Read> reads) {
    boolean anyListed = reads.stream().anyMatch(Scan.Read::listed);
    Map<String, List<Vote>> byCore = new HashMap<>();
    for (Scan.Read read : reads) {
      if (anyListed != read.listed() || read.rule() != null) {
        continue;
      }
      for (Manifest.Declaration declared : read.manifest().packages()) {
        vote(read, declared, anyListed).ifPresent(v -> byCore.computeIfAbsent(Spelling.core(v.version), k -> new ArrayList<>()).add(v));
      }
    }
    List<Vote> winner = List.of();
    for (List<Vote> votes : byCore.values()) {
      if (weight(votes) > weight(winner)
          || weight(votes) == weight(winner) && votes.get(0).version.compareTo(winner.get(0).version) > 0) {
        winner = votes;
      }
    }
    return winner.isEmpty() ? Optional.empty() : Optional.of(representative(winner));
  }

  private static Optional<Vote> vote(Scan.Read read, Manifest.Declaration declared, boolean listed) {
    Site site = declared.version();
    if (site == null || declared.weak() && !listed) {
      return Optional.empty();
    }
    int weight = read.manifest().directory().isEmpty() ? ROOT_WEIGHT : 1;
    return site.spelling()
        .read(site.text())
        .filter(v -> listed || v.major() + v.minor() + v.patch() > 0)
        .map(v -> new Vote(v, site, weight));
  }

  private static int weight(List<Vote> votes) {
    return votes.stream().mapToInt(Vote::weight).sum();
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
    List<Integer> weights = new ArrayList<>();
    for (Vote vote : votes) {
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
    int best = weights.indexOf(java.util.Collections.max(weights));
    return new CarriedVersion(kinds.get(best).version, kinds.get(best).site);
  }

  private static boolean before(Site a, Site b) {
    long depth = a.place().file().chars().filter(c -> c == '/').count() - b.place().file().chars().filter(c -> c == '/').count();
    return depth != 0 ? depth < 0 : a.place().file().compareTo(b.place().file()) < 0;
  }
}
