package dev.plasmite.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class PerfReportTest {

  @TempDir Path temp;

  private PerfReport report(String... scenarios) throws Exception {
    Path file = temp.resolve("samples.json");
    Files.writeString(file, "{\"schema\":1,\"order\":\"BCCBCBBCCBBC\",\"final\":true,\"scenarios\":[" + String.join(",", scenarios) + "]}");
    return new SamplesGate(Optional.empty()).report(file);
  }

  private static String scenario(String key, double base, double candidate) {
    List<String> b = new ArrayList<>();
    List<String> c = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      b.add(String.valueOf(base * (1 + i * 0.001)));
      c.add(String.valueOf(candidate * (1 + i * 0.001)));
    }
    return "{\"key\":\"" + key + "\",\"base\":" + b + ",\"candidate\":" + c + "}";
  }

  @Test
  void worstComesFirstAndImprovementsAreNotSetOffAgainstRegressions() throws Exception {
    PerfReport report = report(scenario("same", 1, 1), scenario("slow", 1, 1.6), scenario("fast", 1, 0.5));
    assertThat(report.worstFirst()).extracting(Judgement.Row::key).containsExactly("slow", "same", "fast");
    assertThat(report.verdict()).isEqualTo(dev.plasmite.gate.Verdict.FAILED);
    assertThat(report.overall()).isCloseTo(Math.cbrt(1.6 * 0.5), within(1e-9));
    assertThat(report.html()).contains("REGRESSED", "fine, faster").containsSubsequence(">slow<", ">same<", ">fast<");
  }

  @Test
  void everyPlotIsAWellFormedDrawing() throws Exception {
    PerfReport report = report(scenario("a", 1, 1), scenario("b", 1, 2));
    assertThat(report.plots()).containsOnlyKeys("forest", "strip", "slopes", "noise");
    for (Map.Entry<String, String> plot : report.plots().entrySet()) {
      var xml = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(plot.getValue())));
      assertThat(xml.getDocumentElement().getTagName()).as(plot.getKey()).isEqualTo("svg");
      assertThat(plot.getValue()).doesNotContain("NaN", "Infinity");
    }
  }

  @Test
  void pageNeedsNothingFromElsewhereAndShowsNamesAsText() throws Exception {
    String page = report(scenario("<script>alert(1)</script>&", 1, 2)).html();
    assertThat(page).doesNotContain("<script", "src=", "@import", "url(").contains("&lt;script&gt;alert(1)&lt;/script&gt;&amp;");
  }

  @Test
  void scenarioThatIsFarOffDoesNotPressTheOthersIntoALine() throws Exception {
    String plot = report(scenario("same", 1, 1), scenario("T", 1, 1.1), scenario("slow", 1, 40)).plots().get("forest");
    Matcher x = Pattern.compile("<circle cx=\"([0-9.]+)\"[^>]*><title>(?:T|same):").matcher(plot);
    List<Double> dots = x.results().map(r -> Double.valueOf(r.group(1))).toList();
    assertThat(dots).hasSize(2);
    assertThat(dots.get(0) - dots.get(1)).isGreaterThan(40);
    assertThat(plot).containsPattern("<path [^>]*class=\"bad\"><title>slow: 40");
  }

  @Test
  void scenarioThatIsSlowerInTheMeanIsNeverAmongTheFaster() throws Exception {
    String base = "[1,1,1,1,1,1]";
    PerfReport report = report("{\"key\":\"a\",\"base\":" + base + ",\"candidate\":[0.75,1.9,0.75,1.9,0.75,1.9]}");
    assertThat(report.faster()).isEmpty();
    assertThat(report.html()).contains("two groups of runs: 3 of 6 runs of a took 2.5 times as long as the others");
  }

  private static String noisy(String key, double factor) {
    List<String> c = new ArrayList<>();
    for (int value : new int[] {6, 3, 8, 4, 2, 1}) {
      c.add(String.valueOf(factor * value));
    }
    return "{\"key\":\"" + key + "\",\"base\":[1,2,4,8,3,6],\"base_cpu\":[1,1,1,1,1,1],\"candidate_cpu\":[1,1,1,1,1,1],"
        + "\"candidate\":" + c + "}";
  }

  @Test
  void whatNowStandsAtTheTopAndSaysWhatIsSuspectedAndWhatIsOnlyNoisy() throws Exception {
    PerfReport report = report(
        scenario("same", 1, 1), scenario("too", 1, 1), scenario("third", 1, 1), noisy("suspect", 1.6), noisy("wobbly", 0.9));
    assertThat(report.verdict()).isEqualTo(dev.plasmite.gate.Verdict.INCONCLUSIVE);
    assertThat(WhatNow.of(report)).hasSize(3)
        .anySatisfy(s -> assertThat(s).startsWith("1 scenario looks slower, which is not proven: suspect (+"))
        .anySatisfy(s -> assertThat(s).startsWith("1 scenario varies too much").contains("wobbly (pairs differ by ", "<perfGate><cpu>"))
        .anySatisfy(s -> assertThat(s).contains("run again is recorded"));
    assertThat(report.html()).containsSubsequence("inconclusive</span>", "What now?", "suspect", "<nav", "Findings");
    assertThat(WhatNow.of(report(scenario("a", 1, 1), scenario("b", 1, 40))))
        .singleElement().asString().contains("1 scenario is slower than the base for certain: b (40.0 times)", "<perfGate><waivers>");
    assertThat(WhatNow.of(report(scenario("a", 1, 1)))).containsExactly("Nothing: a slowdown of 25.0 % is ruled out for the scenario that counts.");
    assertThat(WhatNow.of(report())).singleElement().asString().startsWith("No comparable scenario");
  }

  @Test
  void hundredsOfNoisyScenariosAreTenLinesAndHowManyMore() throws Exception {
    String[] all = new String[200];
    for (int i = 0; i < all.length; i++) {
      all[i] = noisy("wobbly " + i, 0.9);
    }
    PerfReport report = report(all);
    assertThat(report.verdict()).isEqualTo(dev.plasmite.gate.Verdict.INCONCLUSIVE);
    assertThat(report.findings()).hasSizeLessThan(25).anySatisfy(f -> assertThat(f.what()).isEqualTo("and 190 more scenarios of this kind"));
    assertThat(report.html()).contains(">wobbly 199<");
  }

  @Test
  void everySectionIsReachedFromTheTopAndWhatScrollsByTheKeyboard() throws Exception {
    String page = report(scenario("a|b", 1, 1), scenario("c", 1, 2)).html();
    for (String id : List.of("findings", "scenarios", "ratios", "runs", "pairs", "noise", "how")) {
      assertThat(page).contains("<a href=\"#" + id + "\">", "<h2 id=\"" + id + "\">");
    }
    assertThat(page).contains("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Scenarios\">", "<th scope=\"row\">a|<wbr>b</th>", "@media print");
  }

  @Test
  void stripShowsDriftOfTheMachineAndNotTheSlowdownOfTheCandidate() {
    List<Double> base = List.of(1.0, 1.1, 1.2, 1.3);
    List<Double> candidate = List.of(2.0, 2.2, 2.4, 2.6);
    Recording recording =
        new Recording(
            new Recording.Version("", ""), new Recording.Version("", ""), Optional.empty(), "BCBCBCBC", true, "", List.of(),
            List.of(new Recording.Scenario("a", "ms", "wall", "gated", base, candidate, List.of(), List.of())), List.of(), Map.of());
    List<RunStrip.Level> levels = RunStrip.levels(recording);
    assertThat(levels).extracting(RunStrip.Level::base).containsExactly(true, false, true, false, true, false, true, false);
    assertThat(levels.get(0).level()).isCloseTo(levels.get(1).level(), within(1e-9)).isCloseTo(1 / 1.15, within(1e-9));
    assertThat(levels.get(7).level()).isCloseTo(1.3 / 1.15, within(1e-9));
  }

  @Test
  void emptyRecordingHasAPageThatSaysWhy() throws Exception {
    PerfReport report = report();
    assertThat(report.plots()).isEmpty();
    assertThat(report.html()).contains("inconclusive", "no comparable scenario");
  }

  @Test
  void recordingSurvivesBeingWrittenAndRead() throws Exception {
    Recording recording = report(scenario("a", 1, 1), scenario("b", 1, 2)).recording();
    RecordingFile file = new RecordingFile();
    assertThat(file.read(new String(file.write(recording), StandardCharsets.UTF_8), "again")).isEqualTo(recording);
  }
}
