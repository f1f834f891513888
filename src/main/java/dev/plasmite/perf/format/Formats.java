package dev.plasmite.perf.format;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Refusal;
import java.util.List;
import java.util.stream.Collectors;

/** The known formats. */
public final class Formats {

  private static final List<BenchmarkFormat> ALL = 
      List.of(
          new PlasmiteFormat(),
          new SamplesFormat(),
          new HyperfineFormat(),
          new JmhFormat(),
          new CriterionFormat(),
          new GoBenchFormat(),
          new PytestFormat());

  private Formats() {}

  /**
   * The format of that name.
   *
   * @throws Refusal when there is none
   */
  public static BenchmarkFormat named(String id) {
    return ALL.stream()
        .filter(f -> f.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    Finding.of("<perfGate><format> is '" + id + "'")
                        .remedy("set it to one of " + names())));
  }

  /** All names, as a message lists them. */
  public static String names() {
    return ALL.stream().map(BenchmarkFormat::id).collect(Collectors.joining(", "));
  }
}
