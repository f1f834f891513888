package dev.plasmite.publishing;

import dev.plasmite.channel.Channel;
import dev.plasmite.channel.Leg;
import dev.plasmite.gate.ChannelReport;
import dev.plasmite.gate.ChannelReport.Shipped;
import dev.plasmite.gate.ChannelReport.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How far each channel has come during one publish. The channels' threads write on it at the same time. */
final class Board {

  /** One channel's column. */
  private static final class Column {
    private final Map<String, Shipped> files = new LinkedHashMap<>();
    private State state = State.PLANNED;
    private int acts;
    private int done;
  }

  private final Map<Channel, Column> columns = new LinkedHashMap<>();
  private boolean begun;
  private int sent;
  private int found;

  Board(List<Channel> channels) {
    channels.forEach(channel -> columns.put(channel, new Column()));
  }

  /** Notes what is to be done in a channel. */
  synchronized void planned(Channel channel, List<Deed> deeds) {
    Column column = columns.get(channel);
    column.acts = deeds.size();
    for (Deed deed : deeds) {
      if (!deed.file().isEmpty()) {
        column.files.put(deed.file(), new Shipped(deed.file(), deed.sha256(), null, null));
      }
    }
  }

  synchronized void sent(Channel channel) {
    sent++;
    state(channel, State.SENT);
  }

  synchronized void foundThere() {
    found++;
  }

  /** Whether a registry was seen to hold a part of this release: then there is no way back, only forward. */
  synchronized boolean begun() {
    return begun;
  }

  /** Notes that a channel holds what an act carries. */
  synchronized void holds(Channel channel, Deed deed, String sha256) {
    begun |= deed.leg() == Leg.REGISTRY;
    columns.get(channel).files.computeIfPresent(deed.file(), (name, s) -> new Shipped(name, s.sha256(), sha256, null));
  }

  /** Notes that an act is done: the channel was asked after it and holds it. */
  synchronized void done(Channel channel, Deed deed, String sha256) {
    holds(channel, deed, sha256);
    columns.get(channel).done++;
    if (columns.get(channel).state == State.PLANNED) {
      columns.get(channel).state = State.SENT;
    }
  }

  synchronized void state(Channel channel, State state) {
    columns.get(channel).state = state;
  }

  synchronized int sent() {
    return sent;
  }

  synchronized int found() {
    return found;
  }

  synchronized List<ChannelReport> reports() {
    List<ChannelReport> reports = new ArrayList<>();
    columns.forEach(
        (channel, column) ->
            reports.add(
                new ChannelReport(channel.name(), channel.tier(), stateOf(column), List.copyOf(column.files.values()))));
    return reports;
  }

  /** Published is where every act is done, so not a draft with all its files; a failure stays one. */
  private static State stateOf(Column column) {
    boolean stuck = column.state == State.FAILED || column.state == State.UNKNOWN;
    return !stuck && column.acts > 0 && column.done == column.acts ? State.PUBLISHED : column.state;
  }
}
