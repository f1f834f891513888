package dev.plasmite.perf.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Criterion's output folder: for each benchmark {@code new/benchmark.json} (full_id) and {@code new/estimates.json}
 * (in nanoseconds). The median is taken; up to Criterion 0.3.3 its name was written {@code Median}.
 */
final class CriterionFormat implements BenchmarkFormat {

  private final JsonResult json = new JsonResult();

  @Override
  public String id() {
    return "criterion";
  }

  @Override
  public String usualResult() {
    return "target/criterion";
  }

  @Override
  public String writtenWith() {
    return "cargo bench";
  }

  /** A regular expression for the whole name; Criterion takes one after {@code cargo bench --}. */
  @Override
  public String selection(Collection<String> selectors) {
    return selectors.isEmpty()
        ? "."
        : selectors.stream().distinct().map(ToolPatterns::quoted).collect(Collectors.joining("|", "^(", ")$"));
  }

  @Override
  public List<Measurement> read(Result result) {
    if (result.folder() == null) {
      throw new UnreadableResult("the result is a file, and Criterion writes a folder");
    }
    List<Measurement> out = new ArrayList<>();
    Unit nanoseconds = Unit.of("ns").orElseThrow();
    for (Path estimates : estimates(result.folder())) {
      Path benchmark = estimates.resolveSibling("benchmark.json");
      String shown = result.folder().relativize(estimates).toString().replace('\\', '/');
      if (!Files.isRegularFile(benchmark)) {
        throw new UnreadableResult(shown + " has no benchmark.json beside it");
      }
      String key = JsonResult.text(json.parse(text(benchmark)), "full_id", shown);
      JsonNode all = json.parse(text(estimates));
      JsonNode median = all.path(all.has("median") ? "median" : "Median");
      out.add(Measurement.of(key, nanoseconds, JsonResult.number(median, "point_estimate", key + "'s median")));
    }
    return out;
  }

  private static List<Path> estimates(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(p -> p.endsWith(Path.of("new", "estimates.json"))).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      throw new UnreadableResult("the folder cannot be read: " + e.getMessage());
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UnreadableResult(file.getFileName() + " cannot be read: " + e.getMessage());
    }
  }
}
