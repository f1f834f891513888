package dev.plasmite.perf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The pooled noise of past comparisons on this machine and of this one, oldest first. */
final class NoisePlot {

  private static final int HEIGHT = 120;
  private static final int LEFT = 56;
  private static final int BOTTOM = 12;
  private static final int TOP = 16;
  private static final int STEP = 18;
  private static final int MOST = 40;

  private NoisePlot() {}

  /** The plot of a report; empty when no noise is known. */
  static String of(PerfReport report) {
    List<PerfReport.Past> all = new ArrayList<>(report.history());
    all.add(
        new PerfReport.Past(
            "this one", report.kind(), report.verdict().id(), report.recording().candidate().commit(),
            report.judgement().pairs(), report.judgement().pairNoise()));
    List<PerfReport.Past> known = all.stream().filter(p -> Double.isFinite(p.pairNoise())).toList();
    known = known.subList(Math.max(0, known.size() - MOST), known.size());
    if (known.isEmpty()) {
      return "";
    }
    double most = Math.max(0.02, known.stream().mapToDouble(PerfReport.Past::pairNoise).max().orElse(0));
    Svg svg = new Svg(LEFT + known.size() * STEP + 10, HEIGHT, "Noise of a pair of runs in past comparisons");
    double ground = HEIGHT - BOTTOM;
    svg.text(LEFT - 6, TOP + 4, "end", "label faint", Verdicts.percent(most))
        .line(LEFT, ground, LEFT + known.size() * STEP, ground, "axis");
    for (int i = 0; i < known.size(); i++) {
      PerfReport.Past p = known.get(i);
      double height = (ground - TOP) * p.pairNoise() / most;
      svg.bar(
          LEFT + i * STEP + 2, ground - height, STEP - 4, height,
          p.verdict().equals("passed") ? "fine" : p.verdict().equals("failed") ? "bad" : "unclear",
          String.format(Locale.ROOT, "%s, %s: %s, %s after %d pairs", p.ended(), p.kind(),
              Verdicts.percent(p.pairNoise()), p.verdict(), p.pairs()));
    }
    return svg.done();
  }
}
