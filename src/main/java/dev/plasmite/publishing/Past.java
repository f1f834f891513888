package dev.plasmite.publishing;

import dev.plasmite.channel.Channel;
import dev.plasmite.channel.Holding;
import dev.plasmite.gate.Effect;
import dev.plasmite.gate.Journal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of each deed from before: from the journal of earlier runs, and from this run's own preflight. The channels
 * alone say what is to be done; this says where their answer must not be taken at once: a run that ended in the middle of a
 * send, and a channel that no longer shows what it held. The channels' threads use it at the same time.
 */
final class Past {

  /** A deed, as the journal tells it from others: the digest tells one version's formula from another's. */
  private record Key(String channel, String act, String sha256) {}

  private final Map<Key, String> held = new HashMap<>();
  private final Set<Key> leftOpen = new HashSet<>();

  private Past() {}

  /** Reads a journal, in time order. */
  static Past of(List<Journal.Entry> entries) {
    Past past = new Past();
    for (Journal.Entry entry : entries) {
      Map<String, String> facts = entry.facts();
      Key key = new Key(facts.get("channel"), facts.get("act"), facts.get("sha256"));
      switch (entry.event()) {
        case PLANNED, SENT -> past.leftOpen.add(key);
        case SEEN -> {
          if (!Holding.State.UNKNOWN.name().toLowerCase(Locale.ROOT).equals(facts.get("holding"))) {
            past.leftOpen.remove(key); // what nobody could tell then is asked for patiently now
          }
          if (Holding.State.SAME.name().toLowerCase(Locale.ROOT).equals(facts.get("holding"))) {
            past.held.put(key, "by the ledger at " + entry.at());
          }
        }
        default -> { } // an installation says nothing of what is still to be sent
      }
    }
    return past;
  }

  /** Whether a run planned or sent it and ended before it saw what came of it; told once. */
  synchronized boolean leftOpen(Channel channel, Deed deed) {
    return leftOpen.remove(key(channel, deed));
  }

  /** Notes that this run's preflight saw it held. */
  synchronized void held(Channel channel, Deed deed) {
    held.put(key(channel, deed), "in this run's preflight");
  }

  /** When a channel was last seen to hold what it can never lose, in words. */
  synchronized Optional<String> heldForGood(Channel channel, Deed deed) {
    return deed.act().effect() == Effect.IRREVERSIBLE ? Optional.ofNullable(held.get(key(channel, deed))) : Optional.empty();
  }

  private static Key key(Channel channel, Deed deed) {
    return new Key(channel.name(), deed.what(), deed.sha256());
  }
}
