package dev.plasmite.perf.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What JMH writes with {@code -rf json}: a list, each with benchmark, mode, params and primaryMetric (score and
 * scoreUnit); what a profiler or counter adds is not read. The unit says the direction: {@code ops/s} is better when it is higher, {@code us/op} when it is lower.
 */
final class JmhFormat implements BenchmarkFormat {

  private final JsonResult json = new JsonResult();

  @Override
  public String id() {
    return "jmh";
  }

  @Override
  public String usualResult() {
    return "jmh-result.json";
  }

  @Override
  public String writtenWith() {
    return "JMH's -rf json";
  }

  /** A regular expression for the whole name; JMH takes one after its options. */
  @Override
  public String selection(Collection<String> selectors) {
    return selectors.isEmpty()
        ? "."
        : selectors.stream().distinct().map(ToolPatterns::quoted).collect(Collectors.joining("|", "^(", ")$"));
  }

  @Override
  public List<Measurement> read(Result result) {
    JsonNode root = json.parse(result.text());
    if (!root.isArray()) {
      throw new UnreadableResult("not the list that JMH writes");
    }
    List<Measurement> out = new ArrayList<>();
    for (JsonNode row : root) {
      String name = JsonResult.text(row, "benchmark", "entry " + (out.size() + 1));
      String mode = JsonResult.text(row, "mode", name);
      JsonNode metric = row.path("primaryMetric");
      String unitName = JsonResult.text(metric, "scoreUnit", name);
      Unit unit =
          Unit.of(unitName)
              .orElseThrow(() -> new UnreadableResult(name + " has the unit '" + unitName + "'; known are "
                  + Unit.known()));
      if ((unit.better() == Unit.Better.HIGHER) != mode.equals("thrpt")) {
        throw new UnreadableResult(name + " has the mode " + mode + " with the unit " + unitName);
      }
      Map<String, String> params = new TreeMap<>();
      row.path("params").properties().forEach(p -> params.put(p.getKey(), p.getValue().asText()));
      String key = name + ":" + mode + (params.isEmpty() ? "" : params);
      String runtime = (row.path("vmName").asText() + " " + row.path("vmVersion").asText() + " "
          + row.path("jvmArgs")).strip();
      // More threads or calls in a batch change what the same number means.
      String threads = row.path("threads").asText("1");
      String batch = row.path("measurementBatchSize").asText("1");
      runtime += (threads.equals("1") ? "" : ", threads " + threads) + (batch.equals("1") ? "" : ", batch " + batch);
      out.add(new Measurement(key, name, unit, JsonResult.number(metric, "score", name), OptionalDouble.empty(),
          runtime));
    }
    return out;
  }
}
