package dev.plasmite.gate;

import java.util.Optional;

/**
 * What makes a commit fit to be released.
 *
 * @param releaseBranch the branch that releases come from; empty to allow any branch with an upstream
 * @param changelog path of the changelog relative to the repository; empty when the product has none
 * @param workflow path of the CI workflow that must be green for the candidate, such as {@code .github/workflows/ci.yml}
 * @param repository the GitHub repository, {@code owner/name}; empty when it is to be read from {@code origin}
 */
public record CandidatePlan(
    Optional<String> releaseBranch,
    Optional<String> changelog,
    Optional<String> workflow,
    Optional<String> repository) {}
