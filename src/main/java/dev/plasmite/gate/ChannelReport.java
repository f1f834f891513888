package dev.plasmite.gate;

import java.util.List;

/**
 * What is known of one channel of this release.
 *
 * @param name the channel's name as its users say it: {@code crates.io}, {@code npm}, {@code PyPI}, ...
 * @param tier the support tier
 * @param state how far the release has come there
 * @param artifacts one row for each file of the release that this channel carries
 * @param trials what was tried with it as a user would; empty until a delivery was verified
 */
public record ChannelReport(String name, String tier, State state, List<Shipped> artifacts, List<Trial> trials) {

  /** A channel in which nothing was tried yet. */
  public ChannelReport(String name, String tier, State state, List<Shipped> artifacts) {
    this(name, tier, state, artifacts, List.of());
  }

  /** How far a release has come in a channel. */
  public enum State {
    /** Nothing was sent. */
    PLANNED,
    /** Something was sent, and the channel was not seen to hold all of it. */
    SENT,
    /** The channel holds the release; nobody has installed it from there, or that did not work. */
    PUBLISHED,
    /** The release was installed from there, with the bytes that were built. */
    DELIVERED,
    /** It holds or delivers something else, or lacks what was sent. */
    FAILED,
    /** The outside could not be asked, or a run ended before it was. */
    UNKNOWN;

    /** The word as reports spell it. */
    public String id() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** For people, so that nobody takes published for delivered, or sent for published. */
    public String shown() {
      return switch (this) {
        case SENT -> "sent, not all seen there";
        case PUBLISHED -> "published, not delivered";
        default -> id();
      };
    }
  }

  /**
   * One file on its way.
   *
   * @param file the artifact's file name
   * @param sha256 hex digest as staged
   * @param publishedSha256 hex digest of what the channel says or serves; null when not known
   * @param deliveredSha256 hex digest of what an installation received; null when not known
   */
  public record Shipped(String file, String sha256, String publishedSha256, String deliveredSha256) {}

  /**
   * One way to get the release from a channel and use it.
   *
   * @param with the users' client or what is done in its place, such as {@code npm}, {@code pip}, {@code tarball}; or the
   *     file that nothing here can use
   * @param result how far it came
   * @param detail in words: what the program said, why it was not run; may be empty
   */
  public record Trial(String with, Result result, String detail) {

    /** How far a trial came. */
    public enum Result {
      /** Installed, and the program said this version. */
      RAN,
      /** Installed; there is no smoke test to run. */
      INSTALLED,
      /** Not tried on this machine; its bytes may have been compared all the same. */
      NOT_RUN,
      /** Not installed, or the program did not do what it should. */
      FAILED;

      /** The word as reports spell it. */
      public String id() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
      }
    }
  }

  public ChannelReport {
    artifacts = List.copyOf(artifacts);
    trials = List.copyOf(trials);
  }
}
