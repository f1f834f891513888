package dev.plasmite.candidate.blocker;

import dev.plasmite.version.SemVer;
import java.util.List;

/**
 * Where open tasks are kept that forbid a release. A home that cannot be read throws: what is not known to be empty
 * blocks.
 */
public interface Blockers {

  /** The home in words, for messages: "the file .plasmite/blockers.json". */
  String home();

  /**
   * The open blockers of a release; those that name no release block every one.
   *
   * @throws dev.plasmite.gate.OutsideFailure when the home does not answer as it should
   * @throws dev.plasmite.gate.Refusal when it is damaged, and the maintainer can mend it
   */
  List<Blocker> open(SemVer version);

  /** Files a failure, or brings the open blocker of the same gate and release up to date. */
  void file(GateFailure failure);

  /**
   * Closes a blocker.
   *
   * @param id as {@link #open} told it
   * @param who the person who decided it
   * @param why the reason, or what mended it
   */
  void close(String id, String who, String why);
}
