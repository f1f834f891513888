package dev.plasmite.staging;

import static dev.plasmite.staging.Plans.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.artifact.BuildRun;
import dev.plasmite.artifact.Digests;
import dev.plasmite.artifact.ReleaseManifest;
import dev.plasmite.artifact.Samples;
import dev.plasmite.client.Command;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import dev.plasmite.gate.Receipt;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StageResult;
import dev.plasmite.gate.StagingPlan;
import dev.plasmite.gate.StagingPlan.ArtifactRule;
import dev.plasmite.gate.StagingPlan.Kind;
import dev.plasmite.gate.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS) // the sample SDK's program is a shell script
class StageArtifactsTest {

  private static final ArtifactRule CRATE = rule(Kind.CRATE, "target/package/lantern-{version}.crate");
  private static final ArtifactRule NPM = rule(Kind.NPM, "node/lantern-demo-lantern-{version}.tgz");
  private static final ArtifactRule SDIST = rule(Kind.SDIST, "python/dist/lantern-{version}.tar.gz");
  private static final ArtifactRule WHEEL = rule(Kind.WHEEL, "python/dist/lantern-{version}-*.whl");
  private static final ArtifactRule SDK = rule(Kind.SDK, "dist/lantern_{version}_*.tar.gz", "bin/lantern --version");

  @TempDir Path temp;
  private Path checkout;
  private Git git;
  private final Map<Character, String> commits = new HashMap<>();
  private final List<String> lines = new ArrayList<>();
  private final Processes processes = new Processes(Redactor.NONE);

  @BeforeEach
  void checkout() throws Exception {
    checkout = Files.createDirectories(temp.resolve("checkout"));
    Files.writeString(checkout.resolve("LICENSE"), "license\n");
    git = Git.init().setDirectory(checkout.toFile()).call();
    git.add().addFilepattern("LICENSE").call();
    commits.put('a', commit("a"));
    commits.put('b', commit("b"));
    at('a');
  }

  @AfterEach
  void close() {
    git.close();
  }

  private String commit(String message) throws Exception {
    return git.commit()
        .setAllowEmpty(true)
        .setSign(false)
        .setAuthor("Release", "release@example.org")
        .setCommitter("Release", "release@example.org")
        .setMessage(message)
        .call()
        .name();
  }

  private void at(char commit) throws Exception {
    git.checkout().setName(commits.get(commit)).call();
  }

  static BuildRun run(String commit) {
    return new BuildRun("lantern-demo/lantern", ".github/workflows/release.yml", "push", 7, 1, commit, "refs/tags/v1.2.0");
  }

  private void built(String version, String python) throws IOException {
    Samples.crate(checkout.resolve("target/package"), "lantern", version);
    Samples.npm(checkout.resolve("node"), "@lantern-demo/lantern", version);
    Samples.sdist(checkout.resolve("python/dist"), "lantern", python);
    Samples.wheel(checkout.resolve("python/dist"), "lantern", python, "py3-none-any");
    Samples.sdk(checkout.resolve("dist"), "lantern", version, "linux_amd64");
  }

  private StageArtifacts stage(String version, String commit, StagingPlan staging) {
    ReleasePlan plan = Plans.of(temp, version, staging);
    Map<String, String> environment = Map.of("PATH", System.getenv("PATH"), "HOME", temp.toString());
    return new StageArtifacts(
        plan, checkout, run(commit), environment, processes, temp.resolve("keys/key"), lines::add);
  }

  private StageResult staged(String version, String commit, ArtifactRule... rules) {
    Receipts none = new Receipts(List.of(), new Receipt.Binding("", "", "", ""));
    return stage(version, commit, Plans.staging(List.of(), rules)).run(none);
  }

  private String commit(char name) {
    return commits.get(name);
  }

  @Test
  void collectsAllKindsWithTheirPapers() throws Exception {
    built("1.2.0-rc.1", "1.2.0rc1");
    StageResult result = staged("1.2.0-rc.1", commit('a'), CRATE, NPM, SDIST, WHEEL, SDK);
    assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
    Path set = temp.resolve("artifacts");
    byte[] manifest = Files.readAllBytes(set.resolve(ReleaseManifest.FILE));
    assertThat(result.proof())
        .containsEntry("artifacts", "5")
        .containsEntry(StageArtifacts.MANIFEST_SHA256, Digests.sha256(manifest));
    assertThat(ReleaseManifest.parse(manifest, set).artifacts())
        .allSatisfy(a -> assertThat(Digests.of(a.path())).isEqualTo(a.digests()));
    try (Stream<Path> all = Files.list(temp)) {
      assertThat(all.map(p -> p.getFileName().toString())).containsExactlyInAnyOrder("artifacts", "checkout", "keys");
    }
    // The standard tool agrees with the checksums file.
    assertThat(
            processes.run(
                Command.of(set, List.of("sha256sum", "--check", "--strict", "SHA256SUMS")).with(Map.of("PATH", "/usr/bin:/bin"))))
        .satisfies(exit -> assertThat(exit.ok()).as(exit.toString()).isTrue());
  }

  @Test
  void aSecondRunTakesTheSameBytesThoughTheBuildWouldGiveOthers() throws Exception {
    built("1.2.0", "1.2.0");
    String first = staged("1.2.0", commit('a'), CRATE, SDK).proof().get(StageArtifacts.MANIFEST_SHA256);
    Files.delete(checkout.resolve("target/package/lantern-1.2.0.crate"));
    StageResult second = staged("1.2.0", commit('a'), CRATE, SDK);
    assertThat(second.proof()).containsEntry(StageArtifacts.MANIFEST_SHA256, first);
    assertThat(lines).anyMatch(line -> line.startsWith("taken as it is, not built again"));
  }

  @Test
  void aDamagedSetIsRefusedAndNotOverwritten() throws Exception {
    built("1.2.0", "1.2.0");
    staged("1.2.0", commit('a'), CRATE);
    Path crate = temp.resolve("artifacts/lantern-1.2.0.crate");
    Files.writeString(crate, "damaged");
    assertThatThrownBy(() -> staged("1.2.0", commit('a'), CRATE))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("it is not overwritten")
        .hasMessageContaining("start over")
        .hasMessageContaining("its bytes are not those");
    assertThat(crate).hasContent("damaged");
  }

  @Test
  void filesOfAnotherOriginInTheArtifactsDirectoryAreNotTouched() throws Exception {
    built("1.2.0", "1.2.0");
    Path theirs = Files.writeString(Files.createDirectories(temp.resolve("artifacts")).resolve("thesis.txt"), "mine");
    assertThatThrownBy(() -> staged("1.2.0", commit('a'), CRATE)).isInstanceOf(Refusal.class);
    assertThat(theirs).hasContent("mine");
  }

  @Test
  void anotherCommitsSetIsMovedAsideWhole() throws Exception {
    built("1.2.0", "1.2.0");
    staged("1.2.0", commit('a'), CRATE);
    at('b');
    staged("1.2.0", commit('b'), CRATE);
    assertThat(ReleaseManifest.read(temp.resolve("artifacts").resolve(ReleaseManifest.FILE)).run().commit())
        .isEqualTo(commit('b'));
    assertThat(temp.resolve("artifacts.1.2.0-" + commit('a').substring(0, 12) + "/lantern-1.2.0.crate")).exists();
  }

  @Test
  void aSetThatNoLongerFitsTheConfigurationIsRefused() throws Exception {
    built("1.2.0", "1.2.0");
    staged("1.2.0", commit('a'), CRATE);
    assertThatThrownBy(() -> staged("1.2.0", commit('a'), CRATE, NPM)).hasMessageContaining("has 0 of kind npm");
  }

  @Test
  void everyMissingExtraAndDoublyMatchedArtifactIsNamedTogether() throws Exception {
    built("1.2.0", "1.2.0");
    Samples.sdk(checkout.resolve("dist"), "lantern", "1.2.0", "darwin_arm64");
    ArtifactRule missing = rule(Kind.CRATE, "target/package/lantern-native-{version}.crate");
    assertThatThrownBy(() -> staged("1.2.0", commit('a'), missing, SDK, CRATE, rule(Kind.CRATE, "target/**/*.crate")))
        .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.findings()).hasSize(3))
        .hasMessageContaining("it matches 0")
        .hasMessageContaining("it matches 2: dist/lantern_1.2.0_darwin_arm64.tar.gz, dist/lantern_1.2.0_linux_amd64.tar.gz")
        .hasMessageContaining("two patterns match it");
    assertThat(temp.resolve("artifacts")).doesNotExist();
  }

  @Test
  void anArtifactOfAnotherVersionInsideIsFound() throws Exception {
    Path old = Samples.npm(temp, "@lantern-demo/lantern", "1.1.9");
    Files.createDirectories(checkout.resolve("node"));
    Files.move(old, checkout.resolve("node/lantern-demo-lantern-1.2.0.tgz"));
    assertThatThrownBy(() -> staged("1.2.0", commit('a'), NPM))
        .hasMessageContaining("it says version '1.1.9' inside, the release is 1.2.0");
    assertThat(temp.resolve("artifacts")).doesNotExist();
    assertThat(temp.resolve("artifacts.new")).doesNotExist();
  }

  @Test
  void aProgramOfAnotherVersionFailsItsSmokeTest() throws Exception {
    Samples.sdk(checkout.resolve("dist"), "lantern", "1.2.0", "linux_amd64", "#!/bin/sh\necho lantern 11.2.0\n", 0755);
    assertThatThrownBy(() -> staged("1.2.0", commit('a'), SDK)).hasMessageContaining("does not say version 1.2.0");
  }

  @Test
  void aProgramThatLostItsExecutableBitIsFound() throws Exception {
    Samples.sdk(checkout.resolve("dist"), "lantern", "1.2.0", "linux_amd64", "#!/bin/sh\necho 1.2.0\n", 0644);
    assertThatThrownBy(() -> staged("1.2.0", commit('a'), SDK)).hasMessageContaining("has lost its executable bit");
  }

  @Test
  void theSmokeTestSeesNothingOfThisEnvironment() throws Exception {
    String program = "#!/bin/sh\n[ \"$HOME\" != '" + temp + "' ] && [ -z \"$USER$MAVEN_HOME\" ] && [ \"${PATH%%artifacts.new.smoke*}\" != \"$PATH\" ] && echo 1.2.0\n";
    Samples.sdk(checkout.resolve("dist"), "lantern", "1.2.0", "linux_amd64", program, 0755);
    assertThat(staged("1.2.0", commit('a'), SDK).verdict()).isEqualTo(Verdict.PASSED);
  }

  @Test
  void whatIsNotTheCommitIsNotBuilt() throws Exception {
    built("1.2.0", "1.2.0");
    assertThatThrownBy(() -> staged("1.2.0", commit('b'), CRATE)).hasMessageContaining("the checkout is at " + commit('a'));
    Files.writeString(checkout.resolve("LICENSE"), "changed\n");
    assertThatThrownBy(() -> staged("1.2.0", commit('a'), CRATE)).hasMessageContaining("LICENSE  differs from the commit before");
  }

  @Test
  void aBuildThatChangesWhatGitTracksIsRefused() throws Exception {
    built("1.2.0", "1.2.0");
    Files.writeString(temp.resolve("build.sh"), "echo changed > LICENSE", StandardCharsets.UTF_8);
    StagingPlan staging = Plans.staging(List.of("sh ../build.sh"), CRATE);
    Receipts none = new Receipts(List.of(), new Receipt.Binding("", "", "", ""));
    assertThatThrownBy(() -> stage("1.2.0", commit('a'), staging).run(none))
        .hasMessageContaining("LICENSE  differs from the commit after the build");
  }

  @Test
  void aLicenseOfTheProductMustBeInEveryPackage() throws Exception {
    Files.writeString(checkout.resolve("THIRD_PARTY_NOTICES.md"), "notices\n");
    built("1.2.0", "1.2.0");
    assertThatThrownBy(() -> staged("1.2.0", commit('a'), CRATE, WHEEL))
        .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.findings()).hasSize(2))
        .hasMessageContaining("there is no THIRD_PARTY_NOTICES.md in it");
  }

  @Test
  void aFailingBuildCommandSaysWhatItSaid() throws Exception {
    Files.writeString(checkout.resolve("build.sh"), "echo broken here >&2; exit 3", StandardCharsets.UTF_8);
    StagingPlan staging = Plans.staging(List.of("sh build.sh", "sh never.sh"), CRATE);
    Receipts none = new Receipts(List.of(), new Receipt.Binding("", "", "", ""));
    assertThatThrownBy(() -> stage("1.2.0", commit('a'), staging).run(none))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("ended with 3")
        .hasMessageContaining("broken here");
  }

  @Test
  void mistakesInTheConfigurationAreNamedTogetherBeforeAnythingIsBuilt() {
    StagingPlan staging =
        Plans.staging(
            List.of("touch built"),
            rule(Kind.CRATE, "/etc/*.crate"),
            rule(Kind.CRATE, "../*.crate"),
            rule(Kind.CRATE, "a.crate", "x --version"),
            new ArtifactRule(Kind.OTHER, "x", 0, Optional.empty(), Optional.empty()));
    Receipts none = new Receipts(List.of(), new Receipt.Binding("", "", "", ""));
    assertThatThrownBy(() -> stage("1.2.0", commit('a'), staging).run(none))
        .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.findings()).hasSize(4));
    assertThat(checkout.resolve("built")).doesNotExist();
  }
}
