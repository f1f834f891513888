package dev.plasmite.train;

import dev.plasmite.channel.BinstallChannel;
import dev.plasmite.channel.Channel;
import dev.plasmite.channel.CratesChannel;
import dev.plasmite.channel.GitHubChannel;
import dev.plasmite.channel.HomebrewChannel;
import dev.plasmite.channel.NpmChannel;
import dev.plasmite.channel.PyPiChannel;
import dev.plasmite.channel.UnreachableChannel;
import dev.plasmite.channel.Workbench;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Finding;
import java.net.URI;
import java.util.List;

/** The channels of a release, the same classes in every mode: what differs are the places. */
record ChannelList(Workbench bench, Places places) {

  /** Where the files of a GitHub release are, as people and installers address them. */
  private static final URI WEB = URI.create("https://github.com");

  /** The channels, in the order of the configuration. */
  List<Channel> of(List<ChannelPlan> plans) {
    return plans.stream().map(this::opened).toList();
  }

  private Channel opened(ChannelPlan plan) {
    List<Finding> troubles = places.troubles(plan);
    return troubles.isEmpty() ? channel(bench.lacking(places.lacking(plan)), plan) : new UnreachableChannel(ChannelNames.shown(plan.name()), plan.tier(), troubles);
  }

  /** One line a channel. */
  private Channel channel(Workbench bench, ChannelPlan plan) {
    return switch (plan.name()) {
      case "crates.io" -> new CratesChannel(bench, plan, places.registry(plan));
      case "npm" -> new NpmChannel(bench, plan, places.registry(plan));
      case "pypi" -> new PyPiChannel(bench, plan, places.registry(plan));
      case "github" ->
          new GitHubChannel(bench, plan, places.github(), places.githubApi(), places.githubRepository(), places.notes());
      case "homebrew" ->
          new HomebrewChannel(
              bench, plan, places.tap(plan), places.formulaUrls(), places.onePlatform(), places.tapCredentials(plan));
      case "cargo-binstall" -> new BinstallChannel(bench, plan, WEB, places.githubRepository(), places.formulaUrls());
      default -> throw new IllegalArgumentException("no such channel: " + plan.name());
    };
  }
}
