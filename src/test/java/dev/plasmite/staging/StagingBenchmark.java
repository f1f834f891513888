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
  private static final String JRELEASER = "org.jreleaser:jreleaser-maven-plugin:1.23.0";

  /** Nothing of it is sent: the goal only reads and digests. */
  private static final String POM =
      """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <groupId>benchmark</groupId><artifactId>benchmark</artifactId><version>1.2.0</version><packaging>pom</packaging>
        <description>benchmark</description>
        <build><plugins><plugin>
          <groupId>org.jreleaser</groupId><artifactId>jreleaser-maven-plugin</artifactId><version>1.23.0</version>
          <configuration><jreleaser>
            <project><copyright>none</copyright></project>
            <release><github><owner>lantern-demo</owner><skipRelease>true</skipRelease><token>none</token></github></release>
            <checksum><algorithms><algorithm>SHA_256</algorithm><algorithm>SHA_512</algorithm></algorithms></checksum>
            <files><globs><glob><pattern>dist/*</pattern></glob></globs></files>
          </jreleaser></configuration>
        </plugin></plugins></build>
      </project>
      """;

  private final Path root;
  private final int count;
  private final long bytes;
  private final Optional<Path> local;
  private final Processes processes = new Processes(Redactor.NONE);

  private StagingBenchmark(Path root, int count, long bytes, Optional<Path> local) {
    this.root = root;
    this.count = count;
    this.bytes = bytes;
    this.local = local;
  }

  /**
   * Arguments: an empty directory, number of artifacts, MiB of all together, rounds, and a Maven repository with
   * jreleaser-maven-plugin in it to have that run as well.
   */
  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[0]).toAbsolutePath();
    StagingBenchmark benchmark =
        new StagingBenchmark(root, Integer.parseInt(args[1]), Long.parseLong(args[2]) << 20,
            Optional.of(args).filter(all -> all.length > 4).map(all -> Path.of(all[4]).toAbsolutePath()));
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
    Receipts none = new Receipts(List.of(), new Receipt.Binding("", "", "", ""));
    Measured sum = new Measured();
    Measured stages = new Measured();
    Measured proofs = new Measured();
    Measured both = new Measured();
    Measured jreleaser = new Measured();
    for (int i = 0; i < rounds; i++) {
      Unpacker.delete(plan.directories().artifacts());
      sum.add(() -> sha256sum(checkout.resolve("dist")));
      double one =
          stages.add(
              () -> passed(new StageArtifacts(plan, checkout, run, Map.of(), processes, key, line -> {}).run(none)));
      double other =
          proofs.add(() -> passed(new Provenance(plan, checkout, run, LocalKey.publicKeyOf(key), line -> {}).run(none)));
      both.seconds.add(one + other);
      if (local.isPresent()) {
        Unpacker.delete(checkout.resolve("target"));
        jreleaser.add(() -> jreleaser(checkout));
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%-5s %d files, %d MiB: sha256sum %.2f s; stage-artifacts %.2f s (CPU %.2f s); provenance %.2f s (CPU %.2f s);"
            + " both %.2f s, %.2fx%s; heap at most %d MiB of %d%n",
        kind.id(), count, bytes >> 20, sum.least(), stages.least(), least(stages.cpu), proofs.least(), least(proofs.cpu),
        both.least(), both.least() / sum.least(),
        local.isPresent() ? String.format(Locale.ROOT, "; JReleaser's checksum %.2f s, %.2fx", jreleaser.least(), jreleaser.least() / sum.least()) : "",
        peak() >> 20, Runtime.getRuntime().maxMemory() >> 20);
    Unpacker.delete(checkout);
    Unpacker.delete(plan.directories().artifacts());
  }

  /** Times of one thing in all rounds. */
  private static final class Measured {
    private final List<Double> seconds = new ArrayList<>();
    private final List<Double> cpu = new ArrayList<>();

    double add(Work work) throws Exception {
      sync(); // What others left to write is not this one's.
      double before = cpu();
      long start = System.nanoTime();
      work.run();
      seconds.add((System.nanoTime() - start) / 1e9);
      cpu.add(cpu() - before);
      return seconds.get(seconds.size() - 1);
    }

    double least() {
      return StagingBenchmark.least(seconds);
    }
  }

  private static void sync() throws IOException, InterruptedException {
    new ProcessBuilder("sync").start().waitFor();
  }

  /** The goal in a Maven of its own, whose start belongs to it: sha256 and sha512, as stage-artifacts does. */
  private void jreleaser(Path checkout) throws IOException {
    Files.writeString(checkout.resolve("pom.xml"), POM);
    List<String> argv =
        List.of("mvn", "-B", "-q", "-o", "-Dmaven.repo.local=" + local.orElseThrow(), JRELEASER + ":checksum");
    Exit exit = processes.run(Command.of(checkout, argv).inheriting().within(Duration.ofMinutes(10)));
    Path sums = checkout.resolve("target/jreleaser/checksums/checksums_sha256.txt");
    if (!exit.ok() || !Files.exists(sums) || Files.readAllLines(sums).size() != count) {
      throw new IllegalStateException(exit.toString());
    }
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

  /** Processor seconds of this process so far, which a busy machine does not stretch. */
  private static double cpu() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class).getProcessCpuTime() / 1e9;
  }
}
