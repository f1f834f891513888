package dev.plasmite.github;

/**
 * What GitHub says the token's owner may do with a repository ("Get a repository" in GitHub's REST documentation). The
 * token of an app, such as that of a workflow, is told neither, whatever it may do.
 *
 * @param pull may read
 * @param push may write
 */
public record Rights(boolean pull, boolean push) {}
