package dev.plasmite.channel;

/** The legs of a publish, in order: what can be taken back first, what cannot after it, what points at it last. */
public enum Leg {
  /** A GitHub release as a draft, with all assets: nobody sees it yet, and it can be deleted. */
  DRAFT,
  /** The registries that never forget a version. */
  REGISTRY,
  /** The draft becomes public. */
  RELEASE,
  /** What points at the public release: the tap. */
  TAP
}
