package dev.plasmite.git;

import java.time.OffsetDateTime;

/**
 * A commit in brief.
 *
 * @param id 40 hex digits
 * @param subject the first line of its message
 * @param time when it was committed, as the clock and the time zone of the committer's machine said
 */
public record Commit(String id, String subject, OffsetDateTime time) {

  /** The id's first twelve digits, for people. */
  public String shortId() {
    return id.substring(0, 12);
  }
}
