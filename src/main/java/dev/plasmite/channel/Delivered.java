package dev.plasmite.channel;

/**
 * A file as a user receives it.
 *
 * @param file its name in the release
 * @param staged hex sha256 of the file as staged
 * @param stated hex sha256 that the channel itself states for it, as a formula does; null when publishing has asked for it
 * @param sha256 hex sha256 of the received bytes
 */
public record Delivered(String file, String staged, String stated, String sha256) {

  /** A file of which publishing has seen what the channel states. */
  Delivered(String file, String staged, String sha256) {
    this(file, staged, null, sha256);
  }
}
