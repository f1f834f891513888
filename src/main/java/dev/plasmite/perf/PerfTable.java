package dev.plasmite.perf;

import dev.plasmite.perf.Judgement.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The scenarios as plain lines for a terminal, worst first. */
final class PerfTable {

  /** More rows than this would push the verdict off the screen; the report and the JSON have them all. */
  private static final int MOST = 12;

  private static final int NAME = 44;

  private PerfTable() {}

  /** The lines of a report; none when there is no scenario. */
  static List<String> lines(PerfReport report) {
    List<Row> rows = report.worstFirst();
    if (rows.isEmpty()) {
      return List.of();
    }
    List<String> out = new ArrayList<>();
    out.add(String.format(Locale.ROOT, "%-" + NAME + "s %8s %8s %8s %6s  %s", "scenario, worst first", "ratio",
        "ruled out", "proven", "pairs", "state"));
    rows.stream().limit(MOST).forEach(row -> out.add(line(row)));
    if (rows.size() > MOST) {
      out.add("and " + (rows.size() - MOST) + " more");
    }
    Criteria c = report.criteria();
    out.add("suite ratio " + suite(report) + ", noise of a pair "
        + Verdicts.percent(report.judgement().pairNoise()) + "; tolerated " + Verdicts.percent(c.threshold())
        + ", to be ruled out " + Verdicts.percent(c.ruledOut()) + ", at most " + c.cap() + " pairs");
    return out;
  }

  private static String suite(PerfReport report) {
    return String.format(Locale.ROOT, "%.3f", report.overall());
  }

  private static String line(Row row) {
    String key = Shown.name(row.key(), NAME);
    return String.format(Locale.ROOT, "%-" + NAME + "s %8.3f %9.3f %8.3f %6d  %s%s", key, row.ratio(), row.upper(),
        row.lower(), row.pairs(), Shown.state(row), row.gated() ? "" : " (not gated)");
  }
}
