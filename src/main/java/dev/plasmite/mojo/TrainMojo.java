package dev.plasmite.mojo;

import dev.plasmite.client.Surroundings;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.ProvenancePlan;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.git.GitRepository;
import dev.plasmite.mojo.config.BlockerParameters;
import dev.plasmite.mojo.config.ChannelParameters;
import dev.plasmite.mojo.config.Configuration;
import dev.plasmite.mojo.config.LockstepParameters;
import dev.plasmite.mojo.config.PerfGateParameters;
import dev.plasmite.mojo.config.ProvenanceParameters;
import dev.plasmite.mojo.config.PinParameters;
import dev.plasmite.mojo.config.StagingParameters;
import dev.plasmite.train.Invocation;
import dev.plasmite.train.Train;
import dev.plasmite.version.SemVer;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/** The configuration that all goals of the train share, turned into a {@link ReleasePlan}. */
abstract class TrainMojo extends PlasmiteMojo {

  @Parameter(defaultValue = "${session}", readonly = true, required = true)
  MavenSession session;

  @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
  MojoExecution execution;

  @Parameter(defaultValue = "${basedir}", readonly = true)
  File basedir;

  /**
   * How far the train may go: sandbox (all for real, on this machine), rehearsal (real services, read only) or live.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.mode")
  String mode;

  /**
   * The version to be released. By default the one that the lockstep carries.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.version")
  String version;

  /**
   * The release tag, as an alternative to the version: v1.2.3.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.releaseTag")
  String releaseTag;

  /**
   * The release to compare performance with. By default the newest release tag that the candidate descends from.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.baseTag")
  String baseTag;

  /**
   * Whether the sandbox may fetch other people's packages, which builds and installations of the product need. Builds then
   * have the network, without any credential; nothing is sent. The other modes fetch what they need in any case.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.downloads", defaultValue = "false")
  boolean downloads;

  /**
   * The branch that releases come from. By default any branch that has an upstream.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.releaseBranch")
  String releaseBranch;

  /**
   * The changelog's path in the repository.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.changelog")
  String changelog;

  /**
   * The path of the CI workflow that must be green for the candidate, such as .github/workflows/ci.yml.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.workflow")
  String workflow;

  /**
   * The GitHub repository, owner/name.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.githubRepository")
  String githubRepository;

  /**
   * Licences and third-party notices that the commit must have; paths relative to the repository.
   *
   * @since 0.1.0
   */
  @Parameter
  List<String> notices;

  /**
   * Tools whose version must be pinned as said here, in each file that pins it.
   *
   * @since 0.1.0
   */
  @Parameter
  List<PinParameters> pins;

  /**
   * Where open tasks are kept that forbid the release. By default .plasmite/blockers.json in the repository.
   *
   * @since 0.1.0
   */
  @Parameter
  BlockerParameters blockers;

  /**
   * Files a blocker for each gate that fails or cannot tell, or brings its open one up to date. Nothing is filed in the
   * sandbox.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.fileBlockers", defaultValue = "false")
  boolean fileBlockers;

  /**
   * Which manifests carry the version. By default all tracked manifests of a known format.
   *
   * @since 0.1.0
   */
  @Parameter
  LockstepParameters lockstep;

  /**
   * How performance is measured and judged.
   *
   * @since 0.1.0
   */
  @Parameter
  PerfGateParameters perfGate;

  /**
   * How artifacts are built and collected.
   *
   * @since 0.1.0
   */
  @Parameter
  StagingParameters staging;

  /**
   * The workflow that builds the artifacts, and what their attestations are held against.
   *
   * @since 0.1.0
   */
  @Parameter
  ProvenanceParameters provenance;

  /**
   * The id of the build run to take the artifacts from, to recover from an incident. By default the one successful run
   * of the build workflow for the release tag.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.buildRun")
  Long buildRun;

  /**
   * Where the release goes.
   *
   * @since 0.1.0
   */
  @Parameter
  List<ChannelParameters> channels;

  /**
   * Executables of clients that are not simply on the PATH: cargo, npm, python.
   *
   * @since 0.1.0
   */
  @Parameter
  Map<String, String> clients;

  /**
   * Where the staged set is kept.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.artifacts", defaultValue = "${basedir}/target/plasmite/artifacts")
  File artifacts;

  /**
   * Where report.html and report.json are written.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.evidence", defaultValue = "${basedir}/target/plasmite")
  File evidence;

  /**
   * Where the sandbox keeps its world: the scratch clone, the loopback registries, the ledger.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.sandbox", defaultValue = "${basedir}/target/plasmite/sandbox")
  File sandbox;

  @Inject SettingsDecrypter decrypter;

  /** The train of this release. */
  final Train train() {
    ReleasePlan plan = plan();
    Surroundings process = Surroundings.ofThisProcess();
    Surroundings around =
        plan.mode() == Mode.SANDBOX
            ? process
            : new Surroundings(process.environment(), process.home(), SettingsLogins.of(plan, session.getSettings(), decrypter));
    return new Train(plan, invocation(), getLog()::info, around);
  }

  /** Where the work is done: the POM's directory, or the current one when there is no POM. */
  final Path directory() {
    return basedir != null ? basedir.toPath() : Path.of(session.getExecutionRootDirectory());
  }

  /** The plan of this release. All mistakes of the configuration are told together. */
  final ReleasePlan plan() {
    Configuration configuration = new Configuration();
    Mode how = configuration.mode(mode);
    try (GitRepository repository = GitRepository.open(directory())) {
      Path root = repository.root();
      var lock = configuration.lockstep(lockstep);
      var candidate = configuration.candidate(releaseBranch, changelog, workflow, githubRepository, notices, pins, blockers);
      var perf = configuration.perf(perfGate);
      var stage = configuration.staging(staging);
      var source = configuration.provenance(provenance, releaseTag, buildRun, directory());
      var where = configuration.channels(channels);
      var who = configuration.clients(clients, directory());
      configuration.throwIfWrong();
      SemVer which = new WhichRelease(version, releaseTag).in(root, lock);
      return new ReleasePlan(
          root, which, how, Optional.ofNullable(baseTag), lock, candidate, perf, stage, where, who,
          new ReleasePlan.Directories(absolute(artifacts), absolute(evidence), absolute(sandbox)),
          artifactsFrom(source), downloads);
    }
  }

  /** Where the artifacts come from, for goals that can be told otherwise. */
  ProvenancePlan artifactsFrom(ProvenancePlan source) {
    return source;
  }

  /** How Maven was called, for the evidence and for the commands that findings name. */
  final Invocation invocation() {
    String plugin = execution.getMojoDescriptor().getPluginDescriptor().getVersion();
    return new Invocation(
        MavenCommand.of(session, plugin),
        session.getSystemProperties().getProperty("maven.version", "unknown"),
        plugin,
        session.getGoals(),
        fileBlockers);
  }

  @Override
  final String spelled(String message) {
    try {
      return invocation().spelled(message, new Configuration().mode(mode));
    } catch (Refusal e) {
      return message; // it says itself that the mode is none
    }
  }

  final Path absolute(File file) {
    return directory().resolve(file.toPath()).normalize();
  }
}
