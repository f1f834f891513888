package dev.plasmite.perf.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The plain JSON of this plugin for one run: {@code {"schema":1,"unit":"ms","scenarios":[{"key":"a","value":1.5}]}}.
 * {@code runtime} on top says what it ran on, which must be
 * the same on both sides. A scenario may have its own {@code unit}, and {@code cpu} beside {@code value}; {@code better} ({@code lower} or
 * {@code higher}), on top or in a scenario, must agree with the unit.
 */
final class SamplesFormat implements BenchmarkFormat {

  private final JsonResult json = new JsonResult();

  @Override
  public String id() {
    return "samples";
  }

  @Override
  public List<Measurement> read(Result result) {
    JsonNode root = json.parse(result.text());
    if (root.path("schema").asInt() != 1) {
      throw new UnreadableResult("no \"schema\":1");
    }
    List<Measurement> out = new ArrayList<>();
    for (JsonNode row : JsonResult.list(root, "scenarios")) {
      String where = "scenario " + (out.size() + 1);
      String key = JsonResult.text(row, "key", where);
      if (row.has("base") || row.has("candidate")) {
        throw new UnreadableResult(
            "scenario " + key + " has the samples of a whole comparison; one run prints 'value', a recorded comparison is"
                + " judged with -Dplasmite.perf.samples=FILE");
      }
      out.add(
          new Measurement(
              key,
              key,
              unit(root, row, key),
              JsonResult.number(row, "value", "scenario " + key),
              JsonResult.optional(row, "cpu", "scenario " + key),
              root.path("runtime").asText("")));
    }
    return out;
  }

  private static Unit unit(JsonNode root, JsonNode row, String key) {
    String name = row.path("unit").asText(root.path("unit").asText(Unit.MS.name()));
    Unit unit =
        Unit.of(name)
            .orElseThrow(
                () -> new UnreadableResult("scenario " + key + " has the unit '" + name + "'; known are "
                    + Unit.known()));
    String better = row.path("better").asText(root.path("better").asText(""));
    if (!better.isEmpty() && !better.equalsIgnoreCase(unit.better().name())) {
      throw new UnreadableResult("scenario " + key + " says " + better + " is better, its unit " + name
          + " says otherwise");
    }
    return unit;
  }
}
