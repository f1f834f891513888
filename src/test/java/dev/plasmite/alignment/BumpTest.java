package dev.plasmite.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.gate.LockstepPlan;
import dev.plasmite.gate.Refusal;
import dev.plasmite.manifest.Change;
import dev.plasmite.manifest.WorkTree;
import dev.plasmite.version.Increment;
import dev.plasmite.version.SemVer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BumpTest {

  @TempDir Path directory;
  private final List<String> said = new ArrayList<>();

  private Bump bump(LockstepPlan plan) {
    return new Bump(directory, plan, said::add);
  }

  private Bump bump() {
    return bump(LockstepPlan.discovered());
  }

  @Test
  void everyOwnSiteIsChangedAndNothingElse() {
    WorkTree tree = WorkTree.product(directory, "0.7.2");
    BumpEdit edit = bump().plan(SemVer.parse("0.8.0-rc.1"), false);
    assertThat(bump().apply(edit)).isEmpty();

    assertThat(tree.read("VERSION")).isEqualTo("0.8.0-rc.1\n");
    assertThat(tree.read("Cargo.toml"))
        .contains("version = \"0.8.0-rc.1\" # kept", "path = \"native\", version = \"=0.8.0-rc.1\"", "serde = { version = \"0.7.2\" }", "version = \"^0.8.0-rc.1\"");
    assertThat(tree.read("native/Cargo.toml")).isEqualTo("[package]\r\nname = \"lantern-native\"\r\nversion = '0.8.0-rc.1'\r\n");
    assertThat(tree.read("bench/Cargo.toml")).endsWith("version = \"0.8.0-rc.1\"");
    assertThat(tree.read("Cargo.lock")).containsOnlyOnce("0.7.2").contains("name = \"serde\"\nversion = \"0.7.2\"");
    assertThat(tree.read("node/package.json"))
        .contains("\"version\": \"0.8.0-rc.1\"", "\"other\": \"0.7.2\"", "\"@lantern/cli-linux-x64\": \"0.8.0-rc.1\"");
    assertThat(tree.read("node/package-lock.json")).containsOnlyOnce("0.7.2").contains("\"node_modules/other\": { \"version\": \"0.7.2\"");
    assertThat(tree.read("python/pyproject.toml"))
        .contains("version = \"0.8.0rc1\"", "lantern-core[x]==0.7.2 ;", "lantern==0.8.0rc1");
    assertThat(tree.read("python/lantern/__init__.py")).contains("Lantern 0.7.2", "__version__ = '0.8.0rc1'");
    assertThat(tree.read("java/pom.xml")).contains("<version>0.8.0-rc.1</version> <!-- 0.7.2 -->", "<artifactId>other</artifactId><version>0.7.2</version>");
    assertThat(tree.read("Formula/lantern.rb"))
        .contains("/v0.8.0-rc.1/lantern_0.8.0-rc.1_linux", "version \"0.8.0-rc.1\"", "wick/v0.7.2/wick-0.7.2");
  }

  @Test
  void theDiffShowsEveryChangeAndNothingIsWritten() {
    WorkTree tree = WorkTree.product(directory, "0.7.2");
    String before = tree.read("Cargo.toml");
    String diff = new String(bump().plan(SemVer.parse("0.8.0"), false).diff(), StandardCharsets.UTF_8);
    assertThat(diff)
        .contains("--- a/VERSION\n+++ b/VERSION\n@@ -1 +1 @@\n-0.7.2\n+0.8.0\n", "-version = \"0.7.2\" # kept\n+version = \"0.8.0\" # kept\n");
    assertThat(tree.read("Cargo.toml")).isEqualTo(before);
  }

  @Test
  void gitAppliesTheDiffToWhatTheBumpWouldWrite() throws Exception {
    WorkTree tree = WorkTree.product(directory, "0.7.2");
    tree.with("win/Cargo.toml", "[package]\r\nname = \"win\"\r\nversion = \"0.7.2\"\r\n")
        .with("no end/VERSION", "0.7.2")
        .with("\u00fc \"q\"/VERSION", "0.7.2\n")
        .with("latin/__init__.py", "# \u00e9\n__version__ = '0.7.2'\n".getBytes(StandardCharsets.ISO_8859_1));
    BumpEdit edit = bump().plan(SemVer.parse("0.8.0"), false);
    assertThat(edit.changes()).extracting(Change::path).contains("win/Cargo.toml", "no end/VERSION", "\u00fc \"q\"/VERSION", "latin/__init__.py");
    Path diff = directory.resolve(".git/bump.diff");
    Files.write(diff, "[INFO] what Maven says before it\n".getBytes(StandardCharsets.UTF_8));
    Files.write(diff, edit.diff(), StandardOpenOption.APPEND);
    Process git = new ProcessBuilder("git", "apply", "--whitespace=nowarn", diff.toString()).directory(directory.toFile()).redirectErrorStream(true).start();
    assertThat(new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEmpty();
    assertThat(git.waitFor()).isZero();
    for (Change change : edit.changes()) {
      assertThat(Files.readAllBytes(directory.resolve(change.path()))).as(change.path()).isEqualTo(change.after());
    }
  }

  @Test
  void theOldValueIsReadAtEachSite() {
    WorkTree tree =
        WorkTree.in(directory)
            .with("a/package.json", "{\"name\":\"a\",\"version\":\"1.0.0\"}")
            .with("b/package.json", "{\"name\":\"b\",\"version\":\"3.1.4\",\"dependencies\":{\"a\":\"~1.0.0\"}}");
    LockstepPlan plan =
        new LockstepPlan(
            List.of(new LockstepPlan.Member("a/package.json", null, null), new LockstepPlan.Member("b/package.json", null, null)), List.of(), List.of());
    bump(plan).apply(bump(plan).plan(SemVer.parse("4.0.0"), false));
    assertThat(tree.read("a/package.json")).contains("\"version\":\"4.0.0\"");
    assertThat(tree.read("b/package.json")).contains("\"version\":\"4.0.0\"");
  }

  @Test
  void aDowngradeOrTheSameVersionNeedsPermission() {
    WorkTree.product(directory, "0.7.2");
    for (String target : List.of("0.7.2", "0.7.1", "0.7.2-rc.1")) {
      assertThatThrownBy(() -> bump().plan(SemVer.parse(target), false))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("the lockstep carries 0.7.2")
          .hasMessageContaining("-Dplasmite.bump.allowDowngrade=true");
    }
    assertThat(bump().plan(SemVer.parse("0.7.1"), true).replacements()).isNotEmpty();
    assertThat(bump().plan(SemVer.parse("0.7.2"), true).changes()).isEmpty();
  }

  @Test
  void aVersionThatPythonCannotSayIsRefusedWithAllItsPlaces() {
    WorkTree.product(directory, "0.7.2");
    assertThatThrownBy(() -> bump().plan(SemVer.parse("0.8.0-nightly.1.x"), false))
        .isInstanceOfSatisfying(
            Refusal.class,
            r -> assertThat(r.findings()).extracting(f -> f.place().toString()).contains("python/pyproject.toml:3:12", "python/lantern/__init__.py:2:16"));
  }

  @Test
  void aManifestThatDoesNotParseStopsEverything() {
    WorkTree tree = WorkTree.product(directory, "0.7.2").with("other/Cargo.toml", "[package]\nname = \"x\nversion = \"0.7.2\"\n");
    assertThatThrownBy(() -> bump().plan(SemVer.parse("0.8.0"), false))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("other/Cargo.toml:2:8")
        .hasMessageContaining("a string is not closed");
    assertThat(tree.read("VERSION")).isEqualTo("0.7.2\n");
  }

  @Test
  void aFileThatChangedSinceItWasReadIsNotOverwritten() {
    WorkTree tree = WorkTree.product(directory, "0.7.2");
    BumpEdit edit = bump().plan(SemVer.parse("0.8.0"), false);
    tree.with("python/pyproject.toml", "[project]\nname='mine'\nversion='0.7.2'\n");
    assertThatThrownBy(() -> bump().apply(edit))
        .isInstanceOf(Refusal.class)
        .hasMessage("python/pyproject.toml  this file changed since it was read -> run bump again");
    assertThat(tree.read("VERSION")).isEqualTo("0.7.2\n");
    assertThat(tree.read("python/pyproject.toml")).contains("mine");
  }

  @Test
  void stepsStartFromTheVersionThatTheLockstepCarries() {
    WorkTree.product(directory, "0.7.2");
    assertThat(bump().next(Increment.MINOR)).hasToString("0.8.0");
    assertThatThrownBy(() -> bump().next(Increment.RELEASE)).isInstanceOf(Refusal.class).hasMessageContaining("final release already");
  }

  @Test
  void noRepositoryAndNoVersionAreOneClearMessage() throws IOException {
    assertThatThrownBy(() -> bump().plan(SemVer.parse("1.0.0"), false)).isInstanceOf(Refusal.class).hasMessageContaining("git init");
    WorkTree.in(directory).with("README.md", "# nothing\n");
    assertThatThrownBy(() -> bump().plan(SemVer.parse("1.0.0"), false)).isInstanceOf(Refusal.class).hasMessageContaining("says a version");
    Files.delete(directory.resolve("README.md"));
  }

  @Test
  void requirementsKeepOperatorAndPrecision() {
    WorkTree tree =
        WorkTree.in(directory)
            .with("Cargo.toml", "[workspace]\nmembers=[\"*\"]\n[workspace.package]\nversion=\"1.4.2\"\n[workspace.dependencies]\n"
                + "a = {path=\"a\", version=\"1.4\"}\nb = {path=\"b\",version=\"~1.4.2\"}\nc = {path=\"c\",version=\">=1.0.0\"}\nd={path=\"d\",version=\"1\"}\n")
            .with("a/Cargo.toml", "[package]\nname=\"a\"\nversion.workspace=true\n")
            .with("b/Cargo.toml", "[package]\nname=\"b\"\nversion = { workspace = true }\n")
            .with("c/Cargo.toml", "[package]\nname=\"c\"\nversion.workspace=true\n")
            .with("d/Cargo.toml", "[package]\nname=\"d\"\nversion.workspace=true\n");
    bump().apply(bump().plan(SemVer.parse("1.5.0"), false));
    assertThat(tree.read("Cargo.toml")).contains("\"1.5.0\"", "version=\"1.4\"", "\"~1.5.0\"", "\">=1.0.0\"", "version=\"1\"");
    bump().apply(bump().plan(SemVer.parse("2.0.0"), false));
    assertThat(tree.read("Cargo.toml")).contains("version=\"2.0\"", "\"~2.0.0\"", "\">=1.0.0\"", "version=\"2\"");
  }

  @Test
  void rangesInPythonAndWildcardsStayWhileTheyAreTrueAndMoveAfterwards() {
    WorkTree tree =
        WorkTree.in(directory)
            .with("pyproject.toml", "[project]\nname = \"a\"\nversion = \"1.4.2\"\ndependencies = [\"b~=1.4.0\", \"b ~= 1.4\", \"b==1.4.*\", \"z~=1.4.0\"]\n")
            .with("b/pyproject.toml", "[tool.poetry]\nname = \"b\"\nversion = \"1.4.2\"\n[tool.poetry.dependencies]\na = \"^1.4.0\"\nc = \"~1.4\"\n")
            .with("c/setup.py", "from setuptools import setup\nsetup(name='c', version='1.4.2')\n")
            .with("rs/a/Cargo.toml", "[package]\nname = \"a\"\nversion = \"1.4.2\"\n[dependencies]\nb = { path = \"../b\", version = \"1.4.*\" }\n")
            .with("rs/b/Cargo.toml", "[package]\nname = \"b\"\nversion = \"1.4.2\"\n[dependencies]\na = { path = \"../a\", version = \"1.*\" }\n");
    bump().apply(bump().plan(SemVer.parse("1.4.3"), false));
    assertThat(tree.read("pyproject.toml")).contains("\"b~=1.4.0\", \"b ~= 1.4\", \"b==1.4.*\", \"z~=1.4.0\"");
    bump().apply(bump().plan(SemVer.parse("1.5.0"), false));
    assertThat(tree.read("pyproject.toml")).contains("\"b~=1.5.0\", \"b ~= 1.4\", \"b==1.5.*\", \"z~=1.4.0\"");
    assertThat(tree.read("b/pyproject.toml")).contains("a = \"^1.4.0\"", "c = \"~1.5\"");
    assertThat(tree.read("rs/a/Cargo.toml")).contains("\"1.5.*\"");
    assertThat(tree.read("rs/b/Cargo.toml")).contains("\"1.*\"");
    assertThat(bump().apply(bump().plan(SemVer.parse("2.0.0"), false))).isEmpty();
    assertThat(tree.read("pyproject.toml")).contains("\"b~=2.0.0\", \"b ~= 2.0\", \"b==2.0.*\", \"z~=1.4.0\"");
    assertThat(tree.read("b/pyproject.toml")).contains("a = \"^2.0.0\"", "c = \"~2.0\"");
    assertThat(tree.read("rs/b/Cargo.toml")).contains("\"2.*\"");
  }

  @Test
  void aVersionInTwoPropertiesIsOneVersion() {
    WorkTree tree =
        WorkTree.in(directory)
            .with("Directory.Build.props", "<Project>\r\n  <PropertyGroup>\r\n    <VersionPrefix>1.4.2</VersionPrefix>\r\n    <VersionSuffix>rc.1</VersionSuffix>\r\n  </PropertyGroup>\r\n</Project>\r\n")
            .with("other/O.csproj", "<Project><PropertyGroup><VersionPrefix>0.1.0</VersionPrefix><VersionSuffix>rc.1</VersionSuffix></PropertyGroup><x/></Project>")
            .with("VERSION", "1.4.2-rc.1\n");
    assertThat(bump().apply(bump().plan(SemVer.parse("1.4.2-rc.2"), false))).isEmpty();
    assertThat(tree.read("Directory.Build.props")).contains("<VersionPrefix>1.4.2</VersionPrefix>\r\n    <VersionSuffix>rc.2</VersionSuffix>\r\n");
    assertThat(bump().apply(bump().plan(SemVer.parse("1.5.0"), false))).isEmpty();
    assertThat(tree.read("Directory.Build.props")).contains("<VersionPrefix>1.5.0</VersionPrefix>\r\n    <VersionSuffix></VersionSuffix>\r\n");
    assertThat(bump().apply(bump().plan(SemVer.parse("1.6.0-rc.1"), false))).isEmpty();
    assertThat(tree.read("Directory.Build.props")).contains("<VersionPrefix>1.6.0</VersionPrefix>\r\n    <VersionSuffix>rc.1</VersionSuffix>\r\n");
    assertThat(tree.read("other/O.csproj")).contains("0.1.0", "rc.1");
  }

  @Test
  void aPrereleaseThatHasNoPlaceInAClosedSuffixIsAFinding() {
    WorkTree tree = WorkTree.in(directory).with("E.csproj", "<Project><PropertyGroup><VersionPrefix>1.4.2</VersionPrefix><VersionSuffix/><Note>a<!-- -->b</Note></PropertyGroup></Project>");
    assertThatThrownBy(() -> bump().plan(SemVer.parse("1.5.0-rc.1"), false))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("E.csproj:1:75")
        .hasMessageContaining("write it as an opening and a closing tag");
    assertThat(bump().apply(bump().plan(SemVer.parse("1.5.0"), false))).isEmpty();
    assertThat(tree.read("E.csproj")).contains("<VersionPrefix>1.5.0</VersionPrefix><VersionSuffix/><Note>a<!-- -->b</Note>");
  }

  @Test
  void aCMakeVersionThatIsComposedOfItsNumbersIsOneVersion() {
    String direct = "set(MAJ 1) # 1.4.2\r\nset(MIN \"4\")\r\nSET(PAT 2)\r\nset(OTHER 4)\r\nproject(a VERSION ${MAJ}.${MIN}.${PAT} LANGUAGES C)\r\n";
    WorkTree tree =
        WorkTree.in(directory)
            .with("CMakeLists.txt", direct)
            .with("b/CMakeLists.txt", "set(B_MAJOR 1)\nset(B_MINOR 4)\nset(B_PATCH 2)\nset(B_VERSION \"${B_MAJOR}.${B_MINOR}.${B_PATCH}\")\nproject(b\n  VERSION ${B_VERSION})\n")
            .with("c/CMakeLists.txt", "set(C_MAJOR 7)\nset(C_MINOR 4)\nset(C_PATCH 2)\nproject(c VERSION ${C_MAJOR}.${C_MINOR}.${C_PATCH}.0)\n")
            .with("d/CMakeLists.txt", "set(D_MAJOR ${X})\nset(D_MINOR 4)\nproject(d VERSION 1.4.${D_MAJOR}.${D_MINOR})\n")
            .with("VERSION", "1.4.2\n");
    tree.with("e/CMakeLists.txt", direct.replace("MIN \"4\"", "MIN 3"));
    assertThat(bump().plan(SemVer.parse("2.5.0"), false).lockstep().undecided())
        .extracting(u -> u.place() + " " + u.reason())
        .containsExactly("c/CMakeLists.txt:1:13 its own version is 7.4.2, the lockstep carries 1.4.2", "e/CMakeLists.txt:1:9 its own version is 1.3.2, the lockstep carries 1.4.2");
    assertThat(bump().apply(bump().plan(SemVer.parse("2.5.0"), false))).isEmpty();
    assertThat(tree.read("CMakeLists.txt")).isEqualTo("set(MAJ 2) # 1.4.2\r\nset(MIN \"5\")\r\nSET(PAT 0)\r\nset(OTHER 4)\r\nproject(a VERSION ${MAJ}.${MIN}.${PAT} LANGUAGES C)\r\n");
    assertThat(tree.read("b/CMakeLists.txt")).startsWith("set(B_MAJOR 2)\nset(B_MINOR 5)\nset(B_PATCH 0)\nset(B_VERSION \"${B_MAJOR}.");
  }

  @Test
  void aPropertyOfTheParentFromWhichModulesTakeAnOwnVersionFollows() {
    WorkTree tree =
        WorkTree.in(directory)
            .with("pom.xml", "<project><groupId>g</groupId><artifactId>root</artifactId><version>1.4.2</version>\n<properties><lib.version>1.4.2</lib.version><z.version>1.4.2</z.version></properties></project>")
            .with("a/pom.xml", "<project><parent><groupId>g</groupId><artifactId>root</artifactId><version>1.4.2</version></parent><artifactId>a</artifactId>\n<dependencies><dependency><groupId>g</groupId><artifactId>b</artifactId><version>${lib.version}</version></dependency>"
                + "<dependency><groupId>z</groupId><artifactId>b</artifactId><version>${z.version}</version></dependency></dependencies></project>")
            .with("b/pom.xml", "<project><parent><groupId>g</groupId><artifactId>root</artifactId><version>1.4.2</version></parent><artifactId>b</artifactId></project>");
    assertThat(bump().apply(bump().plan(SemVer.parse("1.5.0"), false))).isEmpty();
    assertThat(tree.read("pom.xml")).contains("<lib.version>1.5.0</lib.version><z.version>1.4.2</z.version>");
  }

  @Test
  void filesThatAPythonProjectSaysToHoldItsVersionAreRead() {
    WorkTree tree =
        WorkTree.in(directory)
            .with("VERSION", "1.4.2\n")
            .with("h/pyproject.toml", "[project]\nname = \"h\"\ndynamic = [\"version\"]\n[tool.hatch.version]\npath = \"src/h/meta.py\"\n")
            .with("h/src/h/meta.py", "__version__ = \"1.4.2\"\nother = \"1.4.2\"\n")
            .with("s/pyproject.toml", "[project]\nname = \"s\"\ndynamic = [\"version\"]\ndependencies = [\"h==1.4.2\"]\n[tool.setuptools.dynamic]\nversion = { attr = \"s.info.VERSION\" }\n")
            .with("s/src/s/info.py", "VERSION = '1.4.2'\n")
            .with("f/pyproject.toml", "[project]\nname = \"f\"\ndynamic = [\"version\"]\n[tool.setuptools.dynamic.version]\nfile = \"release.txt\"\n")
            .with("f/release.txt", "1.4.2\n")
            .with("o/pyproject.toml", "[project]\nname = \"o\"\ndynamic = [\"version\"]\n[tool.hatch.version]\npath = \"../../outside.py\"\n")
            .with("p/pyproject.toml", "[tool.poetry]\nname = \"p\"\nversion = \"0.0.0\"\n[tool.poetry-dynamic-versioning]\nenable = true\n");
    BumpEdit edit = bump().plan(SemVer.parse("1.5.0-rc.1"), false);
    assertThat(edit.lockstep().undecided()).isEmpty();
    assertThat(bump().apply(edit)).isEmpty();
    assertThat(tree.read("h/src/h/meta.py")).isEqualTo("__version__ = \"1.5.0rc1\"\nother = \"1.4.2\"\n");
    assertThat(tree.read("s/src/s/info.py")).isEqualTo("VERSION = '1.5.0rc1'\n");
    assertThat(tree.read("s/pyproject.toml")).contains("h==1.5.0rc1");
    assertThat(tree.read("f/release.txt")).isEqualTo("1.5.0-rc.1\n");
  }

  @Test
  void aPatternCanMeanOneNumberOfTheVersion() {
    WorkTree tree = WorkTree.in(directory).with("VERSION", "1.4.2\n").with("v.hpp", "#define V_MAJOR 1\n#define V_MINOR 4\n#define V_PATCH 2\n");
    LockstepPlan plan =
        new LockstepPlan(
            List.of(
                new LockstepPlan.Member("VERSION", null, null),
                new LockstepPlan.Member("v.hpp", "V_MAJOR (\\d+)", "major"),
                new LockstepPlan.Member("v.hpp", "V_MINOR (\\d+)", "minor"),
                new LockstepPlan.Member("v.hpp", "V_PATCH (\\d+)", "patch")),
            List.of(),
            List.of());
    assertThat(bump(plan).next(Increment.PATCH)).hasToString("1.4.3");
    assertThat(bump(plan).apply(bump(plan).plan(SemVer.parse("1.5.0"), false))).isEmpty();
    assertThat(tree.read("v.hpp")).isEqualTo("#define V_MAJOR 1\n#define V_MINOR 5\n#define V_PATCH 0\n");
  }

  @Test
  void stepsLeadFromEveryStartToAVersionThatCanBeSaid() {
    String[][] steps = {
      {"1.4.2", "rc", "1.4.3-rc.1"}, {"1.4.3-rc.1", "rc", "1.4.3-rc.2"}, {"1.4.3-rc.9", "release", "1.4.3"}, {"1.5.0-SNAPSHOT", "rc", "1.5.0-rc.1"},
      {"1.5.0-SNAPSHOT", "release", "1.5.0"}, {"1.5.0-alpha.3", "rc", "1.5.0-rc.1"}, {"1.5.0-rc", "rc", "1.5.0-rc.1"}, {"1.5.0+7", "patch", "1.5.1"},
      {"2.0.0-beta.1", "major", "2.0.0"}, {"1.5.0-dev", "minor", "1.5.0"}, {"1.5.0-dev.3", "patch", "1.5.0"}
    };
    for (String[] step : steps) {
      assertThat(Increment.named(step[1]).orElseThrow().after(SemVer.parse(step[0]))).as(step[0] + " " + step[1]).hasToString(step[2]);
    }
    for (String[] none : new String[][] {{"1.4.2", "release"}, {"1.5.0-zeta.1", "rc"}, {"1.5.0-rc1", "rc"}, {"1.4.999999999999999999", "patch"}}) {
      assertThatThrownBy(() -> Increment.named(none[1]).orElseThrow().after(SemVer.parse(none[0]))).as(none[0]).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void windowsOnOwnPackagesMoveAndThoseOfOthersStay() {
    WorkTree tree =
        WorkTree.in(directory)
            .with("Cargo.toml", "[package]\nname=\"a\"\nversion=\"0.7.2\"\n[dependencies]\nb = {path=\"b\", version=\">=0.7, <0.8\"}\nc = \">=0.7, <0.8\"\n")
            .with("b/Cargo.toml", "[package]\nname=\"b\"\nversion=\"0.7.2\"\n")
            .with("py/pyproject.toml", "[project]\nname=\"a\"\nversion=\"0.7.2\"\n[project.optional-dependencies]\nx=[\"a[y]>=0.7.0,<0.8 ; os_name=='nt'\", \"c>=0.7,<0.8\"]\n");
    assertThat(bump().apply(bump().plan(SemVer.parse("0.8.0"), false))).isEmpty();
    assertThat(tree.read("Cargo.toml")).contains("version=\">=0.8, <0.9\"", "c = \">=0.7, <0.8\"");
    assertThat(tree.read("py/pyproject.toml")).contains("\"a[y]>=0.8.0,<0.9 ; os_name=='nt'\"", "\"c>=0.7,<0.8\"");
  }

  @Test
  void aWindowOfAnotherWidthIsAFindingAndNothingIsWritten() {
    WorkTree tree =
        WorkTree.in(directory)
            .with("Cargo.toml", "[package]\nname=\"a\"\nversion=\"0.7.2\"\n[dependencies]\nb = {path=\"b\", version=\">=0.5, <0.8\"}\n")
            .with("b/Cargo.toml", "[package]\nname=\"b\"\nversion=\"0.7.2\"\n");
    assertThatThrownBy(() -> bump().plan(SemVer.parse("0.8.0"), false))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("Cargo.toml:5:25")
        .hasMessageContaining("rewrite the requirement by hand");
    assertThat(tree.read("b/Cargo.toml")).contains("0.7.2");
  }

  @Test
  void nuGetReferencesToOwnPackagesFollow() {
    String core = "<Project><PropertyGroup><PackageId>Lantern.Core</PackageId><Version>1.2.0</Version></PropertyGroup></Project>";
    WorkTree tree =
        WorkTree.in(directory)
            .with("core/Core.csproj", core)
            .with("cli/Lantern.Cli.csproj", "<Project>\r\n<PropertyGroup><Version>1.2.0</Version></PropertyGroup>\r\n<ItemGroup>\r\n<PackageReference Include='lantern.core' Version='1.2.0' />\r\n"
                + "<PackageReference Include=\"Other\" Version=\"1.2.0\" /><PackageReference Include=\"Lantern.Core\" Version=\"[1.2.0,2)\"/></ItemGroup></Project>")
            .with("Directory.Packages.props", "<Project><ItemGroup><PackageVersion Include=\"Lantern.Core\"><Version>1.2.0</Version></PackageVersion></ItemGroup></Project>");
    assertThat(bump().apply(bump().plan(SemVer.parse("1.3.0-rc.1"), false))).isEmpty();
    assertThat(tree.read("core/Core.csproj")).isEqualTo(core.replace("1.2.0", "1.3.0-rc.1"));
    assertThat(tree.read("cli/Lantern.Cli.csproj"))
        .contains("<PackageReference Include='lantern.core' Version='1.3.0-rc.1' />\r\n", "\"Other\" Version=\"1.2.0\"", "[1.2.0,2)");
    assertThat(tree.read("Directory.Packages.props")).contains("<Version>1.3.0-rc.1</Version>");
  }
}
