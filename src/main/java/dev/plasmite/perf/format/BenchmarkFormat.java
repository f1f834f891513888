package dev.plasmite.perf.format;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** A way in which benchmarks write their results. */
public interface BenchmarkFormat {

  /** The name in the POM's {@code <format>}. */
  String id();

  /** Where the result is when the POM does not say: a path relative to the checkout; empty when it is printed. */
  default String usualResult() {
    return "";
  }

  /** How the tool is told to write {@link #usualResult()}, for messages; empty when it prints. */
  default String writtenWith() {
    return "";
  }

  /**
   * What {@code {scenarios}} in the command becomes, as the tool wants to be told which scenarios to run: by default their
   * selectors separated by commas, where a comma in one is written {@code %2C}.
   *
   * @param selectors of the scenarios to run; empty when all are wanted
   */
  default String selection(Collection<String> selectors) {
    return selectors.stream().distinct().map(s -> s.replace("%", "%25").replace(",", "%2C"))
        .collect(Collectors.joining(","));
  }

  /**
   * Reads the result of one run. Values are not judged here: zero, negative ones and a scenario that is there twice are
   * handed on.
   *
   * @param result where the result is
   * @throws UnreadableResult when it is not of this format
   */
  List<Measurement> read(Result result);

  /**
   * The result of one run.
   *
   * @param text what was printed, or the content of the result file; empty for a folder
   * @param folder the result folder; null when the result is text
   */
  record Result(String text, Path folder) {

    /** A result that is text. */
    public static Result text(String text) {
      return new Result(text, null);
    }
  }
}
