package dev.plasmite.publishing.fault;

/** What happens to one effect of a publish. */
enum Misfortune {
  KILLED_BEFORE_IT_IS_PLANNED,
  KILLED_WHEN_IT_IS_PLANNED,
  KILLED_WHILE_IT_IS_SENT,
  KILLED_WHEN_IT_HAS_ARRIVED,
  KILLED_WHEN_THE_CLIENT_HAS_ENDED,
  KILLED_IN_THE_MIDDLE_OF_A_LEDGER_LINE,
  KILLED_WHEN_IT_WAS_SEEN,
  STATUS_500_BEFORE,
  STATUS_500_AFTER,
  TIME_OUT_BEFORE,
  TIME_OUT_AFTER,
  RESET_BEFORE,
  RESET_AFTER,
  ANSWER_CUT,
  TOKEN_EXPIRES,
  TOO_MANY_REQUESTS,
  DUPLICATE_WITH_THE_SAME_BYTES,
  DUPLICATE_WITH_OTHER_BYTES,
  SLOW;

  /** Whether the run ends at it, without another word. */
  boolean kills() {
    return name().startsWith("KILLED");
  }

  boolean timesOut() {
    return name().startsWith("TIME_OUT");
  }

  /** Whether it is another one for a client that is a process; between the ledger's lines there is none. */
  boolean isOfTheClient() {
    return switch (this) {
      case KILLED_WHILE_IT_IS_SENT, KILLED_WHEN_IT_HAS_ARRIVED, STATUS_500_BEFORE, STATUS_500_AFTER, TIME_OUT_BEFORE, TIME_OUT_AFTER,
          RESET_AFTER,
          TOKEN_EXPIRES, TOO_MANY_REQUESTS, DUPLICATE_WITH_THE_SAME_BYTES, DUPLICATE_WITH_OTHER_BYTES, SLOW -> true;
      default -> false;
    };
  }

  /**
   * Whether the server does what it is asked at once, though the client may not hear it. A client whose time is over may
   * have been too slow to say all: that depends on the machine.
   */
  boolean arrivesAtOnce() {
    return switch (this) {
      case STATUS_500_AFTER, RESET_AFTER, ANSWER_CUT, DUPLICATE_WITH_THE_SAME_BYTES, SLOW -> true;
      default -> false;
    };
  }

  String shown() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }
}
