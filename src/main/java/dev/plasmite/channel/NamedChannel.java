package dev.plasmite.channel;

import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

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

  /** What stands against the release as the channel is, whoever sends it. */
  abstract List<Finding> state();

  /** Whether the client is there and does its part. */
  List<Finding> client() {
    return List.of();
  }

  /** What stands against the credential, and against its owner's right to publish. */
  List<Finding> right() {
    return List.of();
  }

  /** What the client says when it does all but the sending; asked when nothing else stands against that. */
  List<Finding> attempt() {
    return List.of();
  }

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
  public final Preflight preflight() {
    List<Finding> sending = new ArrayList<>(asked(this::client));
    List<Finding> state = asked(this::state);
    sending.addAll(bench.lacking().isEmpty() ? asked(this::right) : bench.lacking());
    if (Stream.concat(sending.stream(), state.stream()).noneMatch(Finding::blocks)) {
      sending.addAll(asked(this::attempt));
    }
    return new Preflight(sending, state);
  }

  private List<Finding> asked(Supplier<List<Finding>> question) {
    try {
      return question.get();
    } catch (OutsideFailure e) {
      return List.of(
          Finding.unknown("cannot find out whether " + name + " can be published to: " + e.getMessage())
              .remedy("try again when " + name + " answers; nothing is sent on a guess"));
    }
  }
}
