package dev.plasmite.perf;

import dev.plasmite.gate.Finding;
import dev.plasmite.perf.Judgement.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A report as one HTML file that needs nothing else: no script, no font, no picture from elsewhere. */
final class PerfHtml {

  private static final String STYLE =
      """
      :root{--ink:#1d2430;--faint:#6d7788;--line:#d8dde6;--paper:#fff;--fine:#2c8a57;--bad:#c2352b;--unclear:#b97a00;--base:#5b6b8c;--cand:#3267d6}
      @media(prefers-color-scheme:dark){:root{--ink:#e4e8ef;--faint:#98a3b5;--line:#364050;--paper:#161b23;--fine:#56c08a;--bad:#f0776d;--unclear:#e6b04a;--base:#a9b6d0;--cand:#7fa6ff}}
      body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:1000px;margin:2rem auto;padding:0 1rem}
      h1{font-size:1.5rem;margin:0 0 .2rem}h2{font-size:1.1rem;margin:2rem 0 .4rem}p{margin:.3rem 0}.faint{color:var(--faint)}
      .verdict{display:inline-block;padding:.1rem .7rem;border-radius:1rem;color:var(--paper);font-weight:600}
      .passed{background:var(--fine)}.failed{background:var(--bad)}.inconclusive,.skipped{background:var(--unclear)}
      .wide{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums;width:100%}
      th,td{text-align:right;padding:.2rem .45rem;border-bottom:1px solid var(--line);white-space:nowrap}
      th:first-child,td:first-child{text-align:left;white-space:normal;overflow-wrap:anywhere;min-width:11rem}th{font-weight:600;font-size:.85rem;color:var(--faint)}
      dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;margin:.4rem 0}dt{color:var(--faint)}dd{margin:0;overflow-wrap:anywhere}
      ul{padding-left:1.2rem}li{margin:.3rem 0}pre{white-space:pre-wrap;margin:0;font:inherit}
      svg{max-width:100%;height:auto}svg text{font:11px system-ui,sans-serif;fill:var(--ink)}svg text.faint{fill:var(--faint)}
      svg .axis{stroke:var(--faint)}svg .limit{stroke:var(--faint);stroke-dasharray:3 3}svg .bound{stroke-width:2;stroke-opacity:.5}
      svg .slope{stroke-width:1;stroke-opacity:.5}svg .fine{fill:var(--fine);stroke:var(--fine)}svg .bad{fill:var(--bad);stroke:var(--bad)}
      svg .unclear{fill:var(--unclear);stroke:var(--unclear)}svg .base{fill:var(--base);stroke:var(--base)}svg .cand{fill:var(--cand);stroke:var(--cand)}
      svg circle.faint,svg line.faint{fill:var(--faint);stroke:var(--faint)}td.bad{color:var(--bad)}td.unclear{color:var(--unclear)}td.fine{color:var(--fine)}
      """;

  private PerfHtml() {}

  /** The page of a report. */
  static String page(PerfReport r) {
    String title =
        r.recording().base().name().isEmpty()
            ? "Performance gate: recorded samples"
            : "Performance gate: " + r.recording().candidate().name() + " against " + r.recording().base().name();
    StringBuilder out = new StringBuilder();
    out.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">")
        .append("<title>").append(Svg.escaped(title)).append("</title><style>").append(STYLE).append("</style></head><body>\n")
        .append("<h1>").append(Svg.escaped(title)).append("</h1>\n<p><span class=\"verdict ").append(r.verdict().id()).append("\">")
        .append(r.verdict().id()).append("</span> <span class=\"faint\">").append(Svg.escaped(summary(r))).append("</span></p>\n");
    section(out, "Findings", findings(r.findings()));
    section(out, "Scenarios, worst first", table(r));
    section(out, "Ratio of candidate to base", ForestPlot.of(r), "The dot is the estimate; the bar reaches from the slowdown that is proven to the one that is ruled out. T is tolerated, M must be ruled out.");
    section(out, "Runs in time order", RunStrip.of(r.recording()), "Each run's suite median against its side's own. A slope is drift of the machine, a jump a step; pairs cancel both.");
    section(out, "Pairs of the scenarios that are not fine", SlopePlot.of(r));
    section(out, "Noise of past comparisons", NoisePlot.of(r));
    section(out, "How it was measured", facts(r));
    return out.append("</body></html>\n").toString();
  }

  private static String summary(PerfReport r) {
    Judgement j = r.judgement();
    if (j.scenarios().isEmpty()) {
      return j.reason();
    }
    String ruledOut = Double.isFinite(r.ruledOut()) ? ", a slowdown of " + Verdicts.percent(r.ruledOut()) + " is ruled out for every scenario that is fine" : "";
    return String.format(
        Locale.ROOT, "%d scenarios, %d pairs of runs, suite ratio %.3f, noise of a pair %s%s",
        j.scenarios().size(), j.pairs(), r.overall(), Verdicts.percent(j.pairNoise()), ruledOut);
  }

  private static String findings(List<Finding> findings) {
    return findings.isEmpty()
        ? "<p>None.</p>"
        : findings.stream()
            .map(
                f ->
                    "<li><pre>" + Svg.escaped(f.severity().name().toLowerCase(Locale.ROOT) + ": " + f.what()) + "</pre>"
                        + (f.remedy().isEmpty() ? "" : "<span class=\"faint\">" + Svg.escaped(f.remedy()) + "</span>") + "</li>")
            .collect(Collectors.joining("\n", "<ul>", "</ul>"));
  }

  private static String table(PerfReport r) {
    StringBuilder out = new StringBuilder(
        "<div class=\"wide\"><table><thead><tr><th>scenario</th><th>base ms</th><th>candidate ms</th><th>ratio</th><th>ruled out</th><th>proven</th>"
            + "<th>fast half</th><th>pairs</th><th>noise</th><th>verdict</th></tr></thead><tbody>\n");
    Map<String, String> roles = new TreeMap<>();
    r.recording().scenarios().forEach(s -> roles.put(s.key(), s.role() + (s.metric().equals("cpu") ? ", CPU time" : "")));
    for (Row row : r.worstFirst()) {
      out.append("<tr><td>").append(Svg.escaped(row.key())).append("</td>");
      for (String cell :
          List.of(
              String.format(Locale.ROOT, "%.5g", row.baseMs()), String.format(Locale.ROOT, "%.5g", row.candidateMs()),
              ratio(row.ratio()), ratio(row.upper()), ratio(row.lower()), ratio(row.fastRatio()), String.valueOf(row.pairs()),
              Verdicts.percent(row.pairNoise()))) {
        out.append("<td>").append(cell).append("</td>");
      }
      String role = roles.getOrDefault(row.key(), "");
      out.append("<td class=\"").append(ForestPlot.style(row)).append("\">")
          .append(Svg.escaped(state(row) + (role.equals(Recording.Scenario.GATED) ? "" : " (" + role + ")"))).append("</td></tr>\n");
    }
    return r.judgement().scenarios().isEmpty() ? "" : out + "</tbody></table></div>";
  }

  private static String state(Row row) {
    return switch (row.state()) {
      case FINE -> row.ratio() < 0.95 ? "fine, faster" : "fine";
      case REGRESSED -> "REGRESSED";
      case SLOW -> "unclear: slow";
      case NOISY -> "unclear: noisy";
      case BELOW_FLOOR -> "below the floor";
    };
  }

  private static String facts(PerfReport r) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("base", name(r.recording().base()) + " " + r.recording().base().commit());
    facts.put("candidate", name(r.recording().candidate()) + " " + r.recording().candidate().commit());
    facts.put("order of runs", r.recording().order());
    facts.put("samples sha256", r.samplesSha256());
    facts.put("steady machine", r.judgement().steady() ? "yes" : "no");
    facts.put("shift of the suite in each pair", r.judgement().shifts().stream().map(Verdicts::percent).collect(Collectors.joining(", ")));
    facts.put("criteria", r.criteria().toString().replaceFirst("^Criteria\\[(.*)]$", "$1").replace("=", " "));
    List<Recording.Run> runs = r.recording().runs();
    if (!runs.isEmpty()) {
      facts.put("seconds of all runs", String.format(Locale.ROOT, "%.1f", runs.stream().mapToDouble(Recording.Run::seconds).sum()));
      facts.put("load before each run", runs.stream().map(run -> String.format(Locale.ROOT, "%.1f", run.host().load())).collect(Collectors.joining(" ")));
      facts.put("power, governor", runs.get(0).host().power() + ", " + runs.get(0).host().governor());
    }
    r.recording().host().forEach((name, value) -> facts.put("host " + name, value));
    List<String> rows = new ArrayList<>();
    facts.forEach((name, value) -> rows.add("<dt>" + Svg.escaped(name) + "</dt><dd>" + Svg.escaped(value) + "</dd>"));
    return "<dl>" + String.join("\n", rows) + "</dl>";
  }

  private static String ratio(double ratio) {
    return String.format(Locale.ROOT, "%.3f", ratio);
  }

  private static String name(Recording.Version version) {
    return version.name().isEmpty() ? "not named" : version.name();
  }

  private static void section(StringBuilder out, String title, String body, String... words) {
    if (!body.isEmpty()) {
      out.append("<h2>").append(Svg.escaped(title)).append("</h2>\n");
      for (String word : words) {
        out.append("<p class=\"faint\">").append(Svg.escaped(word)).append("</p>\n");
      }
      out.append(body).append('\n');
    }
  }
}
