package dev.plasmite.train;

import dev.plasmite.artifact.BuildRun;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Progress;
import dev.plasmite.gate.Receipt;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.Stage;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import dev.plasmite.git.GitRepository;
import dev.plasmite.provenance.ExpectedRun;
import dev.plasmite.provenance.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;

/**
 * Proves a directory of artifacts, as it lies there, against a release tag. Nothing is built, tagged or changed. The tag is
 * the maintainer's own when there is one, else the sandbox's. The key that must have signed is one that the maintainer
 * configured, else the sandbox's; never one that came along with the artifacts.
 */
final class DirectoryProof implements Stage {

  private final ReleasePlan plan;
  private final Path artifacts;
  private final Optional<Path> configuredKey;
  private final Optional<Sandbox> sandbox;
  private final Progress progress;

  /**
   * What a sandbox gives.
   *
   * @param key its public key
   * @param workTree its work tree, which has the sandbox's release tag
   * @param run the build run that it plays
   */
  record Sandbox(Path key, Path workTree, BuildRun run) {}

  /**
   * The proof for a plan that names a directory.
   *
   * @param sandbox empty outside of it
   */
  DirectoryProof(ReleasePlan plan, Path artifacts, Optional<Sandbox> sandbox, Progress progress) {
    this.plan = plan;
    this.artifacts = artifacts;
    this.configuredKey = plan.provenance().publicKey();
    this.sandbox = sandbox;
    this.progress = progress;
  }

  @Override
  public StageName name() {
    return StageName.PROVENANCE;
  }

  @Override
  public String purpose() {
    return "prove that the artifacts in a directory are what the build run of this tag built";
  }

  @Override
  public StageResult run(Receipts earlier) {
    if (!Files.isDirectory(artifacts)) {
      throw new Refusal(
          Finding.of("no such directory").at(Place.file(artifacts.toString())).remedy("name the artifacts' directory: -Dplasmite.artifacts=DIR"));
    }
    Path key = key();
    boolean ownTag = hasTag(plan.repository());
    Path repository = ownTag ? plan.repository() : sandbox.map(Sandbox::workTree).filter(this::hasTag).orElse(plan.repository());
    progress.line("artifacts of " + artifacts + ", held against the tag " + plan.tag() + " of " + repository);
    progress.line("the attestation must be signed by the key " + key);
    // What this machine staged says nothing of a set that another key must have signed.
    Receipts held = configuredKey.isPresent() ? new Receipts(List.of(), new Receipt.Binding("", "", "", "")) : earlier;
    StageResult result =
        new Provenance(plan, artifacts, repository, expected(), key, progress).run(held);
    if (ownTag || repository.equals(plan.repository())) {
      return result;
    }
    List<Finding> findings = new ArrayList<>(result.findings());
    findings.add(Finding.simulated("the tag " + plan.tag() + " is the sandbox's: your repository has none yet"));
    return new StageResult(result.verdict(), findings, result.proof(), result.channels());
  }

  /** The one key that is trusted. */
  private Path key() {
    Path key =
        configuredKey
            .or(() -> sandbox.map(Sandbox::key).filter(Files::exists))
            .orElseThrow(
                () ->
                    new Refusal(
                        Finding.of("no key is trusted to have signed the attestation" + (sandbox.isPresent() ? ": this sandbox has made none" : ""))
                            .at(Place.file(artifacts.toString()))
                            .remedy("name the build machine's public key: -Dplasmite.provenance.publicKey=FILE")));
    try {
      if (Files.exists(key) && key.toRealPath().startsWith(artifacts.toRealPath())) {
        throw new Refusal(
            Finding.of("the key lies among the artifacts that it is to vouch for: whoever swaps them swaps it too")
                .at(Place.file(key.toString()))
                .remedy("take the public key from the machine that signs, by another way"));
      }
    } catch (IOException e) {
      throw new OutsideFailure("cannot read " + key, e);
    }
    return key;
  }

  /** With the sandbox's key the whole run is known; with another, what the configuration says of it. */
  private ExpectedRun expected() {
    if (configuredKey.isEmpty() && sandbox.isPresent()) {
      return ExpectedRun.of(sandbox.get().run());
    }
    boolean push = plan.provenance().event().orElse("push").equals("push");
    Optional<Long> id =
        plan.provenance().buildRun().isPresent() ? Optional.of(plan.provenance().buildRun().getAsLong()) : Optional.empty();
    return new ExpectedRun(
        plan.candidate().repository(),
        plan.provenance().workflow(),
        plan.provenance().event(),
        id,
        Optional.empty(),
        push ? Optional.of(Constants.R_TAGS + plan.tag()) : Optional.empty());
  }

  private boolean hasTag(Path repository) {
    if (!Files.exists(repository.resolve(Constants.DOT_GIT))) {
      return false; // a sandbox in which nothing has run yet
    }
    try (GitRepository git = GitRepository.open(repository)) {
      return git.tag(plan.tag()).isPresent();
    }
  }
}
