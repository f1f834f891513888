package dev.plasmite.perf.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What {@code hyperfine --export-json} writes: {@code results}, each a command with its times in seconds. The median is
 * taken; the CPU time is user and system time together. A scenario is the command (its {@code -n} name where it has one)
 * with its parameters.
 */
final class HyperfineFormat implements BenchmarkFormat {

  private final JsonResult json = new JsonResult();

  @Override
  public String id() {
    return "hyperfine";
  }

  @Override
  public String usualResult() {
    return "hyperfine.json";
  }

  @Override
  public String writtenWith() {
    return "hyperfine --export-json hyperfine.json";
  }

  @Override
  public List<Measurement> read(Result result) {
    List<Measurement> out = new ArrayList<>();
    Unit seconds = Unit.of("s").orElseThrow();
    for (JsonNode row : JsonResult.list(json.parse(result.text()), "results")) {
      String command = JsonResult.text(row, "command", "result " + (out.size() + 1));
      for (JsonNode code : row.path("exit_codes")) {
        if (code.asInt(1) != 0) {
          throw new UnreadableResult("command " + command + " ended with exit code "
              + (code.isNull() ? "unknown, by a signal" : code) + ", which its time says nothing about");
        }
      }
      Map<String, String> parameters = new TreeMap<>();
      row.path("parameters").properties().forEach(p -> parameters.put(p.getKey(), p.getValue().asText()));
      String key = command + (parameters.isEmpty() ? "" : parameters);
      out.add(
          new Measurement(
              key, command, seconds, JsonResult.number(row, row.has("median") ? "median" : "mean", "command "
                  + command), cpu(row)));
    }
    return out;
  }

  /** Both are rounded to microseconds, so a very short command has none. */
  private static OptionalDouble cpu(JsonNode row) {
    double cpu = row.path("user").asDouble() + row.path("system").asDouble();
    return cpu > 0 ? OptionalDouble.of(cpu) : OptionalDouble.empty();
  }
}
