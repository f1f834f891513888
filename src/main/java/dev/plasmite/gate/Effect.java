package dev.plasmite.gate;

/** What a step does beyond this machine's scratch directories. */
public enum Effect {
  /** Asks a service on the loopback interface that this run started, whatever is sent to it. */
  LOOPBACK,
  /** Fetches other people's packages, which a build or an installation needs; nothing is told but their names. */
  DOWNLOAD,
  /** Reads from a service outside. */
  READ,
  /** Changes something outside that can be taken back: a draft, a pushed branch. */
  REVERSIBLE,
  /** Changes something outside for good: a published version, a pushed tag. */
  IRREVERSIBLE;

  /** Whether it only reads outside, so that nothing can be changed under its name. */
  public boolean reads() {
    return this == READ || this == DOWNLOAD;
  }
}
