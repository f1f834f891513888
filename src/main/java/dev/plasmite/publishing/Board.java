package dev.plasmite.publishing;

import dev.plasmite.channel.Act;
import dev.plasmite.channel.Channel;
import dev.plasmite.channel.Leg;
import dev.plasmite.gate.ChannelReport;
import dev.plasmite.gate.ChannelReport.Shipped;
import dev.plasmite.gate.ChannelReport.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How far each channel has come during one publish. */
final class Board {

  private final List<Channel> channels;
  private final Map<Channel, Map<String, Shipped>> files = new LinkedHashMap<>();
  private final Map<Channel, State> states = new LinkedHashMap<>();
  private int sent;
  private int found;

  Board(List<Channel> channels) {
    this.channels = channels;
    for (Channel channel : channels) {
      Map<String, Shipped> shipped = new LinkedHashMap<>();
      for (Leg leg : Leg.values()) {
        for (Act act : channel.acts(leg)) {
          if (!act.file().isEmpty()) {
            shipped.put(act.file(), new Shipped(act.file(), act.sha256(), null, null));
          }
        }
      }
      files.put(channel, shipped);
      states.put(channel, State.PLANNED);
    }
  }

  void sent(Channel channel) {
    sent++;
    state(channel, State.SENT);
  }

  void foundThere() {
    found++;
  }

  void published(Channel channel, String file, String sha256) {
    files.get(channel).computeIfPresent(file, (name, s) -> new Shipped(name, s.sha256(), sha256, null));
  }

  void state(Channel channel, State state) {
    states.put(channel, state);
  }

  int sent() {
    return sent;
  }

  int found() {
    return found;
  }

  List<ChannelReport> reports() {
    List<ChannelReport> reports = new ArrayList<>();
    for (Channel channel : channels) {
      reports.add(new ChannelReport(channel.name(), channel.tier(), stateOf(channel), List.copyOf(files.get(channel).values())));
    }
    return reports;
  }

  /** Published is what holds every file; a failure stays one. */
  private State stateOf(Channel channel) {
    State state = states.get(channel);
    boolean all = files.get(channel).values().stream().allMatch(s -> s.publishedSha256() != null);
    return state == State.FAILED || state == State.UNKNOWN ? state : all ? State.PUBLISHED : state;
  }
}
