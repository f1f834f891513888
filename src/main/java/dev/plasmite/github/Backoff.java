package dev.plasmite.github;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;

/**
 * How long to wait before a read is sent again: 1, 2, 4 s, or what {@code Retry-After} or GitHub's rate-limit headers
 * ask for ("Best practices for using the REST API" in GitHub's documentation), when that is not too long.
 */
final class Backoff {

  private static final int ATTEMPTS = 4;
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Set<Integer> PASSING = Set.of(429, 500, 502, 503, 504);

  private final Clock clock;
  private final Sleep sleep;

  Backoff(Clock clock, Sleep sleep) {
    this.clock = clock;
    this.sleep = sleep;
  }

  /** Waits, or is interrupted. */
  @FunctionalInterface
  interface Sleep {
    void sleep(Duration time) throws InterruptedException;
  }

  /** How long to wait after an answer; empty when waiting does not help. */
  Optional<Duration> after(int attempt, Answer answer) {
    boolean limited =
        answer.status() == 403
            && (answer.headers().firstValue("retry-after").isPresent()
                || answer.headers().firstValue("x-ratelimit-remaining").filter("0"::equals).isPresent());
    if (attempt >= ATTEMPTS || !(limited || PASSING.contains(answer.status()))) {
      return Optional.empty();
    }
    return Optional.of(asked(answer).orElse(growing(attempt))).filter(d -> d.compareTo(LONGEST) <= 0);
  }

  /** How long to wait when there was no answer at all. */
  Optional<Duration> afterSilence(int attempt) {
    return attempt >= ATTEMPTS ? Optional.empty() : Optional.of(growing(attempt));
  }

  void pause(Duration time, String endpoint) {
    try {
      sleep.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GitHubFailure(0, endpoint, "interrupted while waiting to ask again", java.util.List.of());
    }
  }

  /** What the answer asks to wait; never negative. */
  Optional<Duration> asked(Answer answer) {
    Optional<String> after = answer.headers().firstValue("retry-after");
    Optional<Duration> wait = after.flatMap(this::parse);
    if (wait.isEmpty() && answer.headers().firstValue("x-ratelimit-remaining").filter("0"::equals).isPresent()) {
      wait =
          answer
              .headers()
              .firstValue("x-ratelimit-reset")
              .filter(t -> t.matches("[0-9]{1,12}"))
              .map(t -> Duration.between(clock.instant(), Instant.ofEpochSecond(Long.parseLong(t))));
    }
    return wait.map(d -> d.isNegative() ? Duration.ZERO : d);
  }

  private Optional<Duration> parse(String retryAfter) {
    if (retryAfter.matches("[0-9]{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(retryAfter)));
    }
    try {
      Instant until = ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(Duration.between(clock.instant(), until));
    } catch (DateTimeParseException e) {
      return Optional.empty(); // neither form of the header: as if it were not there
    }
  }

  private static Duration growing(int attempt) {
    return Duration.ofSeconds(1L << (attempt - 1));
  }
}
