package dev.plasmite.perf.format;

import java.nio.file.Path;
import java.util.List;

/** A way in which benchmarks write their results. */
public interface BenchmarkFormat {

  /** The name in the POM's {@code <format>}. */
  String id();

  /** Where the result is when the POM does not say: a path relative to the checkout; empty when it is printed. */
  default String usualResult() {
    return "";
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
