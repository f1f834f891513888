package dev.plasmite.channel;

import dev.plasmite.artifact.Artifact;
import dev.plasmite.client.Fetch;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import dev.plasmite.gate.CandidatePlan;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.LockstepPlan;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.PerfPlan;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StagingPlan;
import dev.plasmite.version.SemVer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Workbenches in the sandbox mode, cut off from everything but this machine. */
final class Benches {

  private static final Map<String, String> NO_OUTSIDE =
      Map.of("HTTPS_PROXY", "http://127.0.0.1:9", "HTTP_PROXY", "http://127.0.0.1:9", "NO_PROXY", "127.0.0.1");

  private Benches() {}

  /** A bench for one channel of a release. */
  static Workbench of(
      Path directory, Path checkout, ChannelPlan channel, String version, List<Artifact> artifacts, Map<String, String> clients) {
    return of(directory, checkout, List.of(channel), version, artifacts, clients);
  }

  /** A bench for a release to several channels. */
  static Workbench of(
      Path directory, Path checkout, List<ChannelPlan> channels, String version, List<Artifact> artifacts, Map<String, String> clients) {
    SemVer release = SemVer.parse(version);
    ReleasePlan plan =
        new ReleasePlan(
            checkout, release, Mode.SANDBOX, Optional.empty(), LockstepPlan.discovered(),
            new CandidatePlan(Optional.empty(), Optional.empty(), Optional.of("lantern-demo/lantern"), Optional.empty()),
            new PerfPlan(List.of(), Optional.empty(), "plasmite", Optional.empty(), 0.1, List.of(), 0, Duration.ofMinutes(1)),
            new StagingPlan(List.of(), List.of(), Optional.empty(), Duration.ofMinutes(1)),
            channels, clients, new ReleasePlan.Directories(directory.resolve("staged"), directory, directory));
    EffectGate sandbox = new EffectGate(Mode.SANDBOX);
    return new Workbench(
        plan, artifacts, new PackageNames(release), checkout, sandbox, new Processes(Redactor.NONE), new Fetch(sandbox), NO_OUTSIDE,
        directory.resolve("scratch"));
  }
}
