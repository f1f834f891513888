package dev.plasmite.channel;

/**
 * What a channel holds of one act.
 *
 * @param state how it compares with the release
 * @param detail for {@code SAME} the hex sha256 that the channel states or serves (empty where an act carries no file);
 *     for {@code OTHER} what the channel states of what it has, in its own form; for {@code UNKNOWN} the reason, a
 *     sentence; empty for {@code ABSENT}
 */
public record Holding(State state, String detail) {

  /** How what is there compares with the release. */
  public enum State {
    /** Nothing of that name and version. */
    ABSENT,
    /** The very bytes of the release. */
    SAME,
    /** Something else under that name and version; never to be overwritten. */
    OTHER,
    /** The channel could not be asked, or its answer is not understood. */
    UNKNOWN
  }

  /** Nothing there. */
  public static Holding absent() {
    return new Holding(State.ABSENT, "");
  }

  /** The release itself, with the digest that the channel gives it. */
  public static Holding same(String sha256) {
    return new Holding(State.SAME, sha256);
  }

  /** Something else. */
  public static Holding other(String digest) {
    return new Holding(State.OTHER, digest);
  }

  /** Not to be found out. */
  public static Holding unknown(String reason) {
    return new Holding(State.UNKNOWN, reason);
  }
}
