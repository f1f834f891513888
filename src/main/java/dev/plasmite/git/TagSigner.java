package dev.plasmite.git;

/** Signs a tag: takes the tag as git stores it, and gives the signature that git appends to it (git-tag(1), --sign). */
@FunctionalInterface
public interface TagSigner {

  /** Leaves the tag without a signature. */
  TagSigner NONE = payload -> "";

  /**
   * Signs.
   *
   * @param payload the tag object's content
   * @return the armored signature, ended by a line end; empty for none
   * @throws dev.plasmite.gate.OutsideFailure when the signing program fails
   */
  String sign(byte[] payload);
}
