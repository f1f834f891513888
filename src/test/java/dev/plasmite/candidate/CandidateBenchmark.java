package dev.plasmite.candidate;

import dev.plasmite.gate.CandidatePlan;
import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.LockstepPlan;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.Receipt;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.StageResult;
import dev.plasmite.gate.Verdict;
import dev.plasmite.git.GitRepository;
import dev.plasmite.git.RealGit;
import dev.plasmite.github.GitHubClient;
import dev.plasmite.github.LoopbackGitHub;
import dev.plasmite.manifest.Lockstep;
import dev.plasmite.train.Invocation;
import dev.plasmite.train.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How long verify-candidate takes on 50,000 files and 20,000 commits, beside {@code git status} and
 * {@code git log -1}, in turns. Started by hand: see docs/benchmarks-candidate.md.
 */
public final class CandidateBenchmark {

  private static final String CI = ".github/workflows/ci.yml";
  private static final int ROUNDS = 11;

  private CandidateBenchmark() {}

  /**
   * Measures.
   *
   * @param arguments a directory, which is filled when it is empty and used again when it is not; and {@code verify},
   *     {@code state} or {@code status}, by which this program measures itself in a fresh process
   */
  public static void main(String[] arguments) throws Exception {
    Path parent = Path.of(arguments[0]).toAbsolutePath();
    if (arguments.length > 1) {
      Path work = parent.resolve("work");
      System.out.println(
          switch (arguments[1]) {
            case "verify" -> verify(work);
            case "status" -> status(work);
            default -> state(work);
          });
      return;
    }
    Files.createDirectories(parent);
    if (!Files.exists(parent.resolve("origin.git"))) {
      LargeRepository.make(parent, 50_000, 20_000);
    }
    Path work = parent.resolve("work");
    RealGit git = new RealGit(work);
    git.run("status"); // lets git settle its index, as a maintainer's daily use does
    List<Double> ofGit = new ArrayList<>();
    List<Double> firstVerify = new ArrayList<>();
    List<Double> firstState = new ArrayList<>();
    List<Double> warmVerify = new ArrayList<>();
    List<Double> warmState = new ArrayList<>();
    List<Double> firstStatus = new ArrayList<>();
    List<Double> warmStatus = new ArrayList<>();
    verify(work);
    state(work);
    status(work);
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      git.run("status");
      git.run("log", "-1");
      ofGit.add((System.nanoTime() - start) / 1e6);
      firstVerify.add(inFreshProcess(parent, "verify"));
      firstState.add(inFreshProcess(parent, "state"));
      warmVerify.add(verify(work));
      warmState.add(state(work));
      firstStatus.add(inFreshProcess(parent, "status"));
      warmStatus.add(status(work));
    }
    print("git status + git log -1", ofGit, ofGit);
    print("verify-candidate, warm", warmVerify, ofGit);
    print("status, warm", warmStatus, ofGit);
    print("git's part of status, warm", warmState, ofGit);
    print("verify-candidate, first in its JVM", firstVerify, ofGit);
    print("status, first in its JVM", firstStatus, ofGit);
    print("git's part of status, first in its JVM", firstState, ofGit);
  }

  /** Milliseconds for what status asks of git: head, work tree, upstream, the release before. */
  private static double state(Path work) {
    long start = System.nanoTime();
    try (GitRepository repository = GitRepository.open(work)) {
      String head = repository.head().commit().orElseThrow();
      if (!repository.status().clean()
          || repository.upstream().isEmpty()
          || !repository.newestReleaseBefore(head).orElseThrow().name().equals("v1.1.0")) {
        throw new IllegalStateException("not the repository that was made");
      }
      return (System.nanoTime() - start) / 1e6;
    }
  }

  /** Milliseconds for all that the goal status does: which release it is, evidence, blockers, origin, what comes next. */
  private static double status(Path work) {
    long start = System.nanoTime();
    String version = Lockstep.resolve(work, LockstepPlan.discovered(), Optional.empty()).carried().orElseThrow().toString();
    Status status =
        Status.of(
            Plans.of(work, version, Mode.LIVE, new CandidatePlan(Optional.of("main"), Optional.of("CHANGELOG.md"), Optional.of(CI), Optional.of("lantern-demo/lantern"))),
            new Invocation("mvn", "3.9", "test", List.of("plasmite:status"), false),
            Map.of(),
            false,
            Clock.systemDefaultZone());
    String shown = status.text();
    if (!shown.contains("next: mvn") || !status.unseen().isEmpty()) {
      throw new IllegalStateException("not the release that was made: " + shown);
    }
    return (System.nanoTime() - start) / 1e6;
  }

  /** Milliseconds from opening the repository to the verdict. */
  private static double verify(Path work) throws Exception {
    String head = new RealGit(work).head();
    try (LoopbackGitHub ci =
        new LoopbackGitHub(
            r ->
                LoopbackGitHub.Reply.json(
                    200,
                    LoopbackGitHub.runs(
                        LoopbackGitHub.run(5, CI, "push", head, "lantern-demo/lantern", "completed", "success"))))) {
      long start = System.nanoTime();
      try (GitRepository repository = GitRepository.open(work)) {
        StageResult result =
            new VerifyCandidate(
                    Plans.of(
                        work,
                        "1.2.0",
                        Mode.SANDBOX,
                        new CandidatePlan(
                            Optional.of("main"),
                            Optional.of("CHANGELOG.md"),
                            Optional.of(CI),
                            Optional.of("lantern-demo/lantern"))),
                    repository,
                    Optional.of(new GitHubClient(ci.uri(), Optional.empty(), new EffectGate(Mode.SANDBOX))),
                    false,
                    Clock.systemDefaultZone(),
                    line -> {})
                .run(new Receipts(List.of(), new Receipt.Binding("1.2.0", head, "sandbox", "")));
        double took = (System.nanoTime() - start) / 1e6;
        if (result.verdict() != Verdict.PASSED) {
          throw new IllegalStateException("not a good candidate: " + result.findings());
        }
        return took;
      }
    }
  }

  private static double inFreshProcess(Path parent, String what) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CandidateBenchmark.class.getName(),
                parent.toString(),
                what)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("the fresh process failed");
    }
    return Double.parseDouble(out.strip());
  }

  private static void print(String what, List<Double> times, List<Double> base) {
    System.out.printf(
        Locale.ROOT,
        "%-40s median %7.0f ms   min %7.0f   max %7.0f   ratio %.2f%n",
        what,
        median(times),
        Collections.min(times),
        Collections.max(times),
        median(times) / median(base));
  }

  private static double median(List<Double> times) {
    return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
  }
}
