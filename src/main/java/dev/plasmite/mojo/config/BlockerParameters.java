package dev.plasmite.mojo.config;

/** {@code <blockers>}: where open tasks are kept that forbid the release. */
public final class BlockerParameters {

  /** file (the default), ergo or github. */
  String home;

  /** The file's path in the repository, or the label on GitHub; by default .plasmite/blockers.json and release-blocker. */
  String place;

  /** Takes {@code <blockers>ergo</blockers>}. */
  public void set(String text) {
    home = text;
  }
}
