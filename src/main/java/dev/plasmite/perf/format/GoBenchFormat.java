package dev.plasmite.perf.format;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The text of {@code go test -bench} (Go proposal 14313, "Benchmark Data Format"): lines {@code BenchmarkName-8 1000
 * 1234 ns/op}, under {@code pkg:} lines. {@code ns/op} is judged. Run it with {@code -count=1}: the gate repeats runs
 * itself, and takes a second line of one benchmark as an error.
 */
final class GoBenchFormat implements BenchmarkFormat {

  private static final Pattern LINE = Pattern.compile("(Benchmark\\S*)\\s+[0-9]+\\s+(\\S.*)");
  private static final Pattern METRIC = Pattern.compile("(\\S+)\\s+(\\S+)\\s*");
  private static final Pattern PROCESSORS = Pattern.compile("-[0-9]+$");

  @Override
  public String id() {
    return "go";
  }

  /**
   * What {@code -bench} wants: alternatives of expressions, one for each level of the name, between slashes (testing, "go
   * help testflag").
   */
  @Override
  public String selection(Collection<String> selectors) {
    return selectors.isEmpty()
        ? "."
        : selectors.stream().distinct()
            .map(name -> Stream.of(name.split("/")).map(level -> "^" + ToolPatterns.quoted(level) + "$")
                .collect(Collectors.joining("/")))
            .collect(Collectors.joining("|"));
  }

  @Override
  public List<Measurement> read(Result result) {
    List<Measurement> out = new ArrayList<>();
    Unit unit = Unit.of("ns/op").orElseThrow();
    String pkg = "";
    for (String line : result.text().split("\\R")) {
      if (line.startsWith("pkg:")) {
        pkg = line.substring("pkg:".length()).strip() + ".";
      }
      Matcher m = LINE.matcher(line.stripTrailing());
      if (m.matches()) {
        String name = PROCESSORS.matcher(m.group(1)).replaceFirst("");
        out.add(new Measurement(pkg + m.group(1), name, unit, nanoseconds(m.group(2), line),
            java.util.OptionalDouble.empty()));
      } else if (line.startsWith("--- FAIL") || line.startsWith("FAIL")) {
        throw new UnreadableResult("it says " + line.strip());
      }
    }
    if (out.isEmpty()) {
      throw new UnreadableResult(result.text().isBlank() ? "nothing was printed" : "no line of a benchmark");
    }
    return out;
  }

  private static double nanoseconds(String metrics, String line) {
    Matcher m = METRIC.matcher(metrics);
    while (m.lookingAt()) {
      if (m.group(2).equals("ns/op")) {
        try {
          return Double.parseDouble(m.group(1));
        } catch (NumberFormatException e) {
          throw new UnreadableResult("no number before ns/op: " + line.strip());
        }
      }
      m.region(m.end(), metrics.length());
    }
    throw new UnreadableResult("no ns/op: " + line.strip());
  }
}
