package dev.plasmite.perf.format;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The text of {@code go test -bench} (Go proposal 14313, "Benchmark Data Format"): lines {@code BenchmarkName-8 1000
 * 1234 ns/op}, under {@code pkg:} lines. {@code ns/op} is judged. Run it with {@code -count=1}: the gate repeats runs
 * itself, and takes a second line of one benchmark as an error.
 *
 * <p>What a benchmark prints itself, also to the error stream, comes between its name and its numbers; they then begin
 * the next line and are taken together again.
 *
 * <p>The number of processors at the end of a name is only written where it is not 1, so {@code BenchmarkCopy/size-8} is
 * either {@code size} on eight processors or {@code size-8} on one. A scenario is therefore named as it is printed.
 */
final class GoBenchFormat implements BenchmarkFormat {

  private static final Pattern LINE = Pattern.compile("(Benchmark\\S*)\\s+[0-9]+\\s+(\\S.*)");
  private static final Pattern STARTED = Pattern.compile("(Benchmark\\S*) *\t.*");
  private static final Pattern REST = Pattern.compile("\\s*[0-9]+\t\\s*(\\S.*\\sns/op.*)");
  private static final Pattern METRIC = Pattern.compile("(\\S+)\\s+(\\S+)\\s*");
  private static final Pattern NUMBERED = Pattern.compile("(.+?)(-[0-9]+)");

  @Override
  public String id() {
    return "go";
  }

  /**
   * What {@code -bench} wants: alternatives of expressions, one for each level of the name, between slashes (testing, "go
   * help testflag"). A number at the end may belong to the name or not, so it is optional: a benchmark too many may run,
   * never one too few.
   */
  @Override
  public String selection(Collection<String> selectors) {
    return selectors.isEmpty()
        ? "."
        : selectors.stream().distinct()
            .map(GoBenchFormat::expression)
            .collect(Collectors.joining("|"));
  }

  private static String expression(String printed) {
    Matcher numbered = NUMBERED.matcher(printed);
    boolean optional = numbered.matches();
    String name = optional ? numbered.group(1) : printed;
    String levels = Stream.of(name.split("/")).map(ToolPatterns::quoted).collect(Collectors.joining("$/^", "^", ""));
    return levels + (optional ? "(" + numbered.group(2) + ")?" : "") + "$";
  }

  @Override
  public List<Measurement> read(Result result) {
    List<Measurement> out = new ArrayList<>();
    Unit unit = Unit.of("ns/op").orElseThrow();
    String pkg = "";
    String started = "";
    for (String line : result.text().split("\\R")) {
      if (line.startsWith("pkg:")) {
        pkg = line.substring("pkg:".length()).strip() + ".";
      }
      Matcher whole = LINE.matcher(line.stripTrailing());
      Matcher name = STARTED.matcher(line);
      Matcher rest = REST.matcher(line);
      if (whole.matches()) {
        demandNumbers(started);
        out.add(measurement(pkg, whole.group(1), unit, whole.group(2), line));
        started = "";
      } else if (name.matches()) {
        demandNumbers(started);
        started = name.group(1);
      } else if (rest.matches() && !started.isEmpty()) {
        out.add(measurement(pkg, started, unit, rest.group(1), line));
        started = "";
      } else if (line.matches(".*[0-9] ns/op\\b.*")) {
        throw new UnreadableResult("no benchmark's name before the numbers: " + line.strip());
      } else if (line.startsWith("--- FAIL") || line.startsWith("FAIL")) {
        throw new UnreadableResult("it says " + line.strip());
      }
    }
    demandNumbers(started);
    if (out.isEmpty()) {
      throw new UnreadableResult(result.text().isBlank() ? "nothing was printed" : "no line of a benchmark");
    }
    return out;
  }

  private static Measurement measurement(String pkg, String name, Unit unit, String metrics, String line) {
    return new Measurement(pkg + name, name, unit, nanoseconds(metrics, line), OptionalDouble.empty());
  }

  /** A benchmark that began must have its numbers: none is dropped. */
  private static void demandNumbers(String started) {
    if (!started.isEmpty()) {
      throw new UnreadableResult("no numbers of " + started
          + " on a line of their own: what a benchmark prints itself must end with a line break");
    }
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
    throw new UnreadableResult("no ns/op, leave this benchmark out with -bench: " + line.strip());
  }
}
