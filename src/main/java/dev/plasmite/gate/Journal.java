package dev.plasmite.gate;

import java.util.List;
import java.util.Map;

/**
 * Where a stage writes down what it is about to do to the outside and what it saw there. A line is on the disk when the
 * call returns, so that a run that is killed can be taken up where it stood.
 */
public interface Journal {

  /** What a line says. */
  enum Event {
    /** An effect is going to be sent. Written before it. */
    PLANNED,
    /** The client has ended, however it ended. Written after it. */
    SENT,
    /** The outside was asked, and this is what it holds. */
    SEEN,
    /** An installation was made from the outside and checked. */
    VERIFIED
  }

  /**
   * Appends a line.
   *
   * @param facts by name; never a secret
   * @throws OutsideFailure when it cannot be made durable
   */
  void record(Event event, Map<String, String> facts);

  /**
   * What is written down so far, by this run and by earlier ones, in time order. A journal that cannot be read says
   * nothing of earlier runs.
   */
  default List<Entry> entries() {
    return List.of();
  }

  /**
   * One line that was written down.
   *
   * @param event what it says
   * @param at when, as ISO-8601
   * @param facts by name, as they were given to {@link #record}
   */
  record Entry(Event event, String at, Map<String, String> facts) {

    public Entry {
      facts = Map.copyOf(facts);
    }
  }
}
