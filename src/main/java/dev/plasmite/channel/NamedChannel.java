package dev.plasmite.channel;

import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import java.time.Duration;
import java.util.List;

/** What all channels have: a name, a plan, and a preflight that ends in findings whatever the outside does. */
abstract class NamedChannel implements Channel {

  final Workbench bench;
  final ChannelPlan plan;
  final HttpReading http;
  private final String name;

  NamedChannel(String name, Workbench bench, ChannelPlan plan) {
    this.name = name;
    this.bench = bench;
    this.plan = plan;
    this.http = new HttpReading(bench.fetch());
  }

  /** All that stands against a publish, found out without sending anything. */
  abstract List<Finding> checks();

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String tier() {
    return plan.tier();
  }

  @Override
  public Duration propagation() {
    String seconds = plan.settings().get("wait");
    return seconds == null ? usualPropagation() : Duration.ofSeconds(Long.parseLong(seconds));
  }

  /** How long it takes as far as anybody knows; the plan may say otherwise. */
  Duration usualPropagation() {
    return Duration.ofMinutes(10);
  }

  @Override
  public final List<Finding> preflight() {
    try {
      return checks();
    } catch (OutsideFailure e) {
      return List.of(
          Finding.unknown("cannot find out whether " + name + " can be published to: " + e.getMessage())
              .remedy("try again when " + name + " answers; nothing is sent on a guess"));
    }
  }
}
