package dev.plasmite.publishing.fault;

import dev.plasmite.sandbox.loopback.Fault;
import dev.plasmite.sandbox.loopback.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How long a publish takes when each request is answered late: every channel alone, then all together. Not a test: see
 * docs/benchmarks-publishing.md for the command.
 */
public final class LatencyBenchmark {

  private static final List<String> REGISTRIES = List.of("crates.io", "npm", "PyPI");
  private static final List<String> ALL = List.of("crates.io", "npm", "PyPI", "GitHub Releases", "Homebrew");

  private final Path root;
  private final Product product;
  private int count;

  private LatencyBenchmark(Path root) throws IOException {
    this.root = Files.createDirectories(root);
    this.product = Product.make(root.resolve("product"));
  }

  /** Arguments: an empty directory, milliseconds that each answer is late. */
  public static void main(String[] args) throws IOException {
    LatencyBenchmark benchmark = new LatencyBenchmark(Path.of(args[0]).toAbsolutePath());
    long late = Long.parseLong(args[1]);
    benchmark.seconds(ALL, Map.of()); // warms up
    benchmark.compare("the three registries are late", REGISTRIES, Map.of("crates.io", late, "npm", late, "pypi", late));
    benchmark.compare("all are late, the registries most", ALL, Map.of("crates.io", late, "npm", late, "pypi", late, "github", late / 10, "tap", late / 10));
    System.exit(0);
  }

  private void compare(String what, List<String> channels, Map<String, Long> late) throws IOException {
    Map<String, Double> alone = new LinkedHashMap<>();
    for (String channel : channels) {
      alone.put(channel, seconds(List.of(channel), late));
    }
    double together = seconds(channels, late);
    double slowest = alone.values().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    double sum = alone.values().stream().mapToDouble(Double::doubleValue).sum();
    StringBuilder line = new StringBuilder(what + ": ");
    alone.forEach((channel, seconds) -> line.append(String.format(Locale.ROOT, "%s %.2f s, ", channel, seconds)));
    System.out.printf(Locale.ROOT, "%stogether %.2f s = %.2fx the slowest (one after another %.2f s)%n", line, together, together / slowest, sum);
  }

  private double seconds(List<String> channels, Map<String, Long> late) throws IOException {
    World world = new World(root.resolve("world-" + ++count), product);
    Plot slow =
        new Plot(Effects.DRAFT, null) {
          @Override
          Fault fate(String server, Request request) {
            return Fault.slow(Duration.ofMillis(late.getOrDefault(server, 0L)));
          }
        };
    long start = System.nanoTime();
    World.Run run = world.publish(slow, Set.of(), Map.of(), channels::contains);
    double seconds = (System.nanoTime() - start) / 1e9;
    if (!run.passed()) {
      throw new IllegalStateException(String.valueOf(run.result()));
    }
    return seconds;
  }
}
