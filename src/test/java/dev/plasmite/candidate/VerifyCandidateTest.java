package dev.plasmite.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.artifact.Digests;
import dev.plasmite.gate.CandidatePlan;
import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Finding.Severity;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.Receipt;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.StageResult;
import dev.plasmite.gate.Verdict;
import dev.plasmite.git.GitRepository;
import dev.plasmite.git.RealGit;
import dev.plasmite.github.GitHubClient;
import dev.plasmite.github.LoopbackGitHub;
import dev.plasmite.github.LoopbackGitHub.Reply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Candidates made with the real git client, and a CI on the loopback interface. */
class VerifyCandidateTest {

  private static final String REPO = "lantern-demo/lantern";
  private static final String CI = ".github/workflows/ci.yml";

  @TempDir Path dir;
  private RealGit git;
  private CandidatePlan candidate =
      new CandidatePlan(Optional.of("main"), Optional.of("CHANGELOG.md"), Optional.of(CI), Optional.of(REPO));
  private Clock clock = Clock.systemUTC();

  @BeforeEach
  void aGoodCandidate() throws Exception {
    git = RealGit.withOrigin(dir);
    git.write(
        "CHANGELOG.md",
        "# Changelog\n\n## [Unreleased]\n\n## [1.2.0] - " + LocalDate.now(clock) + "\n\n- A lamp.\n");
    git.commit("the candidate");
    git.run("push", "-q");
  }

  @Test
  void aGoodCandidatePassesWithItsProof() throws Exception {
    StageResult result = verify(green());
    assertThat(result.findings()).isEmpty();
    assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(result.proof())
        .containsEntry("commit", git.head())
        .containsEntry("branch", "main")
        .containsEntry("ci-run", "5")
        .containsEntry(
            "changelog-sha256", Digests.sha256(Files.readAllBytes(git.directory().resolve("CHANGELOG.md"))));
  }

  @Test
  void everythingWrongIsToldTogether() throws Exception {
    git.write("README.md", "edited\n");
    git.write("staged.txt", "x");
    git.run("add", "staged.txt");
    git.run("commit", "-q", "-m", "not pushed");
    git.write("staged2.txt", "x");
    git.run("add", "staged2.txt");
    git.write("new.txt", "x");
    git.write("CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n\n- A lamp.\n");
    git.run("commit", "-q", "-m", "no section", "CHANGELOG.md");
    StageResult result = verify(runs());
    assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(texts(result))
        .anyMatch(t -> t.startsWith("README.md  README.md is not committed"))
        .anyMatch(t -> t.startsWith("staged2.txt  staged2.txt is not committed"))
        .anyMatch(t -> t.startsWith("new.txt  new.txt is neither tracked nor ignored"))
        .anyMatch(t -> t.contains("branch main is 2 ahead of origin/main -> git push"))
        .anyMatch(t -> t.startsWith("CHANGELOG.md:3  CHANGELOG.md has no section of 1.2.0"))
        .anyMatch(t -> t.contains("CI has not tested commit " + git.head().substring(0, 12)))
        .hasSize(6);
  }

  @Test
  void aChangeThatGitIsToldNotToLookAtIsFound() throws Exception {
    git.run("update-index", "--assume-unchanged", "README.md");
    git.write("README.md", "edited\n");
    assertThat(texts(verify(green()))).singleElement().asString()
        .startsWith("README.md  README.md is not committed, and git is told not to look at it")
        .contains("git update-index --no-assume-unchanged --no-skip-worktree README.md");
  }

  @Test
  void manyFilesAreCounted() throws Exception {
    for (int i = 0; i < 33; i++) {
      git.write("f" + i, "x");
    }
    List<String> texts = texts(verify(green()));
    assertThat(texts).hasSize(21);
    assertThat(texts.get(20)).startsWith("13 more files are neither tracked nor ignored");
  }

  @Test
  void anotherBranchIsFound() throws Exception {
    git.run("checkout", "-q", "-b", "feature");
    git.run("push", "-q", "-u", "origin", "feature");
    assertThat(texts(verify(green())))
        .singleElement()
        .asString()
        .contains("branch feature is checked out, releases come from main -> git switch main");
  }

  @Test
  void aDetachedHeadIsFound() throws Exception {
    git.run("checkout", "-q", "--detach");
    assertThat(texts(verify(green()))).singleElement().asString().contains("detached HEAD").contains("git switch main");
  }

  @Test
  void theReleaseTagCheckedOutAsCiDoesIsAsGoodAsTheBranch() throws Exception {
    git.run("tag", "-a", "v1.2.0", "-m", "x");
    git.run("push", "-q", "origin", "v1.2.0");
    git.run("checkout", "-q", "--detach", "v1.2.0");
    git.run("branch", "-q", "-D", "main");
    assertThat(verify(green()).findings()).isEmpty();
    candidate = new CandidatePlan(Optional.empty(), Optional.of("CHANGELOG.md"), Optional.of(CI), Optional.of(REPO));
    assertThat(verify(green()).findings()).isEmpty();
  }

  @Test
  void aTagThatTheReleaseBranchDoesNotHoldIsFound() throws Exception {
    git.run("checkout", "-q", "-b", "side");
    git.commit("beside the branch");
    git.run("tag", "-a", "v1.2.0", "-m", "x");
    git.run("push", "-q", "origin", "side", "v1.2.0");
    git.run("checkout", "-q", "--detach", "v1.2.0");
    assertThat(texts(verify(green()))).singleElement().asString().contains("origin/main does not hold commit");
    git.run("update-ref", "-d", "refs/remotes/origin/main");
    StageResult result = verify(green());
    assertThat(texts(result)).singleElement().asString().contains("origin/main holds v1.2.0: it was never fetched");
    assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void aBranchWithoutUpstreamOrRemoteIsFound() throws Exception {
    git.run("branch", "--unset-upstream");
    assertThat(texts(verify(green()))).singleElement().asString().contains("branch main has no upstream -> git push -u");
    git.run("remote", "remove", "origin");
    assertThat(texts(verify(green()))).singleElement().asString().contains("there is no remote origin");
  }

  @Test
  void anUpstreamThatIsGoneIsFound() throws Exception {
    git.run("update-ref", "-d", "refs/remotes/origin/main");
    new RealGit(dir.resolve("origin.git")).run("update-ref", "-d", "refs/heads/main");
    assertThat(texts(verify(green())))
        .anyMatch(t -> t.contains("was never fetched, or is gone"))
        .anyMatch(t -> t.contains("there is no branch main on origin"));
  }

  @Test
  void anUnbornBranchIsFound() throws Exception {
    RealGit fresh = RealGit.init(dir.resolve("fresh"));
    fresh.write("README.md", "x");
    git = fresh;
    assertThat(texts(verify(null)))
        .anyMatch(t -> t.contains("branch main has no commit yet"))
        .anyMatch(t -> t.startsWith("README.md  "))
        .hasSize(2);
  }

  @Test
  void aShallowCloneIsFound() throws Exception {
    new RealGit(dir).run("clone", "-q", "--depth", "1", "file://" + dir.resolve("origin.git"), "shallow");
    git = new RealGit(dir.resolve("shallow"));
    assertThat(texts(verify(green()))).singleElement().asString().contains("shallow").contains("--unshallow");
  }

  @Test
  void aMergeInProgressIsFound() throws Exception {
    git.run("checkout", "-q", "-b", "side");
    git.commit("side");
    git.run("checkout", "-q", "main");
    git.run("merge", "--no-ff", "--no-commit", "side");
    assertThat(texts(verify(green()))).singleElement().asString().contains("a merge is in progress").contains("git merge --abort");
  }

  @Test
  void aDirtySubmoduleIsFound() throws Exception {
    RealGit inner = RealGit.withOrigin(dir.resolve("inner"));
    git.run("submodule", "--quiet", "add", inner.directory().toString(), "lib");
    git.commit("submodule");
    git.run("push", "-q");
    git.write("lib/README.md", "edited\n");
    assertThat(texts(verify(green()))).singleElement().asString().startsWith("lib  lib is not committed");
  }

  @Test
  void aCommitThatOthersPushedSinceIsFoundThoughNothingWasFetched() throws Exception {
    new RealGit(dir).run("clone", "-q", dir.resolve("origin.git").toString(), "other");
    RealGit other = new RealGit(dir.resolve("other"));
    other.commit("theirs");
    other.run("push", "-q");
    assertThat(texts(verify(green()))).singleElement().asString()
        .contains("origin/main has moved since the last fetch").contains("git fetch origin");
    git.run("fetch", "-q");
    assertThat(texts(verify(green()))).singleElement().asString().contains("branch main is 1 behind origin/main");
  }

  @Test
  void anOriginThatDoesNotAnswerIsUnknownNotFine() throws Exception {
    git.run("remote", "set-url", "origin", dir.resolve("gone.git").toString());
    StageResult result = verify(green());
    assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(texts(result)).singleElement().asString().contains("cannot read the refs of origin");
  }

  @Test
  void theSandboxDoesNotAskAnOriginOutside() throws Exception {
    git.run("remote", "set-url", "origin", "https://git.example/lantern.git");
    StageResult result = verify(green());
    assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(result.findings()).singleElement().satisfies(f -> {
      assertThat(f.severity()).isEqualTo(Severity.SIMULATED);
      assertThat(f.what()).contains("does not ask origin");
    });
  }

  @Test
  void theReleaseTagMayBeAtTheCandidateAndNowhereElse() throws Exception {
    git.run("tag", "-a", "v1.2.0", "-m", "x");
    git.run("push", "-q", "origin", "v1.2.0");
    assertThat(verify(green()).findings()).isEmpty();
    git.commit("moved on");
    git.run("push", "-q");
    assertThat(texts(verify(green())))
        .anyMatch(t -> t.contains("tag v1.2.0 here is at commit") && t.endsWith("-> release another version: origin has this tag too"))
        .anyMatch(t -> t.contains("tag v1.2.0 on origin is at commit"))
        .hasSize(2);
    git.run("tag", "-d", "v1.2.0");
    assertThat(texts(verify(green()))).singleElement().asString().contains("tag v1.2.0 on origin is at commit");
  }

  @Test
  void aTagThatIsOnlyHereMayGoAndOneThatDiffersFromOriginsIsReplacedByIt() throws Exception {
    git.run("tag", "-a", "v1.2.0", "-m", "x");
    git.commit("moved on");
    git.run("push", "-q");
    assertThat(texts(verify(green()))).singleElement().asString().endsWith("-> git tag -d v1.2.0: origin does not have it");
    git.run("tag", "-a", "there", "-m", "x");
    git.run("push", "-q", "origin", "there:refs/tags/v1.2.0");
    String remedy = texts(verify(green())).stream().reduce((a, b) -> a + b).orElseThrow();
    assertThat(remedy).endsWith("git fetch origin +refs/tags/v1.2.0:refs/tags/v1.2.0");
    git.run("fetch", "-q", "origin", "+refs/tags/v1.2.0:refs/tags/v1.2.0");
    assertThat(texts(verify(green()))).isEmpty();
  }

  @Test
  void aLightweightTagOrOneOfATreeIsFound() throws Exception {
    git.run("tag", "v1.2.0");
    git.run("push", "-q", "origin", "v1.2.0");
    assertThat(texts(verify(green())))
        .anyMatch(t -> t.contains("tag v1.2.0 here is lightweight"))
        .anyMatch(t -> t.contains("tag v1.2.0 on origin is lightweight"))
        .hasSize(2);
    git.run("push", "-q", "--delete", "origin", "v1.2.0");
    git.run("tag", "-f", "v1.2.0", "HEAD^{tree}");
    assertThat(texts(verify(green()))).singleElement().asString().contains("names a tree, not a commit");
  }

  @Test
  void anAnnotatedTagOfATagIsFollowed() throws Exception {
    git.run("tag", "-a", "inner", "-m", "x");
    git.run("tag", "-a", "v1.2.0", "-m", "x", "inner");
    git.run("push", "-q", "origin", "v1.2.0");
    assertThat(verify(green()).findings()).isEmpty();
  }

  @Test
  void theChangelogOfTheCommitCountsNotTheOneOnDisk() throws Exception {
    git.write("CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n");
    git.commit("section lost");
    git.run("push", "-q");
    git.write("CHANGELOG.md", "## [Unreleased]\n\n## [1.2.0] - " + LocalDate.now(clock) + "\n\nWords.\n");
    assertThat(texts(verify(green())))
        .anyMatch(t -> t.contains("CHANGELOG.md is not committed"))
        .anyMatch(t -> t.contains("CHANGELOG.md has no section of 1.2.0"))
        .hasSize(2);
    candidate = new CandidatePlan(Optional.of("main"), Optional.of("NEWS.md"), Optional.of(CI), Optional.of(REPO));
    assertThat(texts(verify(green()))).anyMatch(t -> t.contains("has no NEWS.md"));
  }

  @Test
  void aClockThatIsBehindTheCommitIsToldAndTheDateIsInTheFuture() throws Exception {
    clock = Clock.offset(clock, Duration.ofDays(-3));
    assertThat(texts(verify(green())))
        .anyMatch(t -> t.contains("says it was made in the future"))
        .anyMatch(t -> t.contains("is in the future: today is"))
        .hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"queued,", "in_progress,", "completed, failure", "completed, cancelled", "completed, timed_out",
      "completed, skipped", "completed, neutral", "completed, action_required"})
  void aRunThatIsNotASuccessBlocks(String status, String conclusion) throws Exception {
    StageResult result = verify(runs(run(9, CI, "push", git.head(), REPO, status, conclusion)));
    assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(texts(result)).singleElement().asString()
        .contains("run 9 of " + CI)
        .contains(conclusion == null ? status : conclusion);
    assertThat(result.proof()).doesNotContainKey("ci-run");
  }

  @Test
  void theNewestRunDecides() throws Exception {
    assertThat(verify(runs(run(4, CI, "push", git.head(), REPO, "completed", "failure"), ok(5))).verdict())
        .isEqualTo(Verdict.PASSED);
    StageResult result = verify(runs(ok(5), run(6, CI, "schedule", git.head(), REPO, "completed", "failure")));
    assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(texts(result)).anyMatch(t -> t.contains("the older run 5 is success"));
  }

  @Test
  void runsThatDoNotCountAreToldWithTheReason() throws Exception {
    String head = git.head();
    StageResult result =
        verify(
            runs(
                run(1, ".github/workflows/lint.yml", "push", head, REPO, "completed", "success"),
                run(2, CI, "pull_request", head, REPO, "completed", "success"),
                run(3, CI, "push", head, "somebody/lantern", "completed", "success"),
                run(4, CI, "push", "f".repeat(40), REPO, "completed", "success")));
    assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(texts(result))
        .anyMatch(t -> t.contains("CI has not tested commit"))
        .anyMatch(t -> t.contains("run 1 was found") && t.contains("lint.yml"))
        .anyMatch(t -> t.contains("run 2 was found") && t.contains("tests a merge"))
        .anyMatch(t -> t.contains("run 3 was found") && t.contains("somebody/lantern"))
        .anyMatch(t -> t.contains("run 4 was found") && t.contains("ffff"))
        .hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 410, 422})
  void aCiThatCannotBeAskedIsUnknown(int status) throws Exception {
    try (LoopbackGitHub server = new LoopbackGitHub(r -> Reply.json(status, "{\"message\": \"no\"}"))) {
      StageResult result = verify(server, false);
      assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
      assertThat(texts(result)).singleElement().asString().contains("CI could not be asked").contains("" + status);
    }
  }

  @ParameterizedTest
  @CsvSource({"429, application/json", "500, application/json", "200, text/html"})
  void aGitHubThatIsBusyBrokenOrNoGitHubIsUnknown(int status, String type) throws Exception {
    byte[] body = (type.equals("text/html") ? "<html>sign in" : "{}").getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers = Map.of("Content-Type", type, "Retry-After", "3600");
    try (LoopbackGitHub server = new LoopbackGitHub(r -> new Reply(status, headers, body))) {
      StageResult result = verify(server, false);
      assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
      assertThat(texts(result)).singleElement().asString().contains("CI could not be asked").contains(status == 200 ? "in place of JSON" : "" + status);
      assertThat(result.proof()).doesNotContainKey("ci-run");
    }
  }

  @Test
  void withoutAccessToGitHubCiIsUnknown() throws Exception {
    StageResult result = verify(null);
    assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(texts(result)).singleElement().asString().contains("there is no access to GitHub");
    candidate = new CandidatePlan(Optional.of("main"), Optional.empty(), Optional.of(CI), Optional.empty());
    assertThat(texts(verify(green()))).singleElement().asString().contains("set <githubRepository>");
  }

  @Test
  void anOpenBlockerIsFound() throws Exception {
    git.write(
        ".plasmite/blockers.json",
        "{\"version\": 1, \"blockers\": [{\"id\": \"7\", \"title\": \"docs\", \"state\": \"open\"}]}");
    git.commit("blocked");
    git.run("push", "-q");
    assertThat(texts(verify(green()))).singleElement().asString().contains("open blocker 7").contains("docs");
  }

  @Test
  void missingNoticesAndMovedPinsAreFoundWithTheirPlaces() throws Exception {
    git.write("EMPTY", "\n");
    git.write("rust-toolchain.toml", "[toolchain]\nchannel = \"1.84.0\"\n");
    git.commit("files");
    git.run("push", "-q");
    candidate =
        new CandidatePlan(
            Optional.of("main"),
            Optional.of("CHANGELOG.md"),
            Optional.of(CI),
            Optional.of(REPO),
            List.of("README.md", "LICENSE", "EMPTY"),
            List.of(
                new CandidatePlan.ToolPin("rust-toolchain.toml", "channel = \"([^\"]*)\"", "1.85.0"),
                new CandidatePlan.ToolPin("rust-toolchain.toml", "^channel = \"(1\\.84\\.0)\"$", "1.84.0"),
                new CandidatePlan.ToolPin("rust-toolchain.toml", "node: (.*)", "20"),
                new CandidatePlan.ToolPin("rust-toolchain.toml", "(", "1"),
                new CandidatePlan.ToolPin("rust-toolchain.toml", "(a)(b)", "1"),
                new CandidatePlan.ToolPin(".nvmrc", "(.*)", "20")),
            CandidatePlan.BlockerPlan.byDefault());
    assertThat(texts(verify(green())))
        .anyMatch(t -> t.startsWith("LICENSE  commit"))
        .anyMatch(t -> t.startsWith("EMPTY  EMPTY is empty"))
        .anyMatch(t -> t.startsWith("rust-toolchain.toml:2:12  rust-toolchain.toml pins 1.84.0, not 1.85.0"))
        .anyMatch(t -> t.contains("pins nothing that"))
        .anyMatch(t -> t.contains("is no regular expression"))
        .anyMatch(t -> t.contains("has 2 groups"))
        .anyMatch(t -> t.startsWith(".nvmrc  commit"))
        .hasSize(7);
  }

  @Test
  void aStandInsAnswerIsShownAsSimulated() throws Exception {
    try (LoopbackGitHub server = new LoopbackGitHub(r -> Reply.json(200, LoopbackGitHub.runs(ok(5))))) {
      StageResult result = verify(server, true);
      assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
      assertThat(result.findings()).extracting(Finding::severity).containsExactly(Severity.SIMULATED);
    }
  }

  private String ok(long id) {
    return run(id, CI, "push", git.head(), REPO, "completed", "success");
  }

  private static String run(long id, String path, String event, String sha, String repo, String status, String end) {
    return LoopbackGitHub.run(id, path, event, sha, repo, status, end);
  }

  private LoopbackGitHub green() throws Exception {
    return runs(ok(5));
  }

  private static LoopbackGitHub runs(String... runs) throws Exception {
    return new LoopbackGitHub(r -> Reply.json(200, LoopbackGitHub.runs(runs)));
  }

  private StageResult verify(LoopbackGitHub server) {
    try {
      return verify(server, false);
    } finally {
      if (server != null) {
        server.close();
      }
    }
  }

  private StageResult verify(LoopbackGitHub server, boolean simulated) {
    List<String> lines = new ArrayList<>();
    try (GitRepository repository = GitRepository.open(git.directory())) {
      Optional<GitHubClient> github =
          Optional.ofNullable(server).map(s -> new GitHubClient(s.uri(), Optional.empty(), new EffectGate(Mode.SANDBOX)));
      return new VerifyCandidate(
              Plans.of(repository.root(), "1.2.0", Mode.SANDBOX, candidate),
              repository,
              github,
              simulated,
              clock,
              lines::add)
          .run(new Receipts(List.of(), new Receipt.Binding("1.2.0", "", "sandbox", "")));
    }
  }

  private static List<String> texts(StageResult result) {
    return result.findings().stream().map(Finding::toString).toList();
  }
}
