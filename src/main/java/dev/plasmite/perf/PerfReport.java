package dev.plasmite.perf;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Verdict;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Everything a report shows of one comparison.
 *
 * @param kind {@code gate}, {@code aa}, {@code selftest}, {@code anchor} or {@code samples}
 * @param recording all that was measured
 * @param criteria by what it was judged
 * @param judgement what the samples say
 * @param findings what the maintainer is told
 * @param samplesSha256 hex digest of the raw samples
 * @param history earlier comparisons on this machine, oldest first
 */
public record PerfReport(
    String kind,
    Recording recording,
    Criteria criteria,
    Judgement judgement,
    List<Finding> findings,
    String samplesSha256,
    List<Past> history) {

  public PerfReport {
    findings = List.copyOf(findings);
    history = List.copyOf(history);
  }

  /**
   * An earlier comparison.
   *
   * @param ended when, as in ISO 8601
   * @param kind as above
   * @param verdict the verdict's name
   * @param candidate the commit
   * @param pairs how many
   * @param pairNoise pooled standard deviation of one pair's log ratio; NaN when not known
   */
  public record Past(String ended, String kind, String verdict, String candidate, int pairs, double pairNoise) {}

  /** The verdict that follows from the findings. */
  public Verdict verdict() {
    return Verdict.of(findings);
  }

  /** The scenarios, worst first. */
  public List<Judgement.Row> worstFirst() {
    return judgement.scenarios().stream().sorted(Comparator.comparingDouble(Judgement.Row::ratio).reversed()).toList();
  }

  /** The geometric mean of all ratios: 1.02 is 2 % slower over the whole suite; NaN without scenarios. */
  public double overall() {
    return Math.exp(judgement.scenarios().stream().mapToDouble(r -> Math.log(r.ratio())).average().orElse(Double.NaN));
  }

  /**
   * A 95 % interval of the suite's mean ratio, from the pairs that every scenario ran: how the pairs' own means vary;
   * NaN with fewer than two.
   */
  public double[] overallInterval() {
    List<Recording.Scenario> all = recording.scenarios();
    int n = all.stream().mapToInt(s -> s.paired().pairs()).min().orElse(0);
    if (n < 2) {
      return new double[] {Double.NaN, Double.NaN};
    }
    double[] means = new double[n];
    for (int i = 0; i < n; i++) {
      int pair = i;
      means[i] = all.stream().mapToDouble(s -> Math.log(s.candidate().get(pair) / s.base().get(pair))).average()
          .orElseThrow();
    }
    double mean = Arrays.stream(means).average().orElseThrow();
    double variance = Arrays.stream(means).map(x -> (x - mean) * (x - mean)).sum() / (n - 1);
    double reach = TDistribution.of(n - 1).inverseSurvivalProbability(0.025) * Math.sqrt(variance / n);
    return new double[] {Math.exp(mean - reach), Math.exp(mean + reach)};
  }

  /** What was measured, in runs of the whole suite of one side. */
  public double suiteRuns() {
    double values = recording.scenarios().stream().mapToInt(s -> s.base().size() + s.candidate().size()).sum();
    return recording.scenarios().isEmpty() ? 0 : values / recording.scenarios().size();
  }

  /** Scenarios that are faster for certain, most first; never set off against slower ones. */
  public List<Judgement.Row> faster() {
    return judgement.scenarios().stream().filter(r -> r.ratio() < 1 && r.upper() < 1)
        .sorted(Comparator.comparingDouble(Judgement.Row::ratio)).toList();
  }

  /** The smallest slowdown that this comparison rules out for every scenario it found fine; NaN without any. */
  public double ruledOut() {
    return judgement.scenarios().stream()
            .filter(r -> r.gated() && r.state() == Judgement.State.FINE)
            .mapToDouble(Judgement.Row::upper)
            .max()
            .orElse(Double.NaN)
        - 1;
  }

  /** This report as one HTML file that needs nothing else. */
  public String html() {
    return PerfHtml.page(this);
  }

  /**
   * The plots, by name, as SVG elements for a page that has the classes {@code fine}, {@code bad}, {@code unclear},
   * {@code base}, {@code cand}, {@code faint}, {@code axis}, {@code limit}, {@code bound}, {@code slope} and
   * {@code label}: {@code forest}, {@code strip}, {@code slopes}, {@code noise}. Empty ones are not among them.
   */
  public Map<String, String> plots() {
    Map<String, String> out = new LinkedHashMap<>();
    out.put("forest", ForestPlot.of(this));
    out.put("strip", RunStrip.of(recording));
    out.put("slopes", SlopePlot.of(this));
    out.put("noise", NoisePlot.of(this));
    out.values().removeIf(String::isEmpty);
    return out;
  }
}
