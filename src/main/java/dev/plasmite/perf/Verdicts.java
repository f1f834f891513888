package dev.plasmite.perf;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.perf.Judgement.Outcome;
import dev.plasmite.perf.Judgement.Row;
import dev.plasmite.perf.Judgement.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Turns a judgement into words for the maintainer. */
final class Verdicts {

  /** From this ratio on times are easier to read than percent. */
  private static final double MANY = 3;

  private Verdicts() {}

  /** A judgement that wants more pairs, when there will be none: inconclusive. */
  static Judgement stopped(Judgement judgement, String why) {
    boolean unfinished = judgement.outcome() == Outcome.CONTINUE || judgement.outcome() == Outcome.PASS
        && !why.isEmpty();
    if (!unfinished) {
      return judgement;
    }
    return new Judgement(
        Outcome.INCONCLUSIVE,
        why.isEmpty() ? "the samples end before a verdict" : why,
        judgement.scenarios(), judgement.pairs(), judgement.pairNoise(), judgement.shifts(), judgement.steady());
  }

  /** Judges a recording, again or for the first time. */
  static Judgement of(Recording recording, Criteria criteria) {
    return stopped(new PairGate(criteria).judge(recording.paired(), recording.last()), recording.stopped());
  }

  /**
   * The findings of a judgement, worst first.
   *
   * @param judgement what the samples say
   * @param recording the samples
   * @param criteria by what they were judged
   */
  static List<Finding> findings(Judgement judgement, Recording recording, Criteria criteria) {
    Map<String, Recording.Scenario> measured = new TreeMap<>();
    recording.scenarios().forEach(s -> measured.put(s.key(), s));
    String base = base(recording);
    List<Finding> out = new ArrayList<>();
    if (!judgement.reason().isEmpty()) {
      out.add(Finding.unknown(judgement.reason())
          .remedy(judgement.scenarios().isEmpty() ? "" : "give it more time, or a quieter machine"));
    }
    List<Row> worstFirst = judgement.scenarios().stream().sorted((a, b) -> Double.compare(b.ratio(), a.ratio()))
        .toList();
    for (Row row : worstFirst) {
      String slower = row.ratio() < MANY
          ? row.key() + " is " + percent(row.ratio() - 1) + " slower than " + base
          : row.key() + " takes " + change(row.ratio()) + " as long as " + base;
      Finding finding = null;
      if (!row.gated()) {
        if (row.state() == State.REGRESSED || row.ratio() > 1 + criteria.threshold()) {
          finding = Finding.warning(slower + " (" + measured.get(row.key()).role() + ")");
        }
      } else if (judgement.outcome() == Outcome.REGRESSED && row.state() == State.REGRESSED) {
        finding =
            Finding.of(slower + " (at least " + percent(row.lower() - 1) + ", after " + row.pairs() + " pairs)")
                .remedy("make it as fast as before, or waive it by name: <perfGate><waivers>");
      } else if (judgement.outcome() == Outcome.REGRESSED && row.state() == State.SLOW) {
        finding = Finding.warning("suspected slow as well: " + slower + " or so, not proven");
      } else if (judgement.outcome() == Outcome.INCONCLUSIVE && row.state() == State.SLOW) {
        finding =
            Finding.unknown("suspected slow: " + slower + " or so, and " + row.pairs()
                + " pairs are not enough to prove it")
                .remedy("profile it; or give the gate a quieter machine or longer scenarios");
      } else if (judgement.outcome() == Outcome.INCONCLUSIVE && row.state() == State.NOISY) {
        finding =
            Finding.unknown(
                    "too noisy: " + row.key() + " varies by " + percent(row.pairNoise())
                        + (worstFirst.size() > 1 && row.pairNoise() < judgement.pairNoise()
                            ? " and the whole suite by " + percent(judgement.pairNoise()) : "")
                        + " from pair to pair, so a slowdown of "
                        + percent(criteria.ruledOut()) + " cannot be ruled out after " + row.pairs() + " pairs")
                .remedy("close other programs, plug the machine in, or make the scenario run longer");
      }
      if (finding == null && row.state() == State.FINE) {
        finding = groups(measured.get(row.key()), base);
      }
      if (finding != null) {
        out.add(finding.at(Place.file(row.key())));
      }
    }
    return Most.of(out);
  }

  /** The base in a sentence. */
  static String base(Recording recording) {
    return recording.base().name().isEmpty() ? "the base" : recording.base().name();
  }

  /** That only some runs of a scenario are slow; null when they are not. */
  private static Finding groups(Recording.Scenario s, String base) {
    return TwoGroups.of(s.base(), s.candidate())
        .map(g -> Finding.warning(String.format(Locale.ROOT,
                "two groups of runs: %d of %d runs of %s took %.1f times as long as the others, and none of %s did; the"
                    + " faster ones are not slower", g.slow(), g.runs(), s.key(), g.times(), base))
            .remedy("look for what differs from run to run: a cache, a layout, a task in the background"))
        .orElse(null);
  }

  /** A ratio as people read it: {@code +12.3 %}, or {@code 34.8 times}. */
  static String change(double ratio) {
    return ratio < MANY ? String.format(Locale.ROOT, "%+.1f %%", 100 * (ratio - 1))
        : String.format(Locale.ROOT, "%.1f times", ratio);
  }

  /** A fraction as people read it: {@code 12.3 %}. */
  static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * fraction);
  }
}
