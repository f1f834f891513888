package dev.plasmite.github;

/**
 * One run of a workflow ("List workflow runs for a repository" in GitHub's REST documentation).
 *
 * @param id the run's id; a later run of the same repository has a higher one
 * @param path the workflow's file in the repository; never to be replaced by the display name, which anyone may choose
 * @param event what started it: {@code push}, {@code pull_request}, {@code workflow_dispatch}, ...
 * @param headSha the commit it ran for
 * @param headRepository {@code owner/name} that the commit came from; empty when that repository is gone
 * @param headBranch the branch or tag it ran on; empty when there is none
 * @param status {@code queued}, {@code in_progress}, {@code completed}, ...
 * @param conclusion {@code success}, {@code failure}, {@code cancelled}, ...; empty while it runs
 * @param attempt from 1; a re-run raises it and keeps the id
 * @param url its page, for people
 */
public record WorkflowRun(
    long id,
    String path,
    String event,
    String headSha,
    String headRepository,
    String headBranch,
    String status,
    String conclusion,
    int attempt,
    String url) {

  /** Whether it ended well. */
  public boolean successful() {
    return status.equals("completed") && conclusion.equals("success");
  }

  /** How it stands, in a word: its conclusion, or its status while it has none. */
  public String state() {
    return conclusion.isEmpty() ? status : conclusion;
  }

  /** The workflow's path without the ref that GitHub adds for some workflows ({@code ci.yml@refs/heads/main}). */
  public String workflow() {
    int at = path.indexOf('@');
    return at < 0 ? path : path.substring(0, at);
  }
}
