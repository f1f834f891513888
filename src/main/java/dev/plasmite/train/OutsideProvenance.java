package dev.plasmite.train;

import dev.plasmite.artifact.BuildRun;
import dev.plasmite.artifact.ReleaseManifest;
import dev.plasmite.client.Processes;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.Stage;
import dev.plasmite.github.GitHubBuilds;
import dev.plasmite.github.GitHubClient;
import dev.plasmite.provenance.TagsBuild;
import dev.plasmite.staging.StageArtifacts;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What is shipped on real services. In a run of the build workflow {@code stage-artifacts} builds, as that run; everywhere
 * else nothing is built: the artifacts are those of the tag's build run, and provenance proves it.
 */
final class OutsideProvenance {

  private final Assemblies parts;
  private final ReleasePlan plan;
  private final GitHubClient github;
  private final Map<String, String> actions;

  /**
   * @param actions the environment, in which GitHub Actions says which run this is ("Default environment variables" in
   *     GitHub's documentation)
   */
  OutsideProvenance(Assemblies parts, GitHubClient github, Map<String, String> actions) {
    this.parts = parts;
    this.plan = parts.plan();
    this.github = github;
    this.actions = Map.copyOf(actions);
  }

  /**
   * Stages, or takes what the build run staged.
   *
   * @param builds what the build commands find in their environment, and what runs them
   */
  Stage stageArtifacts(Map<String, String> builds, Processes processes) {
    Optional<BuildRun> here = thisBuildRun();
    if (here.isEmpty()) {
      return build().staged();
    }
    Path key = LedgerHome.of(plan, parts.repository()).resolveSibling("keys").resolve("build-run.pem");
    return new StageArtifacts(plan, parts.repository().root(), here.get(), builds, processes, key, parts.progress());
  }

  /** Proves the artifacts of the build run. */
  Stage provenance() {
    return build().proven();
  }

  /** The set that provenance has proven; another one is refused. */
  ReleaseManifest provenSet(Receipts earlier) {
    return build().provenSet(earlier);
  }

  /** The stage, begun only while the release tag pins the commit that provenance has proven. */
  Stage pinned(Stage stage) {
    return new Pinned(stage, earlier -> build().moved(earlier));
  }

  private TagsBuild build() {
    if (plan.provenance().directory().isPresent()) {
      throw new Refusal(
          Finding.of("mode " + plan.mode().id() + " takes artifacts from the build run, not from a directory")
              .remedy("leave -Dplasmite.artifacts away, or name the run: -Dplasmite.buildRun=ID"));
    }
    Path directory = LedgerHome.of(plan, parts.repository()).resolveSibling("build-run");
    return new TagsBuild(
        plan, parts.repository().root(), new GitHubBuilds(github), repository(), directory, parts.progress());
  }

  private String repository() {
    return plan.candidate()
        .repository()
        .orElseThrow(
            () ->
                new Refusal(
                    Finding.of("which GitHub repository has the build run is not configured")
                        .remedy("set <githubRepository> to owner/name")));
  }

  /** The run that this process is in, when it is one of the build workflow. */
  private Optional<BuildRun> thisBuildRun() {
    String reference = actions.getOrDefault("GITHUB_WORKFLOW_REF", "");
    String repository = actions.getOrDefault("GITHUB_REPOSITORY", "");
    int at = reference.indexOf('@');
    boolean building =
        "true".equals(actions.get("GITHUB_ACTIONS"))
            && at > 0
            && plan.provenance().workflow().filter(w -> reference.substring(0, at).equals(repository + "/" + w)).isPresent();
    if (!building) {
      return Optional.empty();
    }
    return Optional.of(
        new BuildRun(
            repository,
            plan.provenance().workflow().orElseThrow(),
            actions.getOrDefault("GITHUB_EVENT_NAME", ""),
            number("GITHUB_RUN_ID"),
            (int) number("GITHUB_RUN_ATTEMPT"),
            actions.getOrDefault("GITHUB_SHA", ""),
            actions.getOrDefault("GITHUB_REF", "")));
  }

  private long number(String name) {
    String value = actions.getOrDefault(name, "");
    if (!value.matches("[0-9]{1,18}")) {
      throw new Refusal(Finding.of(name + " is no number: GitHub Actions sets it").remedy("run it in a workflow"));
    }
    return Long.parseLong(value);
  }
}
