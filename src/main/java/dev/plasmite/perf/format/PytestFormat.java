package dev.plasmite.perf.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code pytest --benchmark-json=benchmark.json} (pytest-benchmark) writes: {@code benchmarks}, each with fullname
 * and stats in seconds. The median is taken.
 */
final class PytestFormat implements BenchmarkFormat {

  private final JsonResult json = new JsonResult();

  @Override
  public String id() {
    return "pytest-benchmark";
  }

  @Override
  public String usualResult() {
    return "benchmark.json";
  }

  @Override
  public List<Measurement> read(Result result) {
    List<Measurement> out = new ArrayList<>();
    Unit seconds = Unit.of("s").orElseThrow();
    for (JsonNode row : JsonResult.list(json.parse(result.text()), "benchmarks")) {
      String key = JsonResult.text(row, "fullname", "benchmark " + (out.size() + 1));
      out.add(Measurement.of(key, seconds, JsonResult.number(row.path("stats"), "median", key)));
    }
    return out;
  }
}
