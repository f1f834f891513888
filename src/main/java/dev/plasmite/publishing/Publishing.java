package dev.plasmite.publishing;

import dev.plasmite.channel.Channel;
import dev.plasmite.channel.Channels;
import dev.plasmite.channel.Holding;
import dev.plasmite.channel.Leg;
import dev.plasmite.channel.Patience;
import dev.plasmite.channel.Preflight;
import dev.plasmite.channel.SideBySide;
import dev.plasmite.gate.ChannelReport.State;
import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Journal;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Progress;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.Stage;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Brings the same bytes to every channel, each once. All channels are asked first: whether they can be published to, and
 * what they hold already. Only when no answer stands against it is anything sent, leg by leg; within a leg all channels
 * are at work at once, each with its own acts in order. After each send, however its client ended, the channel is asked
 * what it holds; that alone is the outcome. A leg begins when the one before it is done in every channel.
 */
public final class Publishing implements Stage {

  /** How long the outside may take to show what it took. */
  private static final Duration SHOWN_WITHIN = Duration.ofMinutes(1);

  private final Channels channels;
  private final EffectGate effects;
  private final Journal journal;
  private final Progress progress;
  private final Supplier<List<Finding>> lastCheck;
  private final Patience patience;
  private final String otherwise;

  /** A publish that nothing is asked about between the drafts and the registries. */
  public Publishing(Channels channels, EffectGate effects, Journal journal, Progress progress) {
    this(channels, effects, journal, progress, List::of);
  }

  /**
   * A publish with the patience that its mode asks for.
   *
   * @param lastCheck asked right before the first step that cannot be taken back; what it finds stops the train there
   */
  public Publishing(
      Channels channels, EffectGate effects, Journal journal, Progress progress, Supplier<List<Finding>> lastCheck) {
    this(channels, effects, journal, progress, lastCheck, Patience.of(effects.mode(), SHOWN_WITHIN));
  }

  /**
   * A publish.
   *
   * @param journal written to by several threads at once
   * @param lastCheck asked right before the first step that cannot be taken back; what it finds stops the train there
   * @param patience how long a channel may take to show what was sent to it
   */
  public Publishing(
      Channels channels,
      EffectGate effects,
      Journal journal,
      Progress progress,
      Supplier<List<Finding>> lastCheck,
      Patience patience) {
    this(channels, effects, journal, progress, lastCheck, patience, "");
  }

  private Publishing(
      Channels channels,
      EffectGate effects,
      Journal journal,
      Progress progress,
      Supplier<List<Finding>> lastCheck,
      Patience patience,
      String otherwise) {
    this.otherwise = otherwise;
    this.lastCheck = lastCheck;
    this.channels = channels;
    this.effects = effects;
    this.journal = journal;
    this.progress = progress;
    this.patience = patience;
  }

  /** The same where a world with other bytes can be thrown away, which is a sandbox; said to who finds such bytes there. */
  public Publishing whereAWorldCanBeThrownAway(String how) {
    return new Publishing(channels, effects, journal, progress, lastCheck, patience, "; " + how);
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
    Past past = Past.of(journal.entries());
    Map<Channel, List<Deed>> deeds = new ConcurrentHashMap<>();
    List<Finding> findings = new ArrayList<>();
    SideBySide.each(open, channel -> preflight(channel, board, deeds, past)).forEach(findings::addAll);
    if (open.isEmpty()) {
      findings.add(Finding.of("no channel is configured, so there is nothing to publish to").remedy("name one in <channels>"));
    }
    // A rehearsal ends where the first deed would be done.
    if (findings.stream().noneMatch(Finding::blocks) && !effects.rehearses()) {
      for (Leg leg : Leg.values()) {
        if (leg == Leg.REGISTRY && !board.begun()) {
          findings.addAll(lastCheck.get());
        }
        if (findings.stream().anyMatch(Finding::blocks)) {
          break;
        }
        SideBySide.each(open, channel -> travel(leg, channel, deeds.get(channel), board, past)).forEach(findings::addAll);
        if (findings.stream().anyMatch(Finding::blocks)) {
          break;
        }
      }
    }
    return StageResult.of(findings, Map.of("sent", String.valueOf(board.sent()), "found", String.valueOf(board.found())))
        .withChannels(board.reports());
  }

  /** Everything that can be known of a channel before the first byte is sent. */
  private List<Finding> preflight(Channel channel, Board board, Map<Channel, List<Deed>> deeds, Past past) {
    say("preflight: " + channel.name());
    Preflight found = channel.preflight();
    if (found.state().stream().anyMatch(Finding::blocks)) {
      return found.findings(); // it cannot be asked further, or not for this release; nothing was sent there
    }
    List<Finding> findings = new ArrayList<>(found.findings());
    try {
      List<Deed> all = Deed.of(channel);
      deeds.put(channel, all);
      board.planned(channel, all);
      if (all.isEmpty()) {
        board.state(channel, State.FAILED);
        findings.add(
            Finding.of("channel " + channel.name() + " has nothing to publish")
                .remedy("declare an artifact of its kind under <staging><artifacts>, or remove the channel"));
      } else if (findings.stream().noneMatch(Finding::blocks)) {
        all.forEach(deed -> findings.addAll(before(channel, deed, board, past)));
      } else {
        return unableToSend(channel, found, all, board, past);
      }
    } catch (OutsideFailure e) {
      board.state(channel, State.UNKNOWN);
      findings.add(
          Finding.unknown("cannot tell what is to be done in " + channel.name() + ": " + e.getMessage())
              .remedy("run the same command again when it answers; nothing was sent anywhere"));
    }
    return findings;
  }

  /**
   * A channel that nothing can be sent to, for want of a client, a credential or a right. When all of the release is there
   * already, with the same bytes, none of these is needed any more, and what was found only warns.
   */
  private List<Finding> unableToSend(Channel channel, Preflight found, List<Deed> deeds, Board board, Past past) {
    for (Deed deed : deeds) {
      Holding holding = asked(channel, deed, past);
      if (holding.state() != Holding.State.SAME) {
        List<Finding> findings = new ArrayList<>(found.findings());
        if (holding.state() == Holding.State.OTHER) {
          findings.addAll(Outcome.of(channel, deed, holding, Optional.empty(), board, otherwise)); // no credential mends that
        }
        return findings;
      }
      board.holds(channel, deed, holding.detail());
      past.held(channel, deed);
    }
    return found.findings().stream().map(finding -> finding.blocks() ? needless(channel, finding) : finding).toList();
  }

  private static Finding needless(Channel channel, Finding finding) {
    return Finding.warning(channel.name() + " has all of this release already, so nothing waits for this: " + finding.what())
        .at(finding.place())
        .remedy(finding.remedy());
  }

  private List<Finding> before(Channel channel, Deed deed, Board board, Past past) {
    if (!effects.rehearses()) {
      effects.demand(deed.act().effect(), deed.act().endpoint(), deed.what());
    }
    Holding holding = asked(channel, deed, past);
    switch (holding.state()) {
      case ABSENT: // what publishing is for
        if (effects.rehearses()) {
          say("would " + deed.what());
        }
        return List.of();
      case SAME:
        board.holds(channel, deed, holding.detail());
        past.held(channel, deed);
        return List.of();
      default:
        return Outcome.of(channel, deed, holding, Optional.empty(), board, otherwise);
    }
  }

  /** What a channel holds, with what earlier runs wrote down: neither a late arrival nor a lapse of memory is sent after. */
  private Holding asked(Channel channel, Deed deed, Past past) {
    Holding holding = deed.act().holding();
    if (holding.state() == Holding.State.ABSENT && past.leftOpen(channel, deed)) {
      say("an earlier run ended before it saw what came of this: " + deed.what());
      holding = settled(channel, deed);
    }
    Optional<String> before = past.heldForGood(channel, deed);
    return holding.state() == Holding.State.ABSENT && before.isPresent()
        ? Holding.unknown(
            "it held this " + before.get() + ", and now it says that it does not; whether it shows an older state or lost it, sending it again would be a guess")
        : holding;
  }

  private Holding settled(Channel channel, Deed deed) {
    return patience.within(channel.propagation()).ask(channel.name() + ": asking whether it holds " + deed.shown(), deed.act()::holding, Publishing::settled, this::say);
  }

  /** A channel's part of a leg; its first act that is not done ends it. */
  private List<Finding> travel(Leg leg, Channel channel, List<Deed> deeds, Board board, Past past) {
    for (Deed deed : deeds) {
      if (deed.leg() == leg) {
        List<Finding> findings = deliver(channel, deed, deeds.size(), board, past);
        if (!findings.isEmpty()) {
          return findings;
        }
      }
    }
    return List.of();
  }

  private List<Finding> deliver(Channel channel, Deed deed, int acts, Board board, Past past) {
    Holding holding = asked(channel, deed, past);
    Optional<String> said = Optional.empty();
    if (holding.state() == Holding.State.ABSENT) {
      effects.demand(deed.act().effect(), deed.act().endpoint(), deed.what());
      journal.record(Journal.Event.PLANNED, deed.facts(channel, acts));
      say(deed.what());
      said = Optional.of(sent(deed));
      journal.record(Journal.Event.SENT, deed.facts(channel, acts));
      board.sent(channel);
      holding = settled(channel, deed);
    } else if (holding.state() == Holding.State.SAME) {
      board.foundThere();
      say(deed.what() + ": there already, the same bytes");
    }
    Map<String, String> seen = deed.facts(channel, acts);
    seen.put("holding", holding.state().name().toLowerCase(Locale.ROOT));
    seen.put("detail", holding.detail());
    journal.record(Journal.Event.SEEN, seen);
    return Outcome.of(channel, deed, holding, said, board, otherwise);
  }

  /** What the client said. However it failed, the channel is asked afterwards. */
  private static String sent(Deed deed) {
    try {
      return deed.act().send();
    } catch (OutsideFailure e) {
      return e.getMessage();
    }
  }

  /** Nothing that was sent stays absent for ever, and silence may end; the other answers are final. */
  private static boolean settled(Holding holding) {
    return holding.state() == Holding.State.SAME || holding.state() == Holding.State.OTHER;
  }

  /** One whole line at a time, whichever channel speaks. */
  private void say(String line) {
    synchronized (progress) {
      progress.line(line);
    }
  }
}
