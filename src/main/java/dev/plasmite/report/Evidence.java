package dev.plasmite.report;

import dev.plasmite.gate.ChannelReport;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One run of the train, ready to be shown. All stages of the train are in it, once each and in the train's order: of a
 * stage that is given twice the last one counts, and one that is not given stands as skipped, with the reason "not
 * reached".
 *
 * @param version the version to be released
 * @param tag the release tag
 * @param commit the candidate in lower-case hex; null when the run ended before it was known
 * @param mode how far the train was allowed to go
 * @param startedAt when the run began
 * @param finishedAt when it ended
 * @param stages what each stage found and proved
 * @param channels what is known of each channel, in the plan's order; empty when no channel was looked at
 * @param host where it ran
 * @param ledger the ledger's path relative to the evidence, with {@code /}; null when there is none
 * @param tool the plugin's version
 * @param maven how the train is called here; never with a property that may hold a secret
 */
public record Evidence(
    String version,
    String tag,
    String commit,
    Mode mode,
    Instant startedAt,
    Instant finishedAt,
    List<StageEvidence> stages,
    List<ChannelReport> channels,
    Host host,
    String ledger,
    String tool,
    MavenLine maven) {

  public Evidence {
    Objects.requireNonNull(version);
    Objects.requireNonNull(tag);
    Objects.requireNonNull(mode);
    Objects.requireNonNull(startedAt);
    Objects.requireNonNull(finishedAt);
    Objects.requireNonNull(host);
    Objects.requireNonNull(tool);
    Objects.requireNonNull(maven);
    stages = whole(stages);
    channels = List.copyOf(channels);
  }

  /**
   * The machine, as far as it may matter to a result.
   *
   * @param os name, version and architecture
   * @param java the runtime's version
   * @param maven Maven's version
   */
  public record Host(String os, String java, String maven) {

    public Host {
      Objects.requireNonNull(os);
      Objects.requireNonNull(java);
      Objects.requireNonNull(maven);
    }

    /** This machine. */
    public static Host here(String mavenVersion) {
      return new Host(
          System.getProperty("os.name") + " " + System.getProperty("os.version") + " " + System.getProperty("os.arch"),
          System.getProperty("java.version"),
          mavenVersion);
    }
  }

  /** One stage. */
  public StageEvidence stage(StageName name) {
    return stages.get(name.ordinal());
  }

  /** Whether something was begun in a channel, although publish itself has no verdict: that run ended before it could say. */
  public boolean begunToPublish() {
    return stage(StageName.PUBLISH).verdict() == Verdict.SKIPPED && channels.stream().anyMatch(c -> c.state() != ChannelReport.State.PLANNED);
  }

  /** How long its stages worked, all in all; the time between two runs does not count. */
  public Duration took() {
    return stages.stream().map(StageEvidence::took).reduce(Duration.ZERO, Duration::plus);
  }

  private static List<StageEvidence> whole(List<StageEvidence> given) {
    Map<StageName, StageEvidence> known = new EnumMap<>(StageName.class);
    given.forEach(stage -> known.put(stage.name(), stage));
    List<StageEvidence> all = new ArrayList<>();
    StageName stopped = null;
    StageName last = null;
    for (StageName name : StageName.values()) {
      StageEvidence stage = known.get(name);
      if (stage == null) {
        all.add(notReached(name, stopped, last));
        continue;
      }
      all.add(stage);
      last = name;
      if (stopped == null && stage.blocks()) {
        stopped = name;
      }
    }
    return List.copyOf(all);
  }

  private static StageEvidence notReached(StageName name, StageName stopped, StageName last) {
    String why =
        stopped != null
            ? "the train stopped at " + stopped.id()
            : last != null ? "this run ended after " + last.id() : "this run did not get to it";
    return new StageEvidence(
        name, Verdict.SKIPPED, Duration.ZERO, List.of(Finding.warning("not reached: " + why)), Map.of());
  }
}
