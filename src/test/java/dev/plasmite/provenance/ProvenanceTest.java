package dev.plasmite.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.artifact.BuildRun;
import dev.plasmite.artifact.LocalKey;
import dev.plasmite.artifact.Samples;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Receipt;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import dev.plasmite.gate.StagingPlan;
import dev.plasmite.gate.StagingPlan.Kind;
import dev.plasmite.gate.Verdict;
import dev.plasmite.staging.Plans;
import dev.plasmite.staging.StageArtifacts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvenanceTest {

  private static final Receipt.Binding BINDING = new Receipt.Binding("1.2.0", "c", "sandbox", "x");

  @TempDir Path temp;
  private Git git;
  private ObjectId release;
  private ObjectId later;
  private ReleasePlan plan;
  private BuildRun built;
  private String stagedManifest;
  private final List<String> lines = new ArrayList<>();

  @BeforeEach
  void stage() throws Exception {
    git = Git.init().setDirectory(temp.resolve("repository").toFile()).call();
    release = commit("release");
    later = commit("later");
    git.checkout().setName(release.name()).call();
    Path checkout = temp.resolve("repository");
    Samples.crate(checkout, "lantern", "1.2.0");
    Samples.wheel(checkout, "lantern", "1.2.0", "py3-none-any");
    plan =
        Plans.of(
            temp,
            "1.2.0",
            Plans.staging(
                List.of(), Plans.rule(Kind.CRATE, "lantern-{version}.crate"), Plans.rule(Kind.WHEEL, "*.whl")));
    built = run("lantern-demo/lantern", ".github/workflows/release.yml", "push", 7, 1, release.name());
    stagedManifest =
        new StageArtifacts(plan, checkout, built, Map.of(), new Processes(Redactor.NONE), key(), lines::add)
            .run(receipts(List.of()))
            .proof()
            .get(StageArtifacts.MANIFEST_SHA256);
  }

  @AfterEach
  void close() {
    git.close();
  }

  private Path key() {
    return temp.resolve("keys/key");
  }

  private static BuildRun run(String repository, String workflow, String event, long id, int attempt, String commit) {
    return new BuildRun(repository, workflow, event, id, attempt, commit, "refs/tags/v1.2.0");
  }

  private static Receipts receipts(List<Receipt> receipts) {
    return new Receipts(receipts, BINDING);
  }

  private ObjectId commit(String message) throws Exception {
    return git.commit()
        .setAllowEmpty(true)
        .setSign(false)
        .setAuthor("Release", "release@example.org")
        .setCommitter("Release", "release@example.org")
        .setMessage(message)
        .call();
  }

  private void tag(ObjectId object) throws Exception {
    RefUpdate update = git.getRepository().updateRef(Constants.R_TAGS + "v1.2.0");
    update.setNewObjectId(object);
    update.forceUpdate();
  }

  private ObjectId annotate(ObjectId object, int type, String name) throws Exception {
    try (ObjectInserter inserter = git.getRepository().newObjectInserter()) {
      TagBuilder tag = new TagBuilder();
      tag.setObjectId(object, type);
      tag.setTag(name);
      tag.setTagger(new PersonIdent("Release", "release@example.org"));
      tag.setMessage(name);
      ObjectId id = inserter.insert(tag);
      inserter.flush();
      return id;
    }
  }

  private StageResult proven(BuildRun expected, List<Receipt> earlier) {
    return new Provenance(plan, temp.resolve("repository"), expected, LocalKey.publicKeyOf(key()), lines::add)
        .run(receipts(earlier));
  }

  private static String text(StageResult result) {
    return result.findings().stream().map(Finding::toString).collect(Collectors.joining("\n"));
  }

  @Test
  void aSetOfTheTagsBuildRunIsProvenInPlainWords() throws Exception {
    tag(release);
    StageResult result = proven(built, List.of());
    assertThat(result.verdict()).as(text(result)).isEqualTo(Verdict.PASSED);
    assertThat(result.proof())
        .containsEntry("commit", release.name())
        .containsEntry("artifacts", "2")
        .containsEntry(Provenance.MANIFEST_SHA256, stagedManifest);
    assertThat(lines)
        .anyMatch(l -> l.startsWith("proven: all 2 artifacts")).anyMatch(l -> l.startsWith("not proven: "));
  }

  @Test
  void annotatedAndNestedTagsArePeeled() throws Exception {
    ObjectId once = annotate(release, Constants.OBJ_COMMIT, "v1.2.0");
    tag(once);
    assertThat(proven(built, List.of()).verdict()).isEqualTo(Verdict.PASSED);
    tag(annotate(once, Constants.OBJ_TAG, "v1.2.0"));
    assertThat(proven(built, List.of()).verdict()).isEqualTo(Verdict.PASSED);
  }

  @Test
  void aTagOfATreeIsRefused() throws Exception {
    ObjectId tree;
    try (ObjectInserter inserter = git.getRepository().newObjectInserter()) {
      tree = inserter.insert(new TreeFormatter());
      inserter.flush();
    }
    tag(annotate(tree, Constants.OBJ_TREE, "v1.2.0"));
    assertThat(text(proven(built, List.of()))).contains("the tag names a tree, not a commit");
  }

  @Test
  void aMissingAndAMovedTagStopTheTrain() throws Exception {
    assertThat(text(proven(built, List.of()))).contains("there is no tag v1.2.0");
    tag(later);
    assertThat(text(proven(built, List.of()))).contains("the tag v1.2.0 pins " + later.name());
  }

  @Test
  void aBranchOfTheTagsNameIsNotTheTag() throws Exception {
    git.branchCreate().setName("v1.2.0").setStartPoint(release.name()).call();
    assertThat(text(proven(built, List.of()))).contains("there is no tag v1.2.0");
  }

  @Test
  void everyPartOfTheBuildRunsIdentityCounts() throws Exception {
    tag(release);
    String repository = built.repository();
    String workflow = built.workflow();
    Map<String, BuildRun> others =
        Map.of(
            "repository", run("fork/lantern", workflow, "push", 7, 1, release.name()),
            "workflow", run(repository, ".github/workflows/other.yml", "push", 7, 1, release.name()),
            "event", run(repository, workflow, "workflow_dispatch", 7, 1, release.name()),
            "run id", run(repository, workflow, "push", 8, 1, release.name()),
            "attempt", run(repository, workflow, "push", 7, 2, release.name()),
            "ref", new BuildRun(repository, workflow, "push", 7, 1, release.name(), "refs/heads/main"));
    others.forEach(
        (part, expected) -> {
          StageResult result = proven(expected, List.of());
          assertThat(result.verdict()).as(part).isEqualTo(Verdict.FAILED);
          assertThat(result.proof()).isEmpty();
          assertThat(text(result)).contains(part + " of the build run is");
        });
  }

  @Test
  void aSetThatIsNotTheStagedOneIsRefusedThoughItIsValid() throws Exception {
    tag(release);
    Receipt other =
        new Receipt(StageName.STAGE_ARTIFACTS, Verdict.PASSED, BINDING, Map.of(Provenance.MANIFEST_SHA256, "00"));
    assertThat(text(proven(built, List.of(other)))).contains("not the one that stage-artifacts has proven");
  }

  @Test
  void aChangedFileAndAMissingTagAreFoundTogether() throws Exception {
    Files.writeString(temp.resolve("artifacts/lantern-1.2.0.crate"), "x");
    assertThat(text(proven(built, List.of()))).contains("there is no tag").contains("its bytes are not those");
  }

  @Test
  void aDirectoryAloneIsProvenAndSaidIsWhatNobodyAsked() throws Exception {
    tag(release);
    Path elsewhere = Files.move(temp.resolve("artifacts"), temp.resolve("elsewhere"));
    ExpectedRun unknown = ExpectedRun.unknown(Optional.of("lantern-demo/lantern"));
    Path key = LocalKey.publicKeyOf(key());
    StageResult result =
        new Provenance(plan, elsewhere, temp.resolve("repository"), unknown, key, lines::add).run(receipts(List.of()));
    assertThat(result.verdict()).as(text(result)).isEqualTo(Verdict.PASSED);
    assertThat(result.proof().get("notProven")).contains("the build run's workflow, event, run id, attempt, ref");
  }

  @Test
  void aSetWithMoreOrLessThanWhatIsDeclaredIsRefusedThoughRightlySigned() throws Exception {
    tag(release);
    StagingPlan less = Plans.staging(List.of(), Plans.rule(Kind.CRATE, "target/lantern-{version}.crate"));
    StagingPlan more =
        Plans.staging(
            List.of(),
            Plans.rule(Kind.CRATE, "lantern-{version}.crate"), Plans.rule(Kind.WHEEL, "*.whl"), Plans.rule(Kind.NPM, "*.tgz"));
    plan = Plans.of(temp, "1.2.0", less);
    assertThat(text(proven(built, List.of())))
        .contains("lantern-1.2.0-py3-none-any.whl  the set has it as kind wheel, but no pattern of that kind declares it");
    plan = Plans.of(temp, "1.2.0", more);
    assertThat(text(proven(built, List.of()))).contains("*.tgz  the set has 0 of kind npm for it, declared is 1");
    plan = Plans.of(temp, "1.2.0", Plans.staging(List.of()));
    assertThat(proven(built, List.of()).proof().get("notProven")).contains("that nothing is missing or extra");
  }

  @Test
  void aReleaseMustBeCompleteForTheTargetsOfItsTag() throws Exception {
    Path file = Files.createDirectories(temp.resolve("repository/release")).resolve("targets.json");
    Files.writeString(
        file,
        """
        {"schema_version": 1, "targets": [
          {"rust_target": "x86_64-unknown-linux-gnu", "runner": "ubuntu-latest", "sdk_platform": "linux_amd64",
           "node_platform": "linux-x64", "build_sdk": true, "upload_sdist": true, "upload_wheel": true,
           "channels": {"github_sdk": "official", "homebrew": null, "npm": null, "pypi": "official",
             "cargo_binstall": null}}]}
        """);
    git.add().addFilepattern("release").call();
    tag(commit("targets"));
    Files.delete(file); // what counts is the tag's
    ReleasePlan live = Plans.live(plan, "release/targets.json");
    StageResult result =
        new Provenance(live, temp.resolve("repository"), built, LocalKey.publicKeyOf(key()), lines::add)
            .run(receipts(List.of()));
    assertThat(text(result)).contains("no sdk for x86_64-unknown-linux-gnu").contains("no wheel for").contains("no sdist");
  }

  @Test
  void aDirectoryThatIsNoRepositoryIsRefusedWhateverLiesAboveIt() throws Exception {
    Path inside = Files.createDirectories(temp.resolve("repository/sub"));
    StageResult result =
        new Provenance(plan, inside, built, LocalKey.publicKeyOf(key()), lines::add).run(receipts(List.of()));
    assertThat(text(result)).contains("no git repository");
  }
}
