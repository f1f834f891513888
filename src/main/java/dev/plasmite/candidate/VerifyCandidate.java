package dev.plasmite.candidate;

import dev.plasmite.artifact.Digests;
import dev.plasmite.candidate.blocker.Blockers;
import dev.plasmite.candidate.blocker.FileBlockers;
import dev.plasmite.client.Redactor;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Progress;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.Stage;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import dev.plasmite.git.Commit;
import dev.plasmite.git.Credentials;
import dev.plasmite.git.GitRepository;
import dev.plasmite.git.Head;
import dev.plasmite.git.Remote;
import dev.plasmite.git.Upstream;
import dev.plasmite.git.WorkTreeStatus;
import dev.plasmite.github.GitHubClient;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Is this commit fit to be released? Asks everything and tells all findings together.
 *
 * <p>Proves {@code commit}, {@code branch}, {@code changelog-sha256} and {@code ci-run}, each when it is known.
 */
public final class VerifyCandidate implements Stage {

  /** How far two machines' clocks may differ before it is worth a word. */
  private static final Duration SKEW = Duration.ofMinutes(10);

  private final ReleasePlan plan;
  private final GitRepository repository;
  private final Optional<GitHubClient> github;
  private final boolean simulated;
  private final Clock clock;
  private final Progress progress;
  private final Blockers blockers;
  private final Optional<Credentials> credentials;

  /** The stage with its blockers in the default file, and an origin that wants no password. */
  public VerifyCandidate(
      ReleasePlan plan,
      GitRepository repository,
      Optional<GitHubClient> github,
      boolean simulated,
      Clock clock,
      Progress progress) {
    this(
        plan,
        repository,
        github,
        simulated,
        clock,
        progress,
        new FileBlockers(repository.root(), FileBlockers.DEFAULT_PATH, Redactor.NONE, clock),
        Optional.empty());
  }

  /**
   * The stage.
   *
   * @param github who is asked about CI; empty when nobody can be
   * @param simulated whether that is a stand-in, so that its answer proves nothing about the world
   * @param blockers where open tasks are kept that forbid the release
   * @param credentials how origin is entered, when it is over HTTPS and private
   */
  public VerifyCandidate(
      ReleasePlan plan,
      GitRepository repository,
      Optional<GitHubClient> github,
      boolean simulated,
      Clock clock,
      Progress progress,
      Blockers blockers,
      Optional<Credentials> credentials) {
    this.plan = plan;
    this.repository = repository;
    this.github = github;
    this.simulated = simulated;
    this.clock = clock;
    this.progress = progress;
    this.blockers = blockers;
    this.credentials = credentials;
  }

  @Override
  public StageName name() {
    return StageName.VERIFY_CANDIDATE;
  }

  @Override
  public String purpose() {
    return "check that the commit is clean, pushed, green in CI and told in the changelog";
  }

  private WorkTreeStatus workTree() {
    return repository.status().without(repository.root(), plan.directories().leavings());
  }

  @Override
  public StageResult run(Receipts earlier) {
    List<Finding> findings = new ArrayList<>();
    Map<String, String> proof = new HashMap<>();
    Head head = repository.head();
    Optional<Upstream> upstream = repository.upstream();
    head.branch().ifPresent(branch -> proof.put("branch", branch));
    if (head.unborn()) {
      findings.addAll(new WorkTreeCheck(workTree()).findings());
      findings.addAll(new BranchCheck(repository, head, upstream, plan.candidate().releaseBranch(), plan.tag()).findings());
      return StageResult.of(findings, proof);
    }
    Commit commit = repository.commit(head.commit().get());
    proof.put("commit", commit.id());
    progress.line("candidate " + commit.shortId() + " (" + commit.subject() + ")");
    // Who is far away is asked first and heard last: the work tree is looked through meanwhile.
    Supplier<CiCheck.Outcome> ci = Background.start(() -> ci(commit.id()));
    Supplier<List<Finding>> origin =
        Background.start(
            new OriginCheck(
                    repository, commit.id(), plan.tag(), upstream, plan.effects(), credentials)
                ::findings);
    findings.addAll(new WorkTreeCheck(workTree()).findings());
    findings.addAll(new BranchCheck(repository, head, upstream, plan.candidate().releaseBranch(), plan.tag()).findings());
    findings.addAll(changelog(commit, proof));
    findings.addAll(new ConfiguredFilesCheck(repository, commit, plan.candidate()).findings());
    findings.addAll(new BlockerCheck(blockers, plan.version()).findingsOfVerifyCandidate());
    findings.addAll(origin.get());
    findings.addAll(ci.get().findings());
    ci.get().run().ifPresent(run -> proof.put("ci-run", Long.toString(run.id())));
    return StageResult.of(findings, proof);
  }

  private List<Finding> changelog(Commit commit, Map<String, String> proof) {
    if (plan.candidate().changelog().isEmpty()) {
      return List.of();
    }
    String path = plan.candidate().changelog().get();
    // As the commit has it: that is what ships. What differs in the work tree is told as not committed.
    Optional<byte[]> bytes = repository.fileAt(commit.id(), path);
    if (bytes.isEmpty()) {
      return List.of(
          Finding.of("commit " + commit.shortId() + " has no " + path)
              .at(Place.file(path))
              .remedy("commit it, or set <changelog> to the changelog's path"));
    }
    proof.put("changelog-sha256", Digests.sha256(bytes.get()));
    List<Finding> findings = new ArrayList<>();
    try {
      Changelog changelog = Changelog.read(path, bytes.get());
      findings.addAll(new ChangelogCheck(changelog, plan.version(), today(commit, findings)).findings());
    } catch (Refusal e) {
      findings.addAll(e.findings());
    }
    return findings;
  }

  /** Today here; or where the commit was made, which may be ahead by a time zone. */
  private LocalDate today(Commit commit, List<Finding> findings) {
    LocalDate here = LocalDate.now(clock);
    if (commit.time().toInstant().isAfter(clock.instant().plus(SKEW))) {
      findings.add(
          Finding.warning("commit " + commit.shortId() + " says it was made in the future, at " + commit.time())
              .remedy("set the clock of this machine, or of the one that made the commit"));
      return here;
    }
    LocalDate there = commit.time().toLocalDate();
    return there.isAfter(here) ? there : here;
  }

  private CiCheck.Outcome ci(String commit) {
    Optional<String> workflow = plan.candidate().workflow();
    if (workflow.isEmpty()) {
      return without(
          Finding.warning("no CI workflow is configured, so CI was not asked").remedy("set <workflow>"));
    }
    if (github.isEmpty()) {
      return without(
          Finding.unknown("CI could not be asked about " + workflow.get() + ": there is no access to GitHub")
              .at(Place.file(workflow.get()))
              .remedy("set GITHUB_TOKEN, or remove <workflow> when the product has no CI"));
    }
    Optional<String> name =
        plan.candidate().repository().or(() -> repository.remote("origin").flatMap(Remote::githubRepository));
    if (name.isEmpty()) {
      return without(
          Finding.unknown("CI could not be asked: origin is not on GitHub, and no repository is configured")
              .remedy("set <githubRepository>owner/name</githubRepository>"));
    }
    return new CiCheck(github.get(), name.get(), workflow.get(), commit, simulated).ask();
  }

  private static CiCheck.Outcome without(Finding finding) {
    return new CiCheck.Outcome(List.of(finding), Optional.empty());
  }
}
