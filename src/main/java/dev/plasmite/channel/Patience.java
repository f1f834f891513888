package dev.plasmite.channel;

import dev.plasmite.gate.Mode;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Progress;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * How long an answer is asked for again, for a registry shows what it took only after a while. The pauses double up to a
 * limit; their sum is bounded.
 *
 * @param most the sum of all pauses; zero asks once
 * @param first the first pause
 * @param longest no pause is longer
 * @param sleep how to wait
 */
public record Patience(Duration most, Duration first, Duration longest, Sleep sleep) {

  /** Waits; replaced in tests. */
  @FunctionalInterface
  public interface Sleep {

    /** Waits that long. */
    void pause(Duration time) throws InterruptedException;
  }

  /** Asks once. */
  public static final Patience NONE = upTo(Duration.ZERO);

  /** Pauses of 1 s, 2 s, 4 s ... 30 s, in all as long as given. */
  public static Patience upTo(Duration most) {
    return new Patience(most, Duration.ofSeconds(1), Duration.ofSeconds(30), time -> Thread.sleep(time.toMillis()));
  }

  /** The sandbox's registries show at once what they took; the outside gets the given time. */
  public static Patience of(Mode mode, Duration outside) {
    return mode == Mode.SANDBOX ? NONE : upTo(outside);
  }

  /** The same, but no longer than given. */
  public Patience within(Duration limit) {
    return limit.compareTo(most) < 0 ? new Patience(limit, first, longest, sleep) : this;
  }

  /**
   * Asks until the answer is good or the time is over.
   *
   * @param what the deed in words, which begins the progress line: {@code npm: waiting for ...}
   * @return the last answer
   */
  public <T> T ask(String what, Supplier<T> question, Predicate<T> good, Progress progress) {
    Duration left = most;
    Duration pause = first;
    for (int attempt = 1; ; attempt++) {
      T answer = question.get();
      if (good.test(answer) || left.isZero()) {
        return answer;
      }
      Duration now = pause.compareTo(left) < 0 ? pause : left;
      progress.line(what + ": not yet (attempt " + attempt + "), again in " + shown(now) + ", " + shown(left) + " left");
      sleep(now);
      left = left.minus(now);
      pause = pause.multipliedBy(2).compareTo(longest) < 0 ? pause.multipliedBy(2) : longest;
    }
  }

  private void sleep(Duration time) {
    try {
      sleep.pause(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutsideFailure("interrupted while waiting for a channel");
    }
  }

  private static String shown(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }
}
