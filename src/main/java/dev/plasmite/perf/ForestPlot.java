package dev.plasmite.perf;

import dev.plasmite.perf.Judgement.Row;
import java.util.List;
import java.util.Locale;

/**
 * Every scenario's ratio on a log axis, worst first: the dot is the estimate, the bar reaches from the ratio that is
 * proven to the one that is ruled out; lines at 1, 1 + T and 1 + M. What is far off stands at the edge, with an arrow: one
 * scenario that is forty times as slow must not press all others into a line.
 */
final class ForestPlot {

  private static final int WIDTH = 900;
  private static final int MOST_LABELS = 360;
  private static final int LETTER = 7;
  private static final int RIGHT = 60;
  private static final int LABEL = 48;
  private static final int ROW = 18;
  private static final int TOP = 32;

  /** More rows than this would not be read; the table has them all. */
  static final int MOST = 60;

  /** The axis reaches this many times M beyond the same speed, at most. */
  private static final double FARTHEST = 3;

  private final int labels;
  private final double low;
  private final double high;

  private ForestPlot(int labels, double low, double high) {
    this.labels = labels;
    this.low = low;
    this.high = high;
  }

  /** The plot of a report; empty when there is no scenario. */
  static String of(PerfReport report) {
    List<Row> rows = report.worstFirst().stream().limit(MOST).toList();
    if (rows.isEmpty()) {
      return "";
    }
    double worst = rows.stream().mapToDouble(Row::ratio).max().orElse(1);
    double best = rows.stream().mapToDouble(Row::ratio).min().orElse(1);
    double ruledOut = 1 + report.criteria().ruledOut();
    double farthest = Math.pow(ruledOut, FARTHEST);
    double low = Math.max(Math.min(best, 1) / ruledOut, 1 / farthest);
    double high = Math.min(Math.max(worst, 1) * ruledOut, farthest);
    int longest = rows.stream().mapToInt(r -> Shown.name(r.key(), LABEL).length()).max().orElse(0);
    return new ForestPlot(Math.min(MOST_LABELS, 24 + LETTER * longest), low, high).draw(report, rows);
  }

  private String draw(PerfReport report, List<Row> rows) {
    int bottom = TOP + rows.size() * ROW;
    Svg svg = new Svg(WIDTH, bottom + 14, "Ratio of candidate to base for each scenario, with bounds");
    // Anchored away from each other: on a wide axis the lines stand close.
    mark(svg, 1, "axis", "same", "end", bottom);
    mark(svg, 1 + report.criteria().threshold(), "limit", "T", "start", bottom);
    mark(svg, 1 + report.criteria().ruledOut(), "limit", "M", "start", bottom);
    double y = TOP + ROW / 2.0;
    for (Row row : rows) {
      String style = style(row);
      String hint =
          String.format(
              Locale.ROOT, "%s: %.3f, proven %.3f, ruled out %.3f, %d pairs", row.key(), row.ratio(), row.lower(),
                  row.upper(), row.pairs());
      svg.text(labels - 8, y + 4, "end", row.gated() ? "label" : "label faint", Shown.name(row.key(), LABEL));
      svg.line(x(row.lower()), y, x(row.upper()), y, "bound " + style);
      if (row.ratio() > high || row.ratio() < low) {
        svg.arrow(x(row.ratio()), y, row.ratio() > high ? 6 : -6, style, hint);
      } else {
        svg.dot(x(row.ratio()), y, 4, style, hint);
      }
      svg.text(WIDTH - 4, y + 4, "end", "label", String.format(Locale.ROOT, "%.3f", row.ratio()));
      y += ROW;
    }
    return svg.done();
  }

  private void mark(Svg svg, double ratio, String style, String name, String anchor, int bottom) {
    svg.line(x(ratio), name.equals("M") ? TOP - 26 : TOP - 14, x(ratio), bottom, style);
    int line = name.equals("M") ? TOP - 18 : TOP - 6;
    svg.text(x(ratio) + (anchor.equals("end") ? -3 : 3), line, anchor, "label faint",
        String.format(Locale.ROOT, "%s %.2f", name, ratio));
  }

  private double x(double ratio) {
    double clamped = Math.min(high, Math.max(low, ratio));
    return labels + (WIDTH - RIGHT - labels) * Math.log(clamped / low) / Math.log(high / low);
  }

  /** The class of a scenario's state. */
  static String style(Row row) {
    return switch (row.state()) {
      case FINE -> row.gated() ? "fine" : "faint";
      case REGRESSED -> row.gated() ? "bad" : "faint";
      case SLOW, NOISY -> row.gated() ? "unclear" : "faint";
      case BELOW_FLOOR -> "faint";
    };
  }
}
