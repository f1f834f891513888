package dev.plasmite.artifact;

import java.util.Map;

/**
 * One native target of the product, as {@code release/targets.json} describes it.
 *
 * @param rustTarget Rust's name, such as {@code x86_64-unknown-linux-gnu}
 * @param runner label of the GitHub runner that builds it
 * @param sdkPlatform the platform in names of SDK tarballs, such as {@code linux_amd64}
 * @param nodePlatform the platform in names of npm's native parts, such as {@code linux-x64}
 * @param buildSdk whether an SDK tarball is built
 * @param uploadSdist whether this target's build gives the Python source distribution
 * @param uploadWheel whether a wheel is built
 * @param channels support tier by channel; a channel that does not carry the target is not among them
 */
public record Target(
    String rustTarget,
    String runner,
    String sdkPlatform,
    String nodePlatform,
    boolean buildSdk,
    boolean uploadSdist,
    boolean uploadWheel,
    Map<String, Tier> channels) {

  public Target {
    channels = Map.copyOf(channels);
  }

  /** How far a target is supported on a channel. */
  public enum Tier {
    OFFICIAL,
    PREVIEW;

    /** The word in targets file and documents. */
    public String id() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Whether any channel carries it at this tier. */
  public boolean has(Tier tier) {
    return channels.containsValue(tier);
  }
}
