package dev.plasmite.publishing.fault;

import dev.plasmite.gate.Journal;
import dev.plasmite.sandbox.loopback.Fault;
import dev.plasmite.sandbox.loopback.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * What goes wrong in one run: one misfortune of one effect, once. A run that is killed says not another word: from then on
 * nothing is written down, and no server answers it.
 */
class Plot {

  /** How long a server that times out holds its answer; clients give up earlier. */
  static final Duration NEVER = Duration.ofSeconds(4);

  private static final Duration SLOW = Duration.ofMillis(700);

  /** A run's end without a word, in the same process. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  /** Somebody who publishes at the same moment. */
  interface Rival {
    void send(Effects effect, boolean sameBytes) throws IOException;
  }

  private final Effects effect;
  private final Misfortune misfortune;
  private final CompletableFuture<Void> arrived = new CompletableFuture<>();
  private Rival rival;
  private boolean dead;
  private boolean expired;
  private boolean halfLine;
  private int seen;

  /** A plot; without a misfortune nothing goes wrong. */
  Plot(Effects effect, Misfortune misfortune) {
    this.effect = effect;
    this.misfortune = misfortune;
  }

  static Plot none() {
    return new Plot(Effects.DRAFT, null);
  }

  void against(Rival someone) {
    this.rival = someone;
  }

  /** Done when the effect's request has reached its server. */
  CompletableFuture<Void> arrived() {
    return arrived;
  }

  boolean timesOut() {
    return misfortune != null && misfortune.timesOut();
  }

  synchronized boolean dead() {
    return dead;
  }

  /** Whether the run was killed in the middle of a ledger line. */
  boolean halfLine() {
    return halfLine;
  }

  /** The end of a run. */
  void die() {
    synchronized (this) {
      dead = true;
    }
    throw new Killed();
  }

  Fault fate(String server, Request request) {
    synchronized (this) {
      if (dead) {
        return Fault.of(Fault.Kind.RESET_BEFORE);
      }
      if (!server.equals(effect.server) || misfortune == null) {
        return Fault.NONE;
      }
      if (expired) {
        return server.equals("tap") || request.header("Authorization").isPresent() ? Fault.before(401) : Fault.NONE;
      }
      if (arrived.isDone() || !effect.kind(request) || ++seen < effect.number()) {
        return Fault.NONE;
      }
      arrived.complete(null);
    }
    try {
      return happens();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Fault happens() throws IOException {
    return switch (misfortune) {
      case KILLED_WHILE_IT_IS_SENT -> killed(Fault.of(Fault.Kind.RESET_BEFORE));
      case KILLED_WHEN_IT_HAS_ARRIVED -> killed(Fault.of(Fault.Kind.RESET_AFTER));
      case STATUS_500_BEFORE -> Fault.before(500);
      case STATUS_500_AFTER -> Fault.after(500);
      case TIME_OUT_BEFORE -> Fault.of(Fault.Kind.RESET_BEFORE).delayed(NEVER);
      case TIME_OUT_AFTER -> Fault.of(Fault.Kind.RESET_AFTER).delayed(NEVER);
      case RESET_BEFORE -> Fault.of(Fault.Kind.RESET_BEFORE);
      case RESET_AFTER -> Fault.of(Fault.Kind.RESET_AFTER);
      case ANSWER_CUT -> Fault.of(Fault.Kind.CUT_ANSWER);
      case TOKEN_EXPIRES -> {
        synchronized (this) {
          expired = true;
        }
        yield Fault.before(401);
      }
      case TOO_MANY_REQUESTS -> Fault.before(429).with("Retry-After", "1");
      case DUPLICATE_WITH_THE_SAME_BYTES -> outrun(true);
      case DUPLICATE_WITH_OTHER_BYTES -> outrun(false);
      case SLOW -> Fault.slow(SLOW);
      default -> Fault.NONE; // what happens between the ledger's lines
    };
  }

  /** The request's fate when the run is killed while the server has it. */
  Fault killed(Fault fault) {
    synchronized (this) {
      dead = true;
    }
    return fault;
  }

  private Fault outrun(boolean sameBytes) throws IOException {
    rival.send(effect, sameBytes);
    return Fault.NONE;
  }

  /** The journal as a run that may be killed between any two lines writes it. */
  Journal journal(Journal ledger) {
    return new Journal() {
      @Override
      public void record(Event event, Map<String, String> facts) {
        boolean mine = facts.get("act").startsWith(effect.act);
        if (dead() || mine && dies(event, true)) {
          die();
        }
        ledger.record(event, facts);
        if (mine && dies(event, false)) {
          die();
        }
      }

      @Override
      public List<Entry> entries() {
        return ledger.entries();
      }
    };
  }

  private boolean dies(Journal.Event event, boolean before) {
    if (misfortune == null) {
      return false;
    }
    return switch (misfortune) {
      case KILLED_BEFORE_IT_IS_PLANNED -> before && event == Journal.Event.PLANNED;
      case KILLED_WHEN_IT_IS_PLANNED -> !before && event == Journal.Event.PLANNED;
      case KILLED_WHEN_THE_CLIENT_HAS_ENDED -> before && event == Journal.Event.SENT;
      case KILLED_IN_THE_MIDDLE_OF_A_LEDGER_LINE -> {
        halfLine |= before && event == Journal.Event.SEEN;
        yield halfLine;
      }
      case KILLED_WHEN_IT_WAS_SEEN -> !before && event == Journal.Event.SEEN;
      default -> false;
    };
  }
}
