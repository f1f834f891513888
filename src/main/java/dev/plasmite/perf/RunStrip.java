package dev.plasmite.perf;

import dev.plasmite.perf.Recording.Scenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * All runs that count, in the order they were made: how the suite's median cost stood to its median over the whole
 * session. A slope is drift, a jump is a step; both sides should show the same.
 */
final class RunStrip {

  private static final int HEIGHT = 170;
  private static final int LEFT = 56;
  private static final int TOP = 16;
  private static final int BOTTOM = 30;
  private static final int STEP = 20;

  private RunStrip() {}

  /**
   * One run.
   *
   * @param base whether it was the base's
   * @param level suite median of value / median of all the scenario's values; NaN when nothing was measured
   */
  record Level(boolean base, double level) {}

  /** The runs in time order. */
  static List<Level> levels(Recording recording) {
    List<Level> out = new ArrayList<>();
    int[] seen = new int[2];
    for (char side : recording.order().toCharArray()) {
      boolean base = side == 'B';
      int index = seen[base ? 0 : 1]++;
      double[] relative =
          recording.scenarios().stream()
              .filter(s -> (base ? s.base() : s.candidate()).size() > index)
              .mapToDouble(s -> (base ? s.base() : s.candidate()).get(index) / usual(s, base))
              .toArray();
      out.add(new Level(base, relative.length == 0 ? Double.NaN : Estimate.median(relative)));
    }
    return out;
  }

  /**
   * How far the machine drifted: the median level of the last third of the runs against that of the first third, as a
   * fraction; NaN with fewer than six runs.
   */
  static double drift(Recording recording) {
    double[] all = levels(recording).stream().mapToDouble(Level::level).filter(Double::isFinite).toArray();
    int third = all.length / 3;
    return third < 2
        ? Double.NaN
        : Estimate.median(Arrays.copyOfRange(all, all.length - third, all.length))
            / Estimate.median(Arrays.copyOf(all, third)) - 1;
  }

  /** Each side has its own usual cost, so that a slower candidate does not look like drift. */
  private static double usual(Scenario s, boolean base) {
    return Estimate.median((base ? s.base() : s.candidate()).stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** The strip of a recording; empty when nothing was measured. */
  static String of(Recording recording) {
    List<Level> levels = levels(recording).stream().filter(l -> Double.isFinite(l.level())).toList();
    if (levels.isEmpty()) {
      return "";
    }
    double reach = levels.stream().mapToDouble(l -> Math.abs(Math.log(l.level()))).max().orElse(0);
    reach = Math.max(reach, Math.log(1.05)) * 1.1;
    int width = LEFT + levels.size() * STEP + 80;
    Svg svg = new Svg(width, HEIGHT, "Median cost of the suite in each run, in time order");
    double middle = TOP + (HEIGHT - TOP - BOTTOM) / 2.0;
    svg.line(LEFT, middle, width - 80, middle, "axis");
    double half = (HEIGHT - TOP - BOTTOM) / 2.0;
    for (double mark : new double[] {Math.exp(reach), 1, Math.exp(-reach)}) {
      svg.text(LEFT - 6, middle - half * Math.log(mark) / reach + 4, "end", "label faint",
          mark == 1 ? "0 %" : String.format(Locale.ROOT, "%+.0f %%", 100 * (mark - 1)));
    }
    for (int i = 0; i < levels.size(); i++) {
      Level l = levels.get(i);
      double x = LEFT + STEP * (i + 0.5);
      double y = middle - half * Math.log(l.level()) / reach;
      svg.line(x, middle, x, y, l.base() ? "bound base" : "bound cand");
      svg.dot(
          x, y, 4, l.base() ? "base" : "cand",
          String.format(Locale.ROOT, "run %d, %s: %+.1f %%", i + 1, l.base() ? "base" : "candidate",
              100 * (l.level() - 1)));
      if (i % 2 == 0) {
        svg.text(x + STEP / 2.0, HEIGHT - 12, "middle", "label faint", String.valueOf(i / 2 + 1));
      }
    }
    svg.dot(width - 70, TOP + 6, 4, "base", "base").text(width - 60, TOP + 10, "start", "label", "base");
    svg.dot(width - 70, TOP + 24, 4, "cand", "candidate").text(width - 60, TOP + 28, "start", "label", "candidate");
    return svg.done();
  }
}
