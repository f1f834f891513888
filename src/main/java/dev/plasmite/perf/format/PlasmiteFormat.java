package dev.plasmite.perf.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What Plasmite's own bench prints: {@code results}, each with bench, durability, writers, payload_bytes, pool_size,
 * notes and ms_per_msg; cpu_ms_per_msg where it is measured. A scenario is all of these except the times; it is
 * selected by {@code bench}.
 */
final class PlasmiteFormat implements BenchmarkFormat {

  private final JsonResult json = new JsonResult();

  @Override
  public String id() {
    return "plasmite";
  }

  @Override
  public List<Measurement> read(Result result) {
    List<Measurement> out = new ArrayList<>();
    JsonNode results = JsonResult.list(json.parse(result.text()), "results");
    for (JsonNode row : results) {
      String where = "result " + (out.size() + 1);
      String bench = JsonResult.text(row, "bench", where);
      String key =
          bench
              + "|dur=" + row.path("durability").asText("n/a")
              + "|writers=" + row.path("writers").asText("0")
              + "|payload=" + row.path("payload_bytes").asText("0")
              + "|pool=" + row.path("pool_size").asText("0")
              + "|notes=" + row.path("notes").asText("n/a");
      out.add(
          new Measurement(
              key,
              bench,
              Unit.MS,
              JsonResult.number(row, "ms_per_msg", where + " (" + bench + ")"),
              JsonResult.optional(row, "cpu_ms_per_msg", where + " (" + bench + ")")));
    }
    return out;
  }
}
