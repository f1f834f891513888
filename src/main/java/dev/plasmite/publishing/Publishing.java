package dev.plasmite.publishing;

import dev.plasmite.channel.Act;
import dev.plasmite.channel.Channel;
import dev.plasmite.channel.Channels;
import dev.plasmite.channel.Holding;
import dev.plasmite.channel.Leg;
import dev.plasmite.gate.ChannelReport;
import dev.plasmite.gate.ChannelReport.State;
import dev.plasmite.gate.Effect;
import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Journal;
import dev.plasmite.gate.Progress;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.Stage;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Brings the same bytes to every channel, each once. All channels are asked first: whether they can be published to, and
 * what they hold already. Only when no answer stands against it is anything sent, leg by leg. After each send, however
 * its client ended, the channel is asked what it holds; that alone is the outcome.
 */
public final class Publishing implements Stage {

  private final Channels channels;
  private final EffectGate effects;
  private final Journal journal;
  private final Progress progress;
  private final Supplier<List<Finding>> lastCheck;

  /** A publish that nothing is asked about between the drafts and the registries. */
  public Publishing(Channels channels, EffectGate effects, Journal journal, Progress progress) {
    this(channels, effects, journal, progress, List::of);
  }

  /**
   * A publish.
   *
   * @param lastCheck asked right before the first step that cannot be taken back; what it finds stops the train there
   */
  public Publishing(
      Channels channels, EffectGate effects, Journal journal, Progress progress, Supplier<List<Finding>> lastCheck) {
    this.lastCheck = lastCheck;
    this.channels = channels;
    this.effects = effects;
    this.journal = journal;
    this.progress = progress;
  }

  @Override
  public StageName name() {
    return StageName.PUBLISH;
  }

  @Override
  public String purpose() {
    return "check every channel, then send what is missing, in the order that can be taken back longest";
  }

  @Override
  public StageResult run(Receipts earlier) {
    earlier.demandAllBefore(StageName.PUBLISH);
    List<Channel> open = channels.open(earlier);
    Board board = new Board(open);
    List<Finding> findings = new ArrayList<>(preflight(open, board));
    if (open.isEmpty()) {
      findings.add(Finding.of("no channel is configured, so there is nothing to publish to").remedy("name one in <channels>"));
    }
    // A rehearsal ends where the first deed would be done.
    if (findings.stream().noneMatch(Finding::blocks) && !effects.rehearses()) {
      for (Leg leg : Leg.values()) {
        if (leg == Leg.REGISTRY && !begun(open)) {
          findings.addAll(lastCheck.get());
        }
        if (findings.stream().anyMatch(Finding::blocks)) {
          break;
        }
        findings.addAll(travel(leg, open, board));
        if (findings.stream().anyMatch(Finding::blocks)) {
          break;
        }
      }
    }
    return StageResult.of(findings, Map.of("sent", String.valueOf(board.sent()), "found", String.valueOf(board.found())))
        .withChannels(board.reports());
  }

  /** Everything that can be known before the first byte is sent, of all channels together. */
  private List<Finding> preflight(List<Channel> open, Board board) {
    List<Finding> findings = new ArrayList<>();
    for (Channel channel : open) {
      progress.line("preflight: " + channel.name());
      List<Finding> found = channel.preflight();
      findings.addAll(found);
      if (found.stream().anyMatch(Finding::blocks)) {
        board.state(channel, State.FAILED);
        continue; // its clients do not work, so it cannot be asked further
      }
      int acts = 0;
      for (Leg leg : Leg.values()) {
        for (Act act : channel.acts(leg)) {
          acts++;
          findings.addAll(before(channel, act, board));
        }
      }
      if (acts == 0) {
        board.state(channel, State.FAILED);
        findings.add(
            Finding.of("channel " + channel.name() + " has nothing to publish")
                .remedy("declare an artifact of its kind under <staging><artifacts>, or remove the channel"));
      }
    }
    return findings;
  }

  /** Whether a registry holds a part of this release: then there is no way back, only forward. */
  private static boolean begun(List<Channel> open) {
    return open.stream()
        .flatMap(channel -> channel.acts(Leg.REGISTRY).stream())
        .anyMatch(act -> act.holding().state() == Holding.State.SAME);
  }

  private List<Finding> before(Channel channel, Act act, Board board) {
    if (!effects.rehearses()) {
      effects.demand(act.effect(), act.endpoint(), act.what());
    }
    Holding holding = act.holding();
    if (effects.rehearses() && holding.state() == Holding.State.ABSENT) {
      progress.line("would " + act.what());
    }
    // Absent is what publishing is for.
    return holding.state() == Holding.State.ABSENT ? List.of() : judged(channel, act, holding, Optional.empty(), board);
  }

  private List<Finding> travel(Leg leg, List<Channel> open, Board board) {
    for (Channel channel : open) {
      for (Act act : channel.acts(leg)) {
        List<Finding> findings = deliver(channel, act, board);
        if (!findings.isEmpty()) {
          return findings;
        }
      }
    }
    return List.of();
  }

  private List<Finding> deliver(Channel channel, Act act, Board board) {
    Holding holding = act.holding();
    Optional<String> said = Optional.empty();
    if (holding.state() == Holding.State.ABSENT) {
      effects.demand(act.effect(), act.endpoint(), act.what());
      journal.record(Journal.Event.PLANNED, facts(channel, act));
      progress.line(act.what());
      said = Optional.of(act.send());
      journal.record(Journal.Event.SENT, facts(channel, act));
      board.sent(channel);
      holding = act.holding();
    } else if (holding.state() == Holding.State.SAME) {
      board.foundThere();
      progress.line(act.what() + ": there already, the same bytes");
    }
    Map<String, String> seen = facts(channel, act);
    seen.put("holding", holding.state().name().toLowerCase(Locale.ROOT));
    seen.put("detail", holding.detail());
    journal.record(Journal.Event.SEEN, seen);
    return judged(channel, act, holding, said, board);
  }

  /** What a channel's answer means for the train. */
  private static List<Finding> judged(Channel channel, Act act, Holding holding, Optional<String> said, Board board) {
    switch (holding.state()) {
      case SAME:
        board.published(channel, act.file(), holding.detail());
        return List.of();
      case ABSENT:
        board.state(channel, State.FAILED);
        return List.of(
            Finding.of("could not " + act.what() + ": the channel does not hold it. The client said: " + said.orElse("nothing"))
                .remedy("mend what the client says, then run the same command again: what is there is not sent twice"));
      case OTHER:
        board.state(channel, State.FAILED);
        return List.of(
            Finding.of(
                    "cannot " + act.what() + ": the channel holds something else under that name and version: "
                        + holding.detail() + "; staged is sha256 " + act.sha256())
                .remedy("a published version never changes: raise the version and release that one"));
      default:
        board.state(channel, State.UNKNOWN);
        return List.of(
            Finding.unknown(
                    (said.isPresent()
                            ? "sent, and cannot tell whether it arrived: " + act.what()
                            : "cannot tell what the outside holds, so did not " + act.what())
                        + ": " + holding.detail())
                .remedy("run the same command again when " + channel.name() + " answers; nothing is sent on a guess"));
    }
  }

  private static Map<String, String> facts(Channel channel, Act act) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("channel", channel.name());
    facts.put("act", act.what());
    facts.put("effect", act.effect() == Effect.IRREVERSIBLE ? "irreversible" : "reversible");
    facts.put("file", act.file());
    facts.put("sha256", act.sha256());
    return facts;
  }
}
