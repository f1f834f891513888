package dev.plasmite.perf;

import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import dev.plasmite.gate.CandidatePlan;
import dev.plasmite.gate.LockstepPlan;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.PerfPlan;
import dev.plasmite.gate.PerfPolicy;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StagingPlan;
import dev.plasmite.version.SemVer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;

/** A small product in a real git repository, whose benchmark is a shell script that prints what it is told. */
final class PerfProduct implements AutoCloseable {

  /** Prints every scenario of the file "costs" with a little deterministic variation from run to run. */
  static final String STEADY =
      """
      n=$(cat count 2>/dev/null || echo 0); n=$((n + 1)); echo $n > count
      printf '{"schema":1,"unit":"ms","better":"lower","scenarios":['
      comma=
      while read -r key cost; do
        printf '%s{"key":"%s","value":%s.%s}' "$comma" "$key" "$cost" "$((n % 3))"
        comma=,
      done < costs
      printf ']}\\n'
      """;

  final Path root;
  final Path evidence;
  final Path temporary;
  final List<String> lines = new ArrayList<>();
  private final Git git;

  PerfProduct(Path parent) throws IOException, GitAPIException {
    root = Files.createDirectory(parent.resolve("product"));
    evidence = parent.resolve("evidence");
    temporary = Files.createDirectory(parent.resolve("tmp"));
    git = Git.init().setDirectory(root.toFile()).setInitialBranch("main").call();
  }

  private PerfProduct(Path parent, Git git) {
    root = parent.resolve("product");
    evidence = parent.resolve("evidence");
    temporary = parent.resolve("tmp");
    this.git = git;
  }

  /** The product that was made in a directory before. */
  static PerfProduct existing(Path parent) throws IOException {
    return new PerfProduct(parent, Git.open(parent.resolve("product").toFile()));
  }

  PerfProduct file(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  /** Scenarios and their cost in milliseconds. */
  PerfProduct costs(String... lines) throws IOException {
    return file("costs", String.join("\n", lines) + "\n");
  }

  String commit(String message) throws GitAPIException {
    git.add().addFilepattern(".").call();
    PersonIdent who = new PersonIdent("tester", "tester@example.org");
    return git.commit().setMessage(message).setAuthor(who).setCommitter(who).setSign(false).call().name();
  }

  PerfProduct tag(String name) throws GitAPIException {
    git.tag().setName(name).setAnnotated(true).setSigned(false).setMessage(name).setTagger(new PersonIdent("tester", "tester@example.org")).call();
    return this;
  }

  /** Moves a release's tag to the newest commit. */
  PerfProduct retag(String name) throws GitAPIException {
    git.tagDelete().setTags(name).call();
    return tag(name);
  }

  Git git() {
    return git;
  }

  static PerfPlan perf(String run) {
    return new PerfPlan(
        List.of(), Optional.of(run), "samples", Optional.empty(), 0.10, List.of(), 0, Duration.ofMinutes(10));
  }

  static PerfPlan with(PerfPlan p, PerfPolicy policy) {
    return new PerfPlan(p.build(), p.run(), p.format(), p.resultFile(), p.threshold(), p.advisory(), p.maxPairs(), p.runTimeout(), policy);
  }

  ReleasePlan plan(PerfPlan perf) {
    return plan(perf, Optional.empty());
  }

  ReleasePlan plan(PerfPlan perf, Optional<String> baseTag) {
    return at(root, perf, baseTag);
  }

  /** The plan in another clone. */
  ReleasePlan at(Path repository, PerfPlan perf, Optional<String> baseTag) {
    return new ReleasePlan(
        repository,
        SemVer.parse("0.2.0"),
        Mode.SANDBOX,
        baseTag,
        LockstepPlan.discovered(),
        new CandidatePlan(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
        perf,
        new StagingPlan(List.of(), List.of(), Optional.empty(), Duration.ofMinutes(1)),
        List.of(),
        Map.of(),
        new ReleasePlan.Directories(evidence.resolve("artifacts"), evidence, evidence.resolve("sandbox")));
  }

  /** The gate on a machine that is always calm. */
  PerfGate gate(ReleasePlan plan) {
    return new PerfGate(setting(plan, Ticks.system()));
  }

  Setting setting(ReleasePlan plan, Ticks ticks) {
    return new Setting(
        plan, new Processes(Redactor.NONE), Map.of("PATH", System.getenv("PATH")), lines::add, CALM, ticks, temporary);
  }

  static final Host CALM =
      new Host() {
        @Override
        HostState now() {
          return new HostState(0.1, 2, "performance", "mains", 0, Double.NaN);
        }
      };

  @Override
  public void close() {
    git.close();
  }
}
