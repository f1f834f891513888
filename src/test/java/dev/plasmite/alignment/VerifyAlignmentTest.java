package dev.plasmite.alignment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.LockstepPlan;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.Receipt;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StageResult;
import dev.plasmite.gate.Verdict;
import dev.plasmite.manifest.Change;
import dev.plasmite.manifest.WorkTree;
import dev.plasmite.version.SemVer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyAlignmentTest {

  @TempDir Path directory;
  private final List<String> said = new ArrayList<>();

  private StageResult verify(String version, LockstepPlan lockstep) {
    ReleasePlan plan =
        new ReleasePlan(
            directory, SemVer.parse(version), Mode.SANDBOX, Optional.empty(), lockstep, null, null, null, List.of(), Map.of(),
            new ReleasePlan.Directories(directory, directory, directory));
    Receipt.Binding binding = new Receipt.Binding(version, "0".repeat(40), "sandbox", "");
    return new VerifyAlignment(plan, said::add).run(new Receipts(List.of(), binding));
  }

  private StageResult verify(String version) {
    return verify(version, LockstepPlan.discovered());
  }

  @Test
  void anAlignedProductPassesAndProvesItsSites() {
    WorkTree.product(directory, "0.7.2").commit("v0.7.2", true);
    StageResult result = verify("0.7.2");
    assertThat(result.findings()).isEmpty();
    assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(result.proof()).containsEntry("manifests", "11").containsEntry("sites", "20");
    assertThat(result.proof().get("sites.sha256")).hasSize(64);
  }

  @Test
  void allDriftIsReportedTogetherWithPlaceExpectedFoundAndWhy() {
    WorkTree.product(directory, "0.7.2")
        .with("python/lantern/__init__.py", "__version__ = \"0.7.1\"\n")
        .with("native/Cargo.toml", "[package]\nname = \"lantern-native\"\nversion = \"0.7.0\"\n");
    StageResult result = verify("0.7.2");
    assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(result.findings())
        .extracting(f -> f.place() + "  " + f.what())
        .containsExactly(
            "native/Cargo.toml:3:12  expected 0.7.2, found 0.7.0 (version of crate lantern-native)",
            "python/lantern/__init__.py:1:16  expected 0.7.2, found 0.7.1 (__version__)");
  }

  @Test
  void aLockfileLeftBehindIsDrift() {
    WorkTree tree = WorkTree.product(directory, "0.7.2");
    tree.with("Cargo.lock", tree.read("Cargo.lock").replaceFirst("0\\.7\\.2", "0.7.1"));
    assertThat(verify("0.7.2").findings()).extracting(Finding::what).containsExactly("expected 0.7.2, found 0.7.1 (locked version of crate lantern)");
  }

  @Test
  void theRightVersionInAWrongSpellingIsAFinding() {
    WorkTree tree = WorkTree.product(directory, "0.8.0-rc.1");
    assertThat(verify("0.8.0-rc.1").findings())
        .extracting(f -> f.place() + "  " + f.what())
        .containsExactly(
            "python/lantern/__init__.py:2:16  expected 0.8.0rc1, found 0.8.0-rc.1 (__version__; the same version in a wrong spelling)",
            "python/pyproject.toml:3:12  expected 0.8.0rc1, found 0.8.0-rc.1 (version of Python package lantern; the same version in a wrong spelling)",
            "python/pyproject.toml:4:79  expected ==0.8.0rc1, found ==0.8.0-rc.1 (requirement of Python package lantern)");
    assertThat(tree.read("VERSION")).isEqualTo("0.8.0-rc.1\n");
  }

  @Test
  void aNewBindingThatNobodyDecidedAboutIsAFinding() {
    WorkTree.product(directory, "0.7.2").with("go/package.json", "{\n  \"name\": \"lantern-go\",\n  \"version\": \"0.1.0\"\n}\n");
    StageResult result = verify("0.7.2");
    assertThat(result.findings())
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.place()).hasToString("go/package.json:3:15");
              assertThat(f.what()).contains("neither in the lockstep nor excluded", "its own version is 0.1.0");
              assertThat(f.remedy()).contains("<exclude>go/package.json</exclude>");
            });
    assertThat(verify("0.7.2", new LockstepPlan(List.of(), List.of("go/**"), List.of())).findings()).isEmpty();
    assertThat(said).contains("go/package.json  excluded: <exclude>go/**</exclude>");
  }

  @Test
  void whatTheListDoesNotNameIsAFinding() {
    WorkTree.in(directory).with("package.json", "{\"name\":\"a\",\"version\":\"1.0.0\"}").with("b/package.json", "{\"name\":\"b\",\"version\":\"1.0.0\"}");
    LockstepPlan listed = new LockstepPlan(List.of(new LockstepPlan.Member("package.json", null, null)), List.of(), List.of());
    assertThat(verify("1.0.0", listed).findings()).singleElement().satisfies(f -> assertThat(f.what()).contains("it is not listed"));
  }

  @Test
  void aListedManifestFarFromTheLockstepIsAFindingAndItsRequirementsFollow() {
    WorkTree.in(directory)
        .with("Cargo.toml", "[package]\nname = \"a\"\nversion = \"0.58.0\"\n")
        .with("glue/Cargo.toml", "[package]\nname = \"glue\"\nversion = \"0.9.0\"\n[dependencies]\na = { path = \"..\", version = \"0.58.0\" }\n");
    LockstepPlan listed =
        new LockstepPlan(
            List.of(new LockstepPlan.Member("Cargo.toml", null, null), new LockstepPlan.Member("glue/Cargo.toml", null, null)), List.of(), List.of());
    assertThat(verify("0.58.0", listed).findings()).singleElement().satisfies(f -> assertThat(f.what()).contains("is listed", "its own version is 0.9.0"));
    assertThat(verify("0.58.1", listed).findings()).extracting(f -> f.place().toString()).contains("Cargo.toml:3:12", "glue/Cargo.toml:5:31");
  }

  @Test
  void aVersionInAWrongOrHiddenSpellingIsAFindingAndNoTemplate() {
    WorkTree.product(directory, "0.7.2")
        .with("a/package.json", "{\"name\": \"a\", \"version\": \"v0.7.2\"}")
        .with("b/package.json", "{\"name\": \"b\", \"version\": \"0.7\\u002e2\"}")
        .with("c/Cargo.toml", "[package]\nname = \"c\"\nversion = \"0.7\\u002e2\"\n")
        .with("d/package.json", "{\"name\": \"d\", \"version\": \"{{version}}\"}");
    assertThat(verify("0.7.2").findings())
        .extracting(f -> f.place() + " " + f.what())
        .containsExactlyInAnyOrder(
            "a/package.json:1:27 this package.json is neither in the lockstep nor excluded: its own version is v0.7.2, the lockstep carries 0.7.2",
            "b/package.json:1:27 this version is written with escapes or over several lines",
            "c/Cargo.toml:3:12 this version is written with escapes or over several lines");
    assertThat(said).contains("d/package.json  excluded: a template: '{{version}}' is no version");
  }

  @Test
  void ofSeveralGroupsTheOneIsMeantToWhichTheVersionIsAStep() {
    WorkTree tree = WorkTree.in(directory).with("Cargo.toml", "[package]\nname = \"engine\"\nversion = \"0.25.0\"\n[dependencies]\nlift = { path = \"lift/lift\", version = \"0.72.0\" }\n");
    for (String name : List.of("lift", "lift-a", "lift-b", "lift-c", "lift-d")) {
      tree.with("lift/" + name + "/Cargo.toml", "[package]\nname = \"" + name + "\"\nversion = \"0.72.0\"\n");
    }
    tree.commit("v0.25.0", false);
    Bump bump = new Bump(directory, LockstepPlan.discovered(), said::add);
    assertThat(bump.plan(SemVer.parse("0.26.0"), false).changes()).extracting(Change::path).containsExactly("Cargo.toml");
    BumpEdit lift = bump.plan(SemVer.parse("0.73.0"), false);
    assertThat(lift.changes()).extracting(Change::path).hasSize(6).contains("Cargo.toml", "lift/lift/Cargo.toml", "lift/lift-d/Cargo.toml");
    assertThat(lift.lockstep().undecided()).extracting(u -> u.place().file()).containsExactly("Cargo.toml");
    assertThat(bump.apply(lift)).isEmpty();
    assertThat(tree.read("Cargo.toml")).contains("version = \"0.25.0\"", "version = \"0.73.0\"");
  }

  @Test
  void whereTheWantedVersionCannotFollowTheLargestGroupTheOneIsMeantToWhichItIsAStep() {
    WorkTree tree = WorkTree.in(directory).with("client/package.json", "{\"name\": \"client\", \"version\": \"1.1.3\"}");
    for (String name : List.of("a", "b", "c", "d", "e", "f", "g", "h")) {
      tree.with("crates/" + name + "/Cargo.toml", "[package]\nname = \"" + name + "\"\nversion = \"4.0.7\"\n").with(name + "/package.json", "{\"name\": \"" + name + "\", \"version\": \"4.0.7\"}");
    }
    Bump bump = new Bump(directory, LockstepPlan.discovered(), said::add);
    assertThat(bump.plan(SemVer.parse("1.1.4"), false).changes()).extracting(Change::path).containsExactly("client/package.json");
    assertThat(said).contains("from 1.1.3, which client/package.json:1:32 says, to 1.1.4");
    assertThat(bump.plan(SemVer.parse("4.2.0"), false).changes()).hasSize(16);
  }

  @Test
  void whatIsAlreadyOnTheWayToTheWantedVersionIsAMember() {
    WorkTree tree =
        WorkTree.product(directory, "0.7.2")
            .with("java/pom.xml", "<project><groupId>g</groupId><artifactId>a</artifactId><version>0.7.3-SNAPSHOT</version></project>");
    Bump bump = new Bump(directory, LockstepPlan.discovered(), said::add);
    assertThat(verify("0.7.2").findings()).singleElement().satisfies(f -> assertThat(f.what()).contains("its own version is 0.7.3-SNAPSHOT"));
    assertThat(bump.plan(SemVer.parse("0.7.3-SNAPSHOT"), false).lockstep().undecided()).hasSize(1);
    assertThat(bump.plan(SemVer.parse("0.7.3"), false).changes()).extracting(Change::path).contains("java/pom.xml");
    assertThat(bump.apply(bump.plan(SemVer.parse("0.8.0"), false))).isEmpty();
    assertThat(tree.read("java/pom.xml")).contains("<version>0.8.0</version>");
  }

  @Test
  void manySideBySideAndPackagesForAPlatformDoNotOutvoteTheProduct() {
    WorkTree tree =
        WorkTree.in(directory)
            .with("pyproject.toml", "[project]\nname = \"a\"\nversion = \"0.15.7\"\n")
            .with("crates/a/Cargo.toml", "[package]\nname = \"a\"\nversion = \"0.15.7\"\n");
    for (int i = 0; i < 30; i++) {
      tree.with("eval/truth/case" + i + "/pyproject.toml", "[project]\nname = \"case\"\nversion = \"0.1.0\"\n");
      tree.with("npm/" + i + "/p/package.json", "{\"name\": \"p" + i + "\", \"version\": \"0.3.0\", \"os\": [\"linux\"]}");
    }
    assertThat(dev.plasmite.manifest.Lockstep.resolve(directory, LockstepPlan.discovered(), java.util.Optional.empty()).version()).hasToString("0.15.7");
  }

  @Test
  void examplesAndFixturesAreExcludedByARuleThatIsPrinted() {
    WorkTree.product(directory, "0.7.2")
        .with("examples/hello/package.json", "{\"name\":\"hello\",\"version\":\"0.7.2\"}")
        .with("test/fixtures/broken/Cargo.toml", "[[[")
        .with("vendor/x/Cargo.toml", "[package]\nname='x'\nversion='0.7.2'\n");
    assertThat(verify("0.7.2").findings()).isEmpty();
    assertThat(said)
        .contains(
            "examples/hello/package.json  excluded: an example: below examples/",
            "test/fixtures/broken/Cargo.toml  excluded: a fixture: below fixtures/",
            "vendor/x/Cargo.toml  excluded: vendored: below vendor/");
  }

  @Test
  void linksAreNotFollowedAndManifestsThatAreNotCheckedOutAreNoPass() throws Exception {
    Path outside = Files.writeString(directory.resolveSibling(directory.getFileName() + "-outside"), "{\"name\": \"o\", \"version\": \"0.7.2\"}");
    WorkTree tree = WorkTree.product(directory, "0.7.2").with("gone/package.json", "{\"name\": \"g\", \"version\": \"0.7.2\"}").with("gone/vendor/package.json", "{}");
    Files.createDirectories(directory.resolve("a"));
    Files.createSymbolicLink(directory.resolve("a/package.json"), outside);
    Files.createSymbolicLink(directory.resolve("a/Cargo.toml"), Path.of("../Cargo.toml"));
    tree.tracking();
    git("update-index", "--skip-worktree", "gone/package.json", "gone/vendor/package.json");
    assertThat(verify("0.7.2").findings())
        .singleElement()
        .satisfies(f -> assertThat(f.toString()).contains("gone/package.json", "it is not checked out here"));
    assertThat(said)
        .contains("a/Cargo.toml  excluded: a symbolic link: what it leads to counts where it stands", "a/package.json  excluded: a symbolic link: what it leads to counts where it stands", "gone/vendor/package.json  excluded: vendored: below vendor/");
    assertThat(new Bump(directory, LockstepPlan.discovered(), said::add).plan(SemVer.parse("0.8.0"), false).changes()).extracting(Change::path).doesNotContain("a/package.json", "gone/package.json");
    Files.delete(outside);
  }

  private void git(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git", "-C", directory.toString()));
    command.addAll(List.of(arguments));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  @Test
  void aVersionWhereNoneIsLookedForIsNamed() {
    WorkTree.product(directory, "0.7.2")
        .with("a/build.gradle", "apply from: 'z'\nversion = choose('0.7.2', other)\n")
        .with("b/build.gradle", "apply from: 'z'\nversion = choose('0.9.9', other)\n")
        .with("examples/c/build.gradle", "version = choose('0.7.2', other)\n");
    assertThat(verify("0.7.2").findings()).isEmpty();
    assertThat(said)
        .contains("a/build.gradle  excluded: says no version of the product where one is looked for, but line 2 has 0.7.2: list it with a <pattern> if that is the product's")
        .contains("b/build.gradle  excluded: says no version of the product", "examples/c/build.gradle  excluded: an example: below examples/");
  }

  @Test
  void longFilesAreReadAndThoseNestedTooDeeplyAreFindings() {
    WorkTree.product(directory, "0.7.2")
        .with("a/setup.cfg", "[metadata]\nname = a\n" + "x = y\n".repeat(30_000) + "version = 0.7.1\n")
        .with("b/yarn.lock", "__metadata:\n  version: 8\n\n\"w@workspace:w\":\n" + "    z: 0.7.2\n".repeat(30_000) + "    \"@lantern/cli\": 0.7.2\n")
        .with("c/CMakeLists.txt", "project(\n" + "# VERSION 1.0.0\n".repeat(30_000) + "c VERSION 0.7.0)\n")
        .with("d/pnpm-workspace.yaml", "catalog:\n" + "  z: 0.7.2\n".repeat(30_000) + "  '@lantern/cli': ^0.7.2\n")
        .with("e/build.gradle", "def z = '0.7.2'\n".repeat(5_000) + "def v = '0.7.1'\nversion = v\n")
        .with("f/Cargo.toml", "x = " + "[".repeat(200_000) + "]".repeat(200_000) + "\n");
    assertThat(verify("0.7.3").findings())
        .extracting(f -> f.place().toString())
        .contains("a/setup.cfg:30003:11", "b/yarn.lock:30005:21", "c/CMakeLists.txt:30002:11", "d/pnpm-workspace.yaml:30002:19", "e/build.gradle:5001:10", "f/Cargo.toml:1:1");
  }

  @Test
  void aReleaseTagAtHeadMustBeThisVersions() {
    WorkTree.product(directory, "0.7.2").commit("v0.7.3", true);
    assertThat(verify("0.7.2").findings()).singleElement().satisfies(f -> assertThat(f.what()).contains("tag v0.7.3 is at this commit"));
  }

  @Test
  void manifestsThatDoNotParseAreAllReportedWithTheirPlaces() {
    WorkTree.product(directory, "0.7.2")
        .with("a/package.json", "{\"name\": \"a\", \"version\": \"0.7.2\", \"version\": \"1.0.0\"}")
        .with("b/pom.xml", "<project>\n  <version>0.7.2</versio>\n</project>")
        .with("c/Cargo.toml", "[package]\nname = \"c\"\nname = \"d\"\n");
    assertThat(verify("0.7.2").findings())
        .extracting(f -> f.place().toString())
        .containsExactlyInAnyOrder("a/package.json:1:44", "b/pom.xml:2:17", "c/Cargo.toml:3:1");
  }

  @Test
  void nothingToVerifyIsNotOk() {
    WorkTree.in(directory).with("README.md", "# 1.0.0\n");
    assertThat(verify("1.0.0").verdict()).isEqualTo(Verdict.FAILED);
  }
}
