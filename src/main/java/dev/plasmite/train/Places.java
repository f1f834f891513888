package dev.plasmite.train;

import dev.plasmite.channel.Endpoint;
import dev.plasmite.channel.GitHubChannel;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Finding;
import dev.plasmite.git.Credentials;
import dev.plasmite.github.GitHubClient;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Where the channels of a release are, in one mode. */
interface Places {

  /** What stands against even asking a channel; empty for one that can be opened. */
  default List<Finding> troubles(ChannelPlan channel) {
    return List.of();
  }

  /** Why there is no login for a channel, where that is known; empty for one that has a login, or just none. */
  default List<Finding> lacking(ChannelPlan channel) {
    return List.of();
  }

  /** A package registry: crates.io, npm, PyPI. */
  Endpoint registry(ChannelPlan channel);

  /** GitHub's API, for releases. */
  GitHubClient github();

  /** The base of GitHub's API. */
  URI githubApi();

  /** The repository on GitHub, {@code owner/name}. */
  String githubRepository();

  /** What the GitHub release says. */
  GitHubChannel.Notes notes();

  /** A tap's repository. */
  URI tap(ChannelPlan channel);

  /** How a tap is entered over HTTPS. */
  default Optional<Credentials> tapCredentials(ChannelPlan channel) {
    return Optional.empty();
  }

  /** Where a url of a formula is really read from. */
  UnaryOperator<URI> formulaUrls();

  /** Whether the staged set holds what one machine can build, and not every platform's. */
  boolean onePlatform();
}
