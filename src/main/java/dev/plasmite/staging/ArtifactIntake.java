package dev.plasmite.staging;

import dev.plasmite.artifact.ArchiveLimits;
import dev.plasmite.artifact.Artifact;
import dev.plasmite.artifact.ArtifactInspector;
import dev.plasmite.artifact.ArtifactInspector.Inspection;
import dev.plasmite.artifact.Digests;
import dev.plasmite.artifact.KindSpelling;
import dev.plasmite.artifact.Parallel;
import dev.plasmite.artifact.Platform;
import dev.plasmite.artifact.Target;
import dev.plasmite.artifact.Targets;
import dev.plasmite.artifact.Unpacker;
import dev.plasmite.client.Processes;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Progress;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StagingPlan.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Takes found files into a set: copies and digests each in one read, then looks into the copy and tries it. */
final class ArtifactIntake {

  private final ReleasePlan plan;
  private final Optional<Targets> targets;
  private final ArtifactInspector inspector;
  private final Notices notices;
  private final SmokeTest smoke;
  private final Progress progress;

  ArtifactIntake(
      ReleasePlan plan,
      Path checkout,
      Optional<Targets> targets,
      Map<String, String> environment,
      Processes processes,
      Progress progress) {
    this.plan = plan;
    this.targets = targets;
    this.inspector = new ArtifactInspector(ArchiveLimits.usual(), plan.version());
    this.notices = new Notices(checkout);
    this.smoke = new SmokeTest(environment, plan.clients(), processes);
    this.progress = progress;
  }

  /**
   * Takes all files.
   *
   * @param directory where the copies go, empty
   * @throws Refusal with all that is wrong with any of them
   */
  List<Artifact> take(List<Collector.Found> found, Path directory) {
    List<Finding> findings = new ArrayList<>();
    List<Artifact> out = new ArrayList<>();
    for (Taken taken : Parallel.map(found, one -> copyAndInspect(one, directory))) {
      Collector.Found one = taken.found();
      findings.addAll(taken.inspection().findings());
      taken.inspection()
          .contents()
          .ifPresent(c -> findings.addAll(notices.missing(one.rule().kind(), one.file(), c)));
      Optional<String> platform = platform(one, taken.inspection(), findings);
      Artifact artifact = new Artifact(one.rule().kind(), directory.resolve(one.file()), platform, taken.digests());
      progress.line(artifact.sha256() + "  " + one.file() + "  " + Bytes.shown(artifact.size()));
      if (taken.inspection().findings().isEmpty()) {
        one.rule().smoke().ifPresent(command -> smoke(one, artifact, command, directory, findings));
      }
      out.add(artifact);
    }
    if (!findings.isEmpty()) {
      throw new Refusal(findings);
    }
    return out;
  }

  /** One file's copy: its digests, and what is inside. */
  private record Taken(Collector.Found found, Digests digests, Inspection inspection) {}

  private Taken copyAndInspect(Collector.Found one, Path directory) {
    Path copy = directory.resolve(one.file());
    Digests digests = copy(one.path(), copy);
    return new Taken(one, digests, inspector.inspect(one.rule().kind(), copy));
  }

  private void smoke(
      Collector.Found one, Artifact artifact, String command, Path directory, List<Finding> findings) {
    Optional<String> platform = artifact.platform();
    Optional<String> host = Platform.host().map(Platform::id);
    if (platform.isPresent() && !platform.equals(host)) {
      findings.add(
          Finding.of("its smoke command cannot run here: it is for " + platform.get() + ", this is "
                  + host.orElse("an unknown platform"))
              .at(Place.file(one.file()))
              .remedy("stage each platform's artifacts on that platform and merge the manifests"));
      return;
    }
    Set<String> versions = new TreeSet<>(List.of(plan.version().toString()));
    KindSpelling.of(one.rule().kind(), plan.version()).ifPresent(versions::add);
    Path scratch = directory.resolveSibling(directory.getFileName() + ".smoke");
    Unpacker.delete(scratch);
    try {
      Optional<Finding> failed = smoke.run(one.rule().kind(), artifact.path(), command, versions, scratch);
      failed.ifPresent(findings::add);
      if (failed.isEmpty()) {
        progress.line("installed " + one.file() + " into an empty directory; '" + command + "' says " + plan.version());
      }
    } finally {
      Unpacker.delete(scratch);
    }
  }

  /** The platform that rule, file name and what is inside agree upon. */
  private Optional<String> platform(Collector.Found one, Inspection inspection, List<Finding> findings) {
    Set<String> inside = new TreeSet<>();
    inspection.identity().tags().forEach(tag -> Platform.ofWheelTag(tag).ifPresent(p -> inside.add(p.id())));
    if (one.rule().kind() == Kind.SDK && targets.isPresent()) {
      targets.get().targets().stream()
          .map(Target::sdkPlatform)
          .filter(p -> one.file().matches(".*[_-]" + java.util.regex.Pattern.quote(p) + "\\.(tar\\.gz|tgz|zip)"))
          .forEach(inside::add);
    }
    Optional<String> stated = one.rule().platform().map(p -> targets.flatMap(t -> t.of(p)).map(Target::sdkPlatform).orElse(p));
    if (inside.size() > 1 || (stated.isPresent() && !inside.isEmpty() && !inside.contains(stated.get()))) {
      findings.add(
          Finding.of("it is for " + String.join(" and ", inside) + stated.map(s -> ", declared is " + s).orElse(""))
              .at(Place.file(one.file()))
              .remedy("build one artifact for each platform, and declare that platform"));
    }
    return stated.isPresent() ? stated : inside.stream().findFirst();
  }

  private static Digests copy(Path from, Path to) {
    try {
      return Digests.copy(from, to);
    } catch (IOException e) {
      throw new OutsideFailure("cannot copy " + from + " to " + to, e);
    }
  }
}
