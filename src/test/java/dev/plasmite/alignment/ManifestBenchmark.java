package dev.plasmite.alignment;

import dev.plasmite.gate.LockstepPlan;
import dev.plasmite.manifest.Lockstep;
import dev.plasmite.version.SemVer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Verify and bump of many manifests in one repository, against reading and hashing the same files, and against peers on
 * the same files, as ratios from one run. docs/benchmarks.md says how to run it.
 *
 * <p>Arguments: an empty directory, the number of manifests, then any of {@code bump-my-version=PATH} and {@code
 * tbump=PATH}.
 */
public final class ManifestBenchmark {

  private static final int ROUNDS = 7;

  private final Path root;
  private final int count;

  private ManifestBenchmark(Path root, int count) {
    this.root = root;
    this.count = count;
  }

  public static void main(String[] args) throws Exception {
    ManifestBenchmark benchmark = new ManifestBenchmark(Path.of(args[0]).toAbsolutePath(), Integer.parseInt(args[1]));
    List<Path> files = benchmark.make();
    benchmark.inProcess(files);
    Ours ours = benchmark.ownProcess();
    for (String peer : Arrays.asList(args).subList(2, args.length)) {
      String[] named = peer.split("=", 2);
      long theirs = benchmark.peer(named[0], named[1]);
      System.out.printf(
          "%-34s %8d ms  %6.1f times our bump, %.1f times our verify%n",
          named[0] + " (own process)", theirs, (double) theirs / ours.bump, (double) theirs / ours.verify);
    }
  }

  private List<Path> make() throws Exception {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Path directory = root.resolve("group" + i / 100 + "/part" + i);
      Files.createDirectories(directory);
      String name = "part-" + i;
      Path file =
          switch (i % 10) {
            case 0, 1, 2, 3 -> write(directory.resolve("Cargo.toml"), cargo(name));
            case 4, 5, 6 -> write(directory.resolve("package.json"), node(name));
            case 7, 8 -> write(directory.resolve("pyproject.toml"), python(name));
            default -> write(directory.resolve("pom.xml"), maven(name));
          };
      files.add(file);
    }
    Files.writeString(root.resolve(".bumpversion.toml"), """
        [tool.bumpversion]
        current_version = "1.0.0"
        allow_dirty = true
        [[tool.bumpversion.files]]
        glob = "group*/*/Cargo.toml"
        search = "version = \\"{current_version}\\""
        replace = "version = \\"{new_version}\\""
        [[tool.bumpversion.files]]
        glob = "group*/*/package.json"
        search = "\\"version\\": \\"{current_version}\\""
        replace = "\\"version\\": \\"{new_version}\\""
        [[tool.bumpversion.files]]
        glob = "group*/*/pyproject.toml"
        search = "version = \\"{current_version}\\""
        replace = "version = \\"{new_version}\\""
        [[tool.bumpversion.files]]
        glob = "group*/*/pom.xml"
        search = "<version>{current_version}</version>"
        replace = "<version>{new_version}</version>"
        """);
    Files.writeString(root.resolve("tbump.toml"), """
        [version]
        current = "1.0.0"
        regex = '''(?P<major>\\d+)\\.(?P<minor>\\d+)\\.(?P<patch>\\d+)'''
        [git]
        message_template = "{new_version}"
        tag_template = "v{new_version}"
        [[file]]
        src = "group*/*/Cargo.toml"
        search = 'version = "{current_version}"'
        [[file]]
        src = "group*/*/package.json"
        search = '"version": "{current_version}"'
        [[file]]
        src = "group*/*/pyproject.toml"
        search = 'version = "{current_version}"'
        [[file]]
        src = "group*/*/pom.xml"
        search = '<version>{current_version}</version>'
        """);
    run("git", "init", "-q", ".");
    run("git", "add", ".");
    return files;
  }

  private void inProcess(List<Path> files) throws IOException, NoSuchAlgorithmException {
    long[] hash = new long[ROUNDS];
    long[] verify = new long[ROUNDS];
    long[] plan = new long[ROUNDS];
    SemVer now = SemVer.parse("1.0.0");
    Bump bump = new Bump(root, LockstepPlan.discovered(), line -> {});
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path file : files) {
        digest.update(Files.readAllBytes(file));
      }
      hash[round] = System.nanoTime() - start;
      start = System.nanoTime();
      Lockstep lockstep = Lockstep.resolve(root, LockstepPlan.discovered(), java.util.Optional.of(now));
      if (!Drift.of(lockstep, now).isEmpty() || lockstep.sites().size() < count) {
        throw new IllegalStateException(lockstep.sites().size() + " sites, " + Drift.of(lockstep, now).size() + " drift");
      }
      verify[round] = System.nanoTime() - start;
      start = System.nanoTime();
      bump.plan(SemVer.parse("1.1.0"), false);
      plan[round] = System.nanoTime() - start;
    }
    System.out.printf("%d manifests, %d rounds in one process, heap at most %d MB%n", count, ROUNDS, Runtime.getRuntime().maxMemory() >> 20);
    System.out.printf("%-34s %8d ms (first %d ms)%n", "read and hash", median(hash), hash[0] / 1_000_000);
    System.out.printf("%-34s %8d ms (first %d ms)  %6.1f times reading%n", "verify", median(verify), verify[0] / 1_000_000, (double) median(verify) / median(hash));
    System.out.printf("%-34s %8d ms (first %d ms)  %6.1f times reading%n", "plan a bump", median(plan), plan[0] / 1_000_000, (double) median(plan) / median(hash));
  }

  /** What our own processes took, in milliseconds. */
  private record Ours(long verify, long bump) {}

  private Ours ownProcess() throws Exception {
    List<String> command =
        List.of(
            System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
            "-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp", classPath(), "dev.plasmite.alignment.BumpMain", "--dir", root.toString(), "--version");
    long verify = timed(command, "1.0.0", "--verify", "true");
    long dryRun = timed(command, "1.1.0", "--dryRun", "true");
    long bump = timed(command, "1.1.0");
    timed(command, "1.0.0");
    System.out.printf("%-34s %8d ms%n", "verify (own process)", verify);
    System.out.printf("%-34s %8d ms%n", "dry run (own process)", dryRun);
    System.out.printf("%-34s %8d ms%n", "bump, all or nothing (own process)", bump);
    return new Ours(verify, bump);
  }

  /** Absolute, for the other process works elsewhere. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(java.util.stream.Collectors.joining(File.pathSeparator));
  }

  private long timed(List<String> command, String... more) throws Exception {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(more));
    long start = System.nanoTime();
    run(all.toArray(String[]::new));
    return (System.nanoTime() - start) / 1_000_000;
  }

  private long peer(String name, String executable) throws Exception {
    long start = System.nanoTime();
    if (name.equals("tbump")) {
      run(executable, "--non-interactive", "--only-patch", "1.1.0");
    } else {
      run(executable, "bump", "--new-version", "1.1.0", "--no-commit", "--no-tag");
    }
    long took = (System.nanoTime() - start) / 1_000_000;
    String changed = Files.readString(root.resolve("group0/part0/Cargo.toml"));
    if (!changed.contains("version = \"1.1.0\"")) {
      throw new IllegalStateException(name + " did not bump");
    }
    run("git", "checkout", "-q", ".");
    return took;
  }

  private void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true).redirectOutput(root.resolve(".git-output").toFile()).start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", command) + "\n" + Files.readString(root.resolve(".git-output")));
    }
  }

  private static long median(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2] / 1_000_000;
  }

  private static Path write(Path file, String text) throws IOException {
    return Files.writeString(file, text);
  }

  private static String cargo(String name) {
    return """
        [package]
        name = "%s"
        version = "1.0.0"
        edition = "2021"
        license = "Apache-2.0"
        description = "A part of the benchmark"

        [dependencies]
        serde = { version = "1.0.200", features = ["derive"] }
        serde_json = "1.0.100"
        tokio = { version = "1.38", default-features = false, features = ["rt", "macros"] }

        [dev-dependencies]
        tempfile = "3.10.1"

        [features]
        default = ["std"]
        std = []
        """.formatted(name);
  }

  private static String node(String name) {
    return """
        {
          "name": "@bench/%s",
          "version": "1.0.0",
          "description": "A part of the benchmark",
          "main": "index.js",
          "scripts": { "test": "node --test", "build": "tsc -p ." },
          "dependencies": { "left": "^2.1.0", "right": "~1.2.3" },
          "devDependencies": { "typescript": "^5.4.0" },
          "license": "Apache-2.0"
        }
        """.formatted(name);
  }

  private static String python(String name) {
    return """
        [build-system]
        requires = ["hatchling"]
        build-backend = "hatchling.build"

        [project]
        name = "%s"
        version = "1.0.0"
        description = "A part of the benchmark"
        requires-python = ">=3.9"
        dependencies = ["requests>=2.31", "numpy==1.26.4"]
        """.formatted(name);
  }

  private static String maven(String name) {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>bench</groupId>
          <artifactId>%s</artifactId>
          <version>1.0.0</version>
          <dependencies>
            <dependency>
              <groupId>org.example</groupId>
              <artifactId>other</artifactId>
              <version>2.3.4</version>
            </dependency>
          </dependencies>
        </project>
        """.formatted(name);
  }
}
