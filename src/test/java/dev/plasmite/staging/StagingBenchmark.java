package dev.plasmite.staging;

import dev.plasmite.artifact.BuildRun;
import dev.plasmite.artifact.LocalKey;
import dev.plasmite.artifact.Unpacker;
import dev.plasmite.client.Command;
import dev.plasmite.client.Exit;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import dev.plasmite.gate.Receipt;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StageResult;
import dev.plasmite.gate.StagingPlan;
import dev.plasmite.gate.StagingPlan.ArtifactRule;
import dev.plasmite.gate.StagingPlan.Kind;
import dev.plasmite.provenance.Provenance;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;
import org.eclipse.jgit.api.Git;

/**
 * Staging and proving many large artifacts, beside {@code sha256sum} over the same files. Not a test: see
 * docs/benchmarks-staging.md for the command.
 */
public final class StagingBenchmark {

  private static final String VERSION = "1.2.0";

  private final Path root;
  private final int count;
  private final long bytes;
  private final Processes processes = new Processes(Redactor.NONE);

  private StagingBenchmark(Path root, int count, long bytes) {
    this.root = root;
    this.count = count;
    this.bytes = bytes;
  }

  /** Arguments: an empty directory, number of artifacts, MiB of all together, rounds. */
  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[0]).toAbsolutePath();
    StagingBenchmark benchmark =
        new StagingBenchmark(root, Integer.parseInt(args[1]), Long.parseLong(args[2]) << 20);
    for (Kind kind : List.of(Kind.OTHER, Kind.SDK)) {
      benchmark.run(kind, Integer.parseInt(args[3]));
    }
  }

  private void run(Kind kind, int rounds) throws Exception {
    Path checkout = root.resolve("checkout-" + kind.id());
    String commit = commit(checkout);
    for (int i = 0; i < count; i++) {
      write(kind, checkout.resolve("dist"), i);
    }
    BuildRun run =
        new BuildRun("lantern-demo/lantern", ".github/workflows/release.yml", "push", 1, 1, commit, "refs/tags/v" + VERSION);
    ArtifactRule rule = new ArtifactRule(kind, "dist/*", count, Optional.empty(), Optional.empty());
    StagingPlan staging = new StagingPlan(List.of(), List.of(rule), Optional.empty(), Duration.ofMinutes(1));
    ReleasePlan plan = Plans.of(root, VERSION, staging);
    Path key = root.resolve("key");
    List<Double> sums = new ArrayList<>();
    List<Double> stagings = new ArrayList<>();
    List<Double> proofs = new ArrayList<>();
    double stagingCpu = Double.MAX_VALUE;
    double proofCpu = Double.MAX_VALUE;
    for (int i = 0; i < rounds; i++) {
      Unpacker.delete(plan.directories().artifacts());
      sums.add(seconds(() -> sha256sum(checkout.resolve("dist"))));
      Receipts none = new Receipts(List.of(), new Receipt.Binding("", "", "", ""));
      double before = cpu();
      stagings.add(
          seconds(() -> passed(new StageArtifacts(plan, checkout, run, Map.of(), processes, key, line -> {}).run(none))));
      double between = cpu();
      proofs.add(
          seconds(
              () -> passed(new Provenance(plan, checkout, run, LocalKey.publicKeyOf(key), line -> {}).run(none))));
      stagingCpu = Math.min(stagingCpu, between - before);
      proofCpu = Math.min(proofCpu, cpu() - between);
    }
    double sum = least(sums);
    System.out.printf(
        Locale.ROOT,
        "%-5s %d files, %d MiB: sha256sum %.2f s; stage-artifacts %.2f s (%.2fx, CPU %.2f s);"
            + " provenance %.2f s (%.2fx, CPU %.2f s);"
            + " heap at most %d MiB of %d%n",
        kind.id(), count, bytes >> 20, sum, least(stagings), least(stagings) / sum, stagingCpu,
        least(proofs), least(proofs) / sum, proofCpu,
        peak() >> 20, Runtime.getRuntime().maxMemory() >> 20);
    Unpacker.delete(checkout);
    Unpacker.delete(plan.directories().artifacts());
  }

  private String commit(Path checkout) throws Exception {
    try (Git git = Git.init().setDirectory(Files.createDirectories(checkout).toFile()).call()) {
      String commit =
          git.commit()
              .setAllowEmpty(true)
              .setSign(false)
              .setAuthor("Release", "release@example.org")
              .setCommitter("Release", "release@example.org")
              .setMessage("release")
              .call()
              .name();
      git.tag().setName("v" + VERSION).setSigned(false).setAnnotated(false).call();
      return commit;
    }
  }

  private void write(Kind kind, Path directory, int number) throws IOException {
    Files.createDirectories(directory);
    long size = bytes / count;
    Random random = new Random(number);
    if (kind == Kind.OTHER) {
      try (OutputStream out = Files.newOutputStream(directory.resolve("file-" + number + ".bin"))) {
        noise(out, size, random);
      }
      return;
    }
    GzipParameters parameters = new GzipParameters();
    parameters.setCompressionLevel(1);
    try (OutputStream file = Files.newOutputStream(directory.resolve("sdk_" + VERSION + "_" + number + ".tar.gz"));
        TarArchiveOutputStream tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(file, parameters))) {
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      entry(tar, "bin/tool", 0755, "tool");
      entry(tar, "include/tool.h", 0644, "header");
      entry(tar, "lib/pkgconfig/tool.pc", 0644, "Version: " + VERSION + "\n");
      TarArchiveEntry large = new TarArchiveEntry("lib/libtool.a");
      large.setSize(size);
      tar.putArchiveEntry(large);
      noise(tar, size, random);
      tar.closeArchiveEntry();
    }
  }

  private static void entry(TarArchiveOutputStream tar, String name, int mode, String text) throws IOException {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setMode(mode);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  private static void noise(OutputStream out, long size, Random random) throws IOException {
    byte[] block = new byte[1 << 16];
    for (long left = size; left > 0; left -= block.length) {
      random.nextBytes(block);
      out.write(block, 0, (int) Math.min(left, block.length));
    }
  }

  private void sha256sum(Path directory) throws IOException {
    List<String> argv = new ArrayList<>(List.of("sha256sum"));
    try (var files = Files.list(directory)) {
      files.forEach(file -> argv.add(file.toString()));
    }
    Exit exit = processes.run(Command.of(directory, argv).with(Map.of("PATH", System.getenv("PATH"))));
    if (!exit.ok()) {
      throw new IllegalStateException(exit.toString());
    }
  }

  private static void passed(StageResult result) {
    if (!result.findings().isEmpty()) {
      throw new IllegalStateException(result.findings().toString());
    }
  }

  private static long peak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }

  private static double least(List<Double> all) {
    return all.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  private interface Work {
    void run() throws Exception;
  }

  private static double seconds(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  /** Processor seconds of this process so far, which a busy machine does not stretch. */
  private static double cpu() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class).getProcessCpuTime() / 1e9;
  }
}
