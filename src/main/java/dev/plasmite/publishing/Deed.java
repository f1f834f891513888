package dev.plasmite.publishing;

import dev.plasmite.channel.Act;
import dev.plasmite.channel.Channel;
import dev.plasmite.channel.Leg;
import dev.plasmite.gate.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An act with what it carries, asked once: a tap has to be read to say what its formula will be.
 *
 * @param act the act
 * @param leg when it is due
 * @param file the file that it carries; empty for none
 * @param sha256 that file's digest as staged
 */
record Deed(Act act, Leg leg, String file, String sha256) {

  /** All of a channel, in the order in which they are done. */
  static List<Deed> of(Channel channel) {
    List<Deed> deeds = new ArrayList<>();
    for (Leg leg : Leg.values()) {
      for (Act act : channel.acts(leg)) {
        deeds.add(new Deed(act, leg, act.file(), act.sha256()));
      }
    }
    return deeds;
  }

  String what() {
    return act.what();
  }

  /** What it is about, for a line that says it already: the file, else the deed. */
  String shown() {
    return file.isEmpty() ? what() : file;
  }

  /** What the journal says of it. {@code acts} is how many the channel has: by it a reader knows whether they are all done. */
  Map<String, String> facts(Channel channel, int acts) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("channel", channel.name());
    facts.put("act", what());
    facts.put("acts", String.valueOf(acts));
    facts.put("effect", act.effect() == Effect.IRREVERSIBLE ? "irreversible" : "reversible");
    facts.put("file", file);
    facts.put("sha256", sha256);
    return facts;
  }
}
