package dev.plasmite.train;

import dev.plasmite.candidate.blocker.Blockers;
import dev.plasmite.candidate.blocker.ErgoBlockers;
import dev.plasmite.candidate.blocker.FileBlockers;
import dev.plasmite.candidate.blocker.GitHubBlockers;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import dev.plasmite.gate.CandidatePlan.BlockerPlan;
import dev.plasmite.gate.Effect;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.git.GitRepository;
import dev.plasmite.git.Remote;
import dev.plasmite.github.GitHubClient;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The home of the blockers that a plan names. Reading it is all that a gate does; filing is {@link BlockerFiling}'s. */
final class BlockerHome {

  private final ReleasePlan plan;
  private final GitRepository repository;
  private final Map<String, String> environment;
  private final Redactor redactor;
  private final Clock clock;

  /**
   * A home.
   *
   * @param environment where GitHub's own tools find its address and token
   */
  BlockerHome(ReleasePlan plan, GitRepository repository, Map<String, String> environment, Clock clock) {
    this.plan = plan;
    this.repository = repository;
    this.environment = environment;
    this.redactor = EnvironmentSecrets.redactor(environment);
    this.clock = clock;
  }

  /**
   * Opens it.
   *
   * @throws Refusal when the issues of GitHub are meant and nothing says of which repository
   */
  Blockers open() {
    BlockerPlan blockers = plan.candidate().blockers();
    return switch (blockers.home()) {
      case "file" ->
          new FileBlockers(repository.root(), blockers.place().orElse(FileBlockers.DEFAULT_PATH), redactor, clock);
      case "ergo" ->
          new ErgoBlockers(
              repository.root(), plan.clients().getOrDefault("ergo", "ergo"), new Processes(redactor), redactor);
      case "github" ->
          new GitHubBlockers(
              github(), name(), blockers.place().orElse(GitHubBlockers.DEFAULT_LABEL), Effect.REVERSIBLE, redactor);
      default -> throw new IllegalArgumentException("no such home of blockers: " + blockers.home());
    };
  }

  private GitHubClient github() {
    URI api = OutsidePlaces.githubApi(plan, environment);
    Optional<String> token =
        Stream.of("GITHUB_TOKEN", "GH_TOKEN").map(environment::get).filter(t -> t != null && !t.isBlank()).findFirst();
    return new GitHubClient(api, token, plan.effects());
  }

  private String name() {
    return plan.candidate()
        .repository()
        .or(() -> repository.remote("origin").flatMap(Remote::githubRepository))
        .orElseThrow(
            () ->
                new Refusal(
                    Finding.of("blockers are issues on GitHub, and nothing says of which repository")
                        .remedy("set <githubRepository>owner/name</githubRepository>")));
  }
}
