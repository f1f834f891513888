package dev.plasmite.train;

import dev.plasmite.candidate.blocker.Blocker;
import dev.plasmite.candidate.blocker.Blockers;
import dev.plasmite.candidate.blocker.GateFailure;
import dev.plasmite.version.SemVer;
import java.util.List;

/** The stand-in for a tracker that is outside: it has no open blocker, which proves nothing and is marked as simulated. */
final class WithoutIssues implements Blockers {

  @Override
  public String home() {
    return "a stand-in for the issues on GitHub";
  }

  @Override
  public List<Blocker> open(SemVer version) {
    return List.of();
  }

  @Override
  public void file(GateFailure failure) {
    throw new IllegalStateException("a stand-in keeps nothing");
  }

  @Override
  public void close(String id, String who, String why) {
    throw new IllegalStateException("a stand-in keeps nothing");
  }
}
