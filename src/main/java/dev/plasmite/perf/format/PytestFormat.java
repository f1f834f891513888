package dev.plasmite.perf.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * What {@code pytest --benchmark-json=benchmark.json} (pytest-benchmark) writes: {@code benchmarks}, each with fullname
 * and stats in seconds. The median is taken.
 */
final class PytestFormat implements BenchmarkFormat {

  /** Another one may measure something else, CPU time say. */
  private static final String USUAL_TIMER = "perf_counter";

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
  public String writtenWith() {
    return "pytest --benchmark-json=benchmark.json";
  }

  /** What {@code -k} wants: names with "or" between them; a name that it cannot spell means a run of all. */
  @Override
  public String selection(Collection<String> selectors) {
    return selectors.stream().allMatch(name -> name.matches("[\\w:+.\\[\\]/-]+"))
        ? selectors.stream().distinct().collect(Collectors.joining(" or "))
        : "";
  }

  /** {@code test_x.py::test_sum[10]} is {@code test_sum[10]} to {@code -k}. */
  private static String name(String key) {
    int colons = key.lastIndexOf("::");
    return colons < 0 ? key : key.substring(colons + 2);
  }

  @Override
  public List<Measurement> read(Result result) {
    List<Measurement> out = new ArrayList<>();
    Unit seconds = Unit.of("s").orElseThrow();
    JsonNode root = json.parse(result.text());
    JsonNode machine = root.path("machine_info");
    String runtime = (machine.path("python_implementation").asText() + " " + machine.path("python_version").asText())
        .strip();
    for (JsonNode row : JsonResult.list(root, "benchmarks")) {
      String key = JsonResult.text(row, "fullname", "benchmark " + (out.size() + 1));
      double median = JsonResult.number(row.path("stats"), "median", key);
      String timer = row.path("options").path("timer").asText("");
      out.add(new Measurement(key, name(key), seconds, median, OptionalDouble.empty(),
          timer.isEmpty() || timer.equals(USUAL_TIMER) ? runtime : runtime + ", timer " + timer));
    }
    return out;
  }
}
