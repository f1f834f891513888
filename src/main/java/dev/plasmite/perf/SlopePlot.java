package dev.plasmite.perf;

import dev.plasmite.perf.Judgement.Row;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** For each scenario that is not fine: its pairs as lines from the base's value to the candidate's. */
final class SlopePlot {

  private static final int WIDTH = 240;
  private static final int HEIGHT = 150;
  private static final int SIDE = 66;
  private static final int TOP = 30;
  private static final int BOTTOM = 14;
  private static final int LABEL = 34;
  private static final int MOST = 12;

  private SlopePlot() {}

  /** The plots of a report, worst scenario first, at most a dozen; empty when all are fine. */
  static String of(PerfReport report) {
    Map<String, Recording.Scenario> samples =
        report.recording().scenarios().stream()
            .collect(Collectors.toMap(Recording.Scenario::key, Function.identity(), (a, b) -> a));
    return report.worstFirst().stream()
        .filter(r -> r.state() == Judgement.State.REGRESSED || r.state().open())
        .limit(MOST)
        .map(r -> draw(r, samples.get(r.key())))
        .collect(Collectors.joining("\n"));
  }

  private static String draw(Row row, Recording.Scenario s) {
    Svg svg = new Svg(WIDTH, HEIGHT, "Pairs of " + row.key());
    svg.text(WIDTH / 2.0, 14, "middle", "label", Shown.name(row.key(), LABEL));
    List<Double> all = DoubleStream.concat(stream(s.base()), stream(s.candidate())).boxed().toList();
    double low = Math.log(stream(all).min().orElse(1));
    double high = Math.max(Math.log(stream(all).max().orElse(1)), low + 0.05);
    for (int i = 0; i < row.pairs(); i++) {
      double y1 = y(s.base().get(i), low, high);
      double y2 = y(s.candidate().get(i), low, high);
      svg.line(SIDE, y1, WIDTH - SIDE, y2, s.candidate().get(i) > s.base().get(i) ? "slope bad" : "slope fine");
      svg.dot(SIDE, y1, 2.5, "base", s.base().get(i) + " ms");
      svg.dot(WIDTH - SIDE, y2, 2.5, "cand", s.candidate().get(i) + " ms");
    }
    svg.text(SIDE - 6, TOP + 4, "end", "label faint", String.format(Locale.ROOT, "%.3g", Math.exp(high)));
    svg.text(SIDE - 6, HEIGHT - BOTTOM + 4, "end", "label faint", String.format(Locale.ROOT, "%.3g", Math.exp(low)));
    return svg.text(WIDTH - SIDE + 6, TOP + 4, "start", "label faint", "ms").done();
  }

  private static double y(double value, double low, double high) {
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * (Math.log(value) - low) / (high - low);
  }

  private static DoubleStream stream(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue);
  }
}
