package dev.plasmite.perf;

import dev.plasmite.gate.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** So many findings as are read: of thousands of scenarios with the same fault ten are shown, and how many more there are. */
final class Most {

  private static final int SHOWN = 10;

  private Most() {}

  /**
   * What blocks first, else in the same order; of those with one severity and remedy the first ten, and one that counts
   * the others. It has the same severity, so the verdict does not change.
   */
  static List<Finding> of(List<Finding> findings) {
    Map<String, List<Finding>> kinds = new LinkedHashMap<>();
    findings.stream().filter(Finding::blocks).forEach(f -> kind(kinds, f).add(f));
    findings.stream().filter(f -> !f.blocks()).forEach(f -> kind(kinds, f).add(f));
    List<Finding> out = new ArrayList<>();
    for (List<Finding> kind : kinds.values()) {
      kind.stream().limit(SHOWN).forEach(out::add);
      if (kind.size() > SHOWN) {
        Finding like = kind.get(0);
        out.add(new Finding(like.severity(), "and " + (kind.size() - SHOWN) + " more scenarios of this kind", like.place(),
            like.remedy()));
      }
    }
    return out;
  }

  private static List<Finding> kind(Map<String, List<Finding>> kinds, Finding f) {
    return kinds.computeIfAbsent(f.severity() + f.remedy(), k -> new ArrayList<>());
  }
}
