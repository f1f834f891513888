package dev.plasmite.gate;

import dev.plasmite.version.SemVer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One release, as the POM and the command line describe it. Immutable; every stage reads the same one.
 *
 * @param repository root of the maintainer's git work tree, absolute
 * @param version the version to be released
 * @param mode how far the train may go
 * @param baseTag the release to compare with; empty for the newest release tag that the candidate descends from
 * @param lockstep which manifests carry the version
 * @param candidate what makes a commit fit to be released
 * @param perf how performance is measured and judged
 * @param staging how artifacts are built and collected
 * @param channels where the release goes, in the order of the POM
 * @param clients executables by client name ({@code cargo}, {@code npm}, {@code python}, {@code git}), where they are
 *     not simply those on the PATH
 * @param directories where the train keeps its things
 * @param provenance where the artifacts come from
 * @param downloads whether the sandbox's builds and installations may fetch other people's packages
 */
public record ReleasePlan(
    Path repository,
    SemVer version,
    Mode mode,
    Optional<String> baseTag,
    LockstepPlan lockstep,
    CandidatePlan candidate,
    PerfPlan perf,
    StagingPlan staging,
    List<ChannelPlan> channels,
    Map<String, String> clients,
    Directories directories,
    ProvenancePlan provenance,
    boolean downloads) {

  public ReleasePlan {
    channels = List.copyOf(channels);
    clients = Map.copyOf(clients);
  }

  /** A release whose sandbox fetches nothing. */
  public ReleasePlan(
      Path repository,
      SemVer version,
      Mode mode,
      Optional<String> baseTag,
      LockstepPlan lockstep,
      CandidatePlan candidate,
      PerfPlan perf,
      StagingPlan staging,
      List<ChannelPlan> channels,
      Map<String, String> clients,
      Directories directories,
      ProvenancePlan provenance) {
    this(
        repository, version, mode, baseTag, lockstep, candidate, perf, staging, channels, clients, directories, provenance,
        false);
  }

  /** A release whose artifacts the train stages itself. */
  public ReleasePlan(
      Path repository,
      SemVer version,
      Mode mode,
      Optional<String> baseTag,
      LockstepPlan lockstep,
      CandidatePlan candidate,
      PerfPlan perf,
      StagingPlan staging,
      List<ChannelPlan> channels,
      Map<String, String> clients,
      Directories directories) {
    this(
        repository, version, mode, baseTag, lockstep, candidate, perf, staging, channels, clients, directories,
        ProvenancePlan.none());
  }

  /** What decides what may leave this machine in this release. */
  public EffectGate effects() {
    return new EffectGate(mode, downloads);
  }

  /** The release tag: {@code v} + version. */
  public String tag() {
    return version.tag();
  }

  /**
   * What decides the outcome, in one text: the same configuration has the same text on every machine. Its digest binds
   * verdicts to the configuration. Where things are kept and which executables run is not part of it, nor where the
   * repository is checked out: <code>${project.basedir}</code> in a command is another path on each machine.
   */
  public String configuration() {
    String text =
        String.join(
            "\n",
            baseTag.toString(),
            lockstep.toString(),
            candidate.toString(),
            perf.toString(),
            staging.toString(),
            channels.toString(),
            provenance.configuration());
    return repository.getNameCount() == 0 ? text : text.replace(repository.toString(), "${repository}");
  }

  /**
   * Where the train keeps its things; all absolute.
   *
   * @param artifacts the staged set: artifacts, release manifest, checksums, attestation
   * @param evidence report.json and report.html
   * @param sandbox the sandbox's world: scratch clone, loopback registries, ledger
   */
  public record Directories(Path artifacts, Path evidence, Path sandbox) {

    /** What the train itself leaves there: it is no part of the product, also where git is not told to ignore it. */
    public List<Path> leavings() {
      return List.of(artifacts, sandbox, evidence.resolve("report.html"), evidence.resolve("report.json"), evidence.resolve("perf"));
    }
  }
}
