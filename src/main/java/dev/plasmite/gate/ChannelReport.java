package dev.plasmite.gate;

import java.util.List;

/**
 * What is known of one channel of this release.
 *
 * @param name the channel's name as its users say it: {@code crates.io}, {@code npm}, {@code PyPI}, ...
 * @param tier the support tier
 * @param state how far the release has come there
 * @param artifacts one row for each file of the release that this channel carries
 */
public record ChannelReport(String name, String tier, State state, List<Shipped> artifacts) {

  /** How far a release has come in a channel. */
  public enum State {
    PLANNED,
    SENT,
    PUBLISHED,
    DELIVERED,
    FAILED,
    UNKNOWN;

    /** The word as reports spell it. */
    public String id() {
      return name().toLowerCase(java.util.Locale.ROOT);
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

  public ChannelReport {
    artifacts = List.copyOf(artifacts);
  }
}
