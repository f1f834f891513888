package dev.plasmite.gate;

import java.util.List;
import java.util.Optional;

/**
 * What makes a commit fit to be released.
 *
 * @param releaseBranch the branch that releases come from; empty to allow any branch with an upstream
 * @param changelog path of the changelog relative to the repository; empty when the product has none
 * @param workflow path of the CI workflow that must be green for the candidate, such as {@code .github/workflows/ci.yml}
 * @param repository the GitHub repository, {@code owner/name}; empty when it is to be read from {@code origin}
 * @param notices files that must be in the commit and say something: licences, third-party notices; paths relative to
 *     the repository
 * @param pins tools whose version is pinned, at each place that pins it
 * @param blockers where open tasks are kept that forbid the release
 */
public record CandidatePlan(
    Optional<String> releaseBranch,
    Optional<String> changelog,
    Optional<String> workflow,
    Optional<String> repository,
    List<String> notices,
    List<ToolPin> pins,
    BlockerPlan blockers) {

  public CandidatePlan {
    notices = List.copyOf(notices);
    pins = List.copyOf(pins);
  }

  /** A plan without notices and pins, with the blockers in their default file. */
  public CandidatePlan(
      Optional<String> releaseBranch,
      Optional<String> changelog,
      Optional<String> workflow,
      Optional<String> repository) {
    this(releaseBranch, changelog, workflow, repository, List.of(), List.of(), BlockerPlan.byDefault());
  }

  /**
   * One place that pins a tool.
   *
   * @param path the file, relative to the repository
   * @param pattern regular expression whose single group is the pinned version; every match counts
   * @param value what the group must be
   */
  public record ToolPin(String path, String pattern, String value) {}

  /**
   * Where blockers are kept.
   *
   * @param home {@code file}, {@code ergo} or {@code github}
   * @param place the file's path, or the label on GitHub; empty for the default of the home
   */
  public record BlockerPlan(String home, Optional<String> place) {

    /** A file in the repository, which needs nothing. */
    public static BlockerPlan byDefault() {
      return new BlockerPlan("file", Optional.empty());
    }
  }
}
