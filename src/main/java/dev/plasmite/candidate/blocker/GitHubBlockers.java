package dev.plasmite.candidate.blocker;

import dev.plasmite.client.Redactor;
import dev.plasmite.gate.Effect;
import dev.plasmite.gate.Place;
import dev.plasmite.github.GitHubClient;
import dev.plasmite.github.GitHubIssues;
import dev.plasmite.github.Issue;
import dev.plasmite.version.SemVer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Blockers as GitHub issues with a label. An open issue blocks a release unless its title names another release.
 */
public final class GitHubBlockers implements Blockers {

  /** The label when nothing else is configured. */
  public static final String DEFAULT_LABEL = "release-blocker";

  private final GitHubIssues issues;
  private final String repository;
  private final String label;
  private final Effect effect;
  private final Redactor redactor;

  /**
   * A home.
   *
   * @param effect what filing does to the outside: {@link Effect#REVERSIBLE}, or {@link Effect#LOOPBACK} in the sandbox
   */
  public GitHubBlockers(GitHubClient github, String repository, String label, Effect effect, Redactor redactor) {
    this.issues = new GitHubIssues(github);
    this.repository = repository;
    this.label = label;
    this.effect = effect;
    this.redactor = redactor;
  }

  @Override
  public String home() {
    return "the issues of " + repository + " labelled " + label;
  }

  @Override
  public List<Blocker> open(SemVer version) {
    return issues.open(repository, label).stream()
        .filter(issue -> concerns(issue, version))
        .map(issue -> new Blocker(Long.toString(issue.number()), issue.title(), Place.file(issue.url())))
        .toList();
  }

  @Override
  public void file(GateFailure failure) {
    String body = failure.body(redactor);
    Optional<Issue> same =
        issues.open(repository, label).stream().filter(i -> i.title().equals(failure.title())).findFirst();
    if (same.isPresent()) {
      issues.update(repository, same.get().number(), body, effect);
    } else {
      issues.create(repository, failure.title(), body, label, effect);
    }
  }

  @Override
  public void close(String id, String who, String why) {
    if (!id.matches("[0-9]{1,12}")) {
      throw new IllegalArgumentException("an issue has a number: " + id);
    }
    issues.close(repository, Long.parseLong(id), redactor.redact("Closed by " + who + ": " + why), effect);
  }

  private static boolean concerns(Issue issue, SemVer version) {
    List<SemVer> named =
        Arrays.stream(issue.title().split("[^0-9A-Za-z.+-]+"))
            .map(word -> word.replaceAll("[.+-]+$", ""))
            .flatMap(word -> SemVer.ofTag(word).stream())
            .toList();
    return named.isEmpty() || named.contains(version);
  }
}
