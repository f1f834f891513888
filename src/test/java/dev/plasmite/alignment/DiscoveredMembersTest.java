package dev.plasmite.alignment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.gate.LockstepPlan;
import dev.plasmite.manifest.Change;
import dev.plasmite.manifest.WorkTree;
import dev.plasmite.version.SemVer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which manifests a bump takes for the product's where no list says so. */
class DiscoveredMembersTest {

  @TempDir Path directory;
  private final List<String> said = new ArrayList<>();

  private List<String> bumped(String version) {
    Bump bump = new Bump(directory, LockstepPlan.discovered(), said::add);
    return bump.plan(SemVer.parse(version), true).changes().stream().map(Change::path).distinct().toList();
  }

  private static String crate(String name, String version) {
    return "[package]\nname = \"" + name + "\"\nversion = \"" + version + "\"\n";
  }

  @Test
  void beforeOneAWantedVersionThatLeavesOutMinorVersionsMeansTheGroupToWhichItIsAStep() {
    WorkTree tree = WorkTree.in(directory).with("java/gradle.properties", "version=0.6.3-SNAPSHOT\n");
    for (String name : List.of("a", "b", "c", "d", "e", "f", "g", "h")) {
      tree.with("sinks/" + name + "/Cargo.toml", crate(name, "0.2.2")).with(name + "/package.json", "{\"name\": \"" + name + "\", \"version\": \"0.2.2\"}");
    }
    assertThat(bumped("0.7.0")).containsExactly("java/gradle.properties");
    assertThat(bumped("0.2.5")).hasSize(16);
    assertThat(bumped("0.3.0")).hasSize(16);
    assertThat(bumped("0.9.0")).as("nobody's next version").hasSize(16);
  }

  @Test
  void ofSeveralGroupsBeforeTheWantedVersionTheLargestIsMeant() {
    WorkTree.in(directory)
        .with("tool/Cargo.toml", crate("tool", "0.15.20"))
        .with("pyproject.toml", "[project]\nname = \"tool\"\nversion = \"0.15.20\"\n")
        .with("crates/new/Cargo.toml", crate("new", "0.0.2"))
        .with("crates/a/Cargo.toml", crate("a", "0.0.3"))
        .with("crates/b/Cargo.toml", crate("b", "0.0.3"))
        .with("crates/c/Cargo.toml", crate("c", "0.0.3"));
    assertThat(bumped("0.0.3")).containsExactly("crates/new/Cargo.toml");
    assertThat(bumped("0.0.4")).containsExactly("crates/a/Cargo.toml", "crates/b/Cargo.toml", "crates/c/Cargo.toml", "crates/new/Cargo.toml");
    assertThat(bumped("0.15.21")).containsExactly("pyproject.toml", "tool/Cargo.toml");
  }

  @Test
  void packagesForAPlatformAreMeantWhereNothingElseComesBeforeTheWantedVersion() {
    WorkTree.in(directory)
        .with("Cargo.toml", crate("engine", "0.47.1"))
        .with("node/Cargo.toml", crate("node", "0.46.2") + "publish = false\n")
        .with("node/npm/arm/package.json", "{\"name\": \"@e/arm\", \"version\": \"0.46.2\", \"cpu\": [\"arm64\"]}");
    assertThat(bumped("0.47.0")).containsExactly("node/Cargo.toml", "node/npm/arm/package.json");
    assertThat(bumped("0.47.2")).containsExactly("Cargo.toml");
  }

  @Test
  void fixturesThatAWorkspaceNamesAreBuiltAndFollowAndThoseItMerelyCoversDoNot() {
    WorkTree.in(directory)
        .with("Cargo.toml", crate("engine", "0.19.0") + "[workspace]\nmembers = [\"fixtures/*\", \"crates/**\"]\n")
        .with("fixtures/calls/Cargo.toml", crate("calls", "0.19.0") + "[dependencies]\nengine = { path = \"../..\", version = \"0.19.0\" }\n")
        .with("fixtures/other/Cargo.toml", crate("other", "0.3.0") + "[dependencies]\nengine = { path = \"../..\", version = \"0.19.0\" }\n")
        .with("fixtures/calls/data/broken/deep/Cargo.toml", "[[[")
        .with("crates/a/fixtures/b/Cargo.toml", crate("b", "0.19.0"));
    assertThat(bumped("0.20.0")).containsExactly("Cargo.toml", "fixtures/calls/Cargo.toml", "fixtures/other/Cargo.toml");
    assertThat(new Bump(directory, LockstepPlan.discovered(), said::add).plan(SemVer.parse("0.20.0"), false).lockstep().exclusions())
        .anyMatch(e -> e.path().equals("crates/a/fixtures/b/Cargo.toml") && e.rule().equals("a fixture: below fixtures/"));
    assertThat(said).anyMatch(line -> line.contains("fixtures/calls/Cargo.toml") && line.contains("a fixture: below fixtures/"));
  }

  @Test
  void anExampleThatSaysWhatThePackageAroundItSaysFollowsAndNoOther() {
    WorkTree.in(directory)
        .with("flutter/pubspec.yaml", "name: lamp\nversion: 9.26.0\n")
        .with("flutter/example/pubspec.yaml", "name: lamp_example\nversion: 9.26.0\n")
        .with("flutter/example/old/pubspec.yaml", "name: lamp_old\nversion: 9.25.0\n")
        .with("flutter/example/js/package.json", "{\"name\": \"js\", \"version\": \"9.26.0\"}")
        .with("examples/apart/pubspec.yaml", "name: apart\nversion: 9.26.0\n");
    assertThat(bumped("9.27.0")).containsExactly("flutter/example/pubspec.yaml", "flutter/pubspec.yaml");
    assertThat(said).anyMatch(line -> line.startsWith("flutter/example/pubspec.yaml  follows") && line.contains("an example: below example/"));
  }

  @Test
  void anExampleAtTheFirstVersionOfEveryNewPackageStays() {
    WorkTree.in(directory)
        .with("pubspec.yaml", "name: lamp\nversion: 0.1.0\n")
        .with("example/pubspec.yaml", "name: lamp_example\nversion: 0.1.0\n");
    assertThat(bumped("0.2.0")).containsExactly("pubspec.yaml");
  }
}
