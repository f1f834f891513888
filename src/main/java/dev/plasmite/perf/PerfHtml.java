package dev.plasmite.perf;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Verdict;
import dev.plasmite.perf.Judgement.Row;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A report as one HTML file that needs nothing else: no script, no font, no picture from elsewhere. */
final class PerfHtml {

  private PerfHtml() {}

  /** The page of a report. */
  static String page(PerfReport r) {
    String title =
        r.recording().base().name().isEmpty()
            ? "Performance gate: recorded samples"
            : "Performance gate: " + r.recording().candidate().name() + " against " + r.recording().base().name();
    StringBuilder out = new StringBuilder();
    out.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
            + "<meta name=\"color-scheme\" content=\"light dark\">")
        .append("<title>").append(Svg.escaped(title)).append("</title><style>").append(style())
            .append("</style></head><body>\n")
        .append("<h1>").append(Svg.escaped(title)).append("</h1>\n<p><span class=\"verdict ").append(r.verdict().id())
            .append("\">")
        .append(r.verdict().id()).append("</span> <span class=\"faint\">").append(Svg.escaped(summary(r)))
            .append("</span></p>\n");
    out.append("<section class=\"now ").append(r.verdict().id()).append("\"><h2>What now?</h2>")
        .append(WhatNow.of(r).stream().map(s -> "<p>" + breakable(s) + "</p>").collect(Collectors.joining("\n")))
        .append("</section>\n");
    List<Section> sections = sections(r);
    out.append(sections.stream().map(s -> "<a href=\"#" + s.id() + "\">" + Svg.escaped(s.title()) + "</a>")
        .collect(Collectors.joining(" ", "<nav aria-label=\"Sections\">", "</nav>\n<main>\n")));
    sections.forEach(s -> out.append("<h2 id=\"").append(s.id()).append("\">").append(Svg.escaped(s.title()))
        .append("</h2>\n").append(s.words().isEmpty() ? "" : "<p class=\"faint\">" + Svg.escaped(s.words()) + "</p>\n")
        .append(s.body()).append('\n'));
    return out.append("</main></body></html>\n").toString();
  }

  private record Section(String id, String title, String words, String body) {}

  private static List<Section> sections(PerfReport r) {
    int plotted = Math.min(ForestPlot.MOST, r.judgement().scenarios().size());
    List<Section> all = new ArrayList<>();
    all.add(new Section("findings", "Findings", "", findings(r.findings())));
    all.add(new Section("scenarios", "Scenarios, worst first",
        "A ratio of 1.10 is 10 % slower. Ruled out: it is not slower than that. Proven: it is at least that slow. Fast half: the ratio by"
            + " the faster half of the runs.", table(r)));
    all.add(new Section("faster", "Faster", "Shown for themselves: they make up for no slowdown.", faster(r)));
    all.add(new Section("ratios", "Ratio of candidate to base",
        "The dot is the estimate; the bar reaches from the slowdown that is proven to the one that is ruled out. T is tolerated, M must be ruled out."
            + (plotted < r.judgement().scenarios().size() ? " The worst " + plotted + "; all are in the table." : ""),
        wide("Ratios", ForestPlot.of(r))));
    all.add(new Section("runs", "Runs in time order",
        "Each run's suite median against its side's own. A slope is drift of the machine, a jump a step; pairs cancel both.",
        wide("Runs", RunStrip.of(r.recording()))));
    all.add(new Section("pairs", "Pairs of the scenarios that are not fine", "", SlopePlot.of(r)));
    all.add(new Section("noise", "Noise of past comparisons", "", wide("Noise", NoisePlot.of(r))));
    all.add(new Section("how", "How it was measured", "", facts(r)));
    all.removeIf(s -> s.body().isEmpty());
    return all;
  }

  /** What is scrolled, also by the keyboard, where it does not fit: its text would be too small to read. */
  private static String wide(String name, String body) {
    return body.isEmpty() ? ""
        : "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"" + name + "\">" + body + "</div>";
  }

  private static String faster(PerfReport r) {
    return r.faster().stream()
        .map(row -> "<li>" + Svg.escaped(row.key()) + ": " + Verdicts.percent(1 - row.ratio()) + " faster, at least "
            + Verdicts.percent(1 - row.upper()) + "</li>")
        .collect(Collectors.collectingAndThen(Collectors.joining("\n"), all -> all.isEmpty() ? "" : "<ul>" + all + "</ul>"));
  }

  private static String style() {
    try (InputStream css = PerfHtml.class.getResourceAsStream("report.css")) {
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("report.css is in the plugin's jar", e);
    }
  }

  private static String summary(PerfReport r) {
    Judgement j = r.judgement();
    if (j.scenarios().isEmpty()) {
      return j.reason();
    }
    String ruledOut = Double.isFinite(r.ruledOut()) ? ", a slowdown of " + Verdicts.percent(r.ruledOut())
        + " is ruled out for every scenario that is fine" : "";
    return String.format(
        Locale.ROOT, "%s, %d pairs of runs, suite ratio %.3f (%.3f to %.3f), noise of a pair %s%s",
        Shown.scenarios(j.scenarios().size()), j.pairs(), r.overall(),
        r.overallInterval()[0], r.overallInterval()[1], Verdicts.percent(j.pairNoise()), ruledOut);
  }

  private static String findings(List<Finding> findings) {
    return findings.isEmpty()
        ? "<p>None.</p>"
        : findings.stream()
            .map(
                f ->
                    "<li><pre class=\"" + f.severity().name().toLowerCase(Locale.ROOT) + "\">"
                        + breakable(f.severity().name().toLowerCase(Locale.ROOT) + ": " + f.what()) + "</pre>"
                        + (f.remedy().isEmpty() ? "" : "<span class=\"faint\">" + Svg.escaped(f.remedy()) + "</span>")
                            + "</li>")
            .collect(Collectors.joining("\n", "<ul>", "</ul>"));
  }

  private static String table(PerfReport r) {
    StringBuilder out = new StringBuilder(
        "<table><thead><tr><th>scenario</th><th>verdict</th><th>base ms</th><th>candidate ms</th><th>ratio</th><th>ruled out</th><th>proven</th>"
            + "<th>fast half</th><th title=\"CPU time where wall time is judged, and the other way round; by the medians\">other time</th>"
            + "<th>pairs</th><th>noise</th></tr></thead><tbody>\n");
    Map<String, Recording.Scenario> measured = new TreeMap<>();
    r.recording().scenarios().forEach(s -> measured.put(s.key(), s));
    Map<String, String> roles = new TreeMap<>();
    r.recording().scenarios().forEach(s ->
        roles.put(s.key(), s.role() + (s.metric().equals("cpu") ? ", CPU time" : "")));
    for (Row row : r.worstFirst()) {
      String role = roles.getOrDefault(row.key(), "");
      out.append("<tr><th scope=\"row\">").append(breakable(row.key())).append("</th><td class=\"")
          .append(ForestPlot.style(row)).append("\">").append(Svg.escaped(Shown.state(row)))
          .append(role.equals(Recording.Scenario.GATED) ? "" : "<br><small>" + Svg.escaped(role) + "</small>")
          .append("</td>");
      for (String cell :
          List.of(
              String.format(Locale.ROOT, "%.5g", row.baseMs()), String.format(Locale.ROOT, "%.5g", row.candidateMs()),
              ratio(row.ratio()), ratio(row.upper()), ratio(row.lower()), ratio(row.fastRatio()),
              other(measured.get(row.key())), String.valueOf(row.pairs()),
              Verdicts.percent(row.pairNoise()))) {
        out.append("<td>").append(cell).append("</td>");
      }
      out.append("</tr>\n");
    }
    return r.judgement().scenarios().isEmpty() ? "" : wide("Scenarios", out + "</tbody></table>");
  }

  /** A text whose names are broken between their parts before they are broken elsewhere. */
  private static String breakable(String key) {
    return Svg.escaped(key).replaceAll("[|/,]", "$0<wbr>");
  }

  private static String facts(PerfReport r) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("base", name(r.recording().base()) + " " + r.recording().base().commit());
    facts.put("candidate", name(r.recording().candidate()) + " " + r.recording().candidate().commit());
    facts.put("order of runs", r.recording().order());
    facts.put("samples sha256", r.samplesSha256());
    facts.put("exit code", r.verdict() == Verdict.PASSED ? "0" : "1");
    facts.put("runs of the whole suite", String.format(Locale.ROOT, "%.1f, both sides together", r.suiteRuns()));
    double drift = RunStrip.drift(r.recording());
    facts.put("drift of the machine", Double.isNaN(drift)
        ? "not known" : String.format(Locale.ROOT, "%+.1f %% from the first to the last third of the runs", 100 * drift));
    facts.put("steady machine", r.judgement().steady() ? "yes" : "no");
    facts.put("shift of the suite in each pair", r.judgement().shifts().stream().map(Verdicts::percent)
        .collect(Collectors.joining(", ")));
    facts.put("criteria", r.criteria().toString().replaceFirst("^Criteria\\[(.*)]$", "$1").replace("=", " ")
        .replaceAll("(\\.[0-9]*?)0{6,}[0-9]+", "$1")); // 0.15000000000000002
    List<Recording.Run> runs = r.recording().runs();
    if (!runs.isEmpty()) {
      facts.put("seconds of all runs",
          String.format(Locale.ROOT, "%.1f", runs.stream().mapToDouble(Recording.Run::seconds).sum()));
      facts.put("load before each run", runs.stream()
          .map(run -> String.format(Locale.ROOT, "%.1f", run.host().load())).collect(Collectors.joining(" ")));
      facts.put("power, governor", runs.get(0).host().power() + ", " + runs.get(0).host().governor());
      facts.put("temperature", range(runs.stream().mapToDouble(run -> run.host().celsius()).toArray()));
    }
    r.recording().host().forEach((name, value) -> facts.put("host " + name, value));
    List<String> rows = new ArrayList<>();
    facts.forEach((name, value) -> rows.add("<dt>" + Svg.escaped(name) + "</dt><dd>" + Svg.escaped(value) + "</dd>"));
    return "<dl>" + String.join("\n", rows) + "</dl>";
  }

  /** The ratio of the medians of the time that is not judged, which often says what kind of slowdown it is. */
  private static String other(Recording.Scenario s) {
    if (s == null || s.otherBase().isEmpty() || s.otherCandidate().isEmpty()) {
      return "not given";
    }
    double base = Estimate.median(s.otherBase().stream().mapToDouble(Double::doubleValue).toArray());
    double candidate = Estimate.median(s.otherCandidate().stream().mapToDouble(Double::doubleValue).toArray());
    return (s.metric().equals("cpu") ? "wall " : "CPU ") + ratio(candidate / base);
  }

  private static String range(double[] celsius) {
    double[] known = java.util.Arrays.stream(celsius).filter(Double::isFinite).sorted().toArray();
    return known.length == 0 ? "unknown"
        : String.format(Locale.ROOT, "%.0f to %.0f \u00b0C", known[0], known[known.length - 1]);
  }

  private static String ratio(double ratio) {
    return String.format(Locale.ROOT, "%.3f", ratio);
  }

  private static String name(Recording.Version version) {
    return version.name().isEmpty() ? "not named" : version.name();
  }
}
