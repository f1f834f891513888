package dev.plasmite.perf;

import dev.plasmite.gate.PerfPlan;
import dev.plasmite.gate.Receipt;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.StageResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A product with a release v0.1.0 and a benchmark, and what is asked of the gate. */
abstract class ReleasedProduct {

  static final Receipts NONE = new Receipts(List.of(), new Receipt.Binding("", "", "", ""));

  @TempDir Path temp;
  PerfProduct product;

  @BeforeEach
  final void release() throws Exception {
    product = new PerfProduct(temp);
    product.file("bench.sh", PerfProduct.STEADY).costs(costs());
    product.commit("first");
    product.tag("v0.1.0");
  }

  @AfterEach
  final void close() throws IOException {
    product.close();
  }

  /** The release's scenarios and their cost in milliseconds. */
  String[] costs() {
    return new String[] {"fast 100", "slow 200"};
  }

  /** A commit after the release that changes nothing of the benchmark. */
  final String next() throws Exception {
    product.file("README", "more");
    return product.commit("second");
  }

  final StageResult run(PerfPlan perf) {
    return product.gate(product.plan(perf)).run(NONE);
  }

  static String text(StageResult result) {
    return result.findings().stream().map(f -> f.severity() + " " + f).collect(Collectors.joining("\n"));
  }
}
