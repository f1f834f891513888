package dev.plasmite.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.artifact.Artifact;
import dev.plasmite.artifact.BuildRun;
import dev.plasmite.artifact.Digests;
import dev.plasmite.artifact.LocalKey;
import dev.plasmite.artifact.ReleaseManifest;
import dev.plasmite.artifact.Samples;
import dev.plasmite.artifact.StagedSet;
import dev.plasmite.artifact.Targets;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.StagingPlan.Kind;
import dev.plasmite.version.SemVer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetMergerTest {

  private static final BuildRun RUN =
      new BuildRun("lantern-demo/lantern", ".github/workflows/release.yml", "push", 7, 1, "a".repeat(40), "refs/tags/v1.2.0");

  @TempDir Path temp;
  private LocalKey key;
  private final Map<Path, PublicKey> parts = new LinkedHashMap<>();

  @BeforeEach
  void key() {
    key = LocalKey.at(temp.resolve("key"));
  }

  private Path part(String platform, BuildRun run, String version, String crate) throws IOException {
    Path directory = temp.resolve("part-" + platform);
    Path sdk = Samples.sdk(directory, "lantern", version, platform);
    Path file = Samples.crate(directory, "lantern", version);
    Files.writeString(file, crate);
    LocalKey own = LocalKey.at(temp.resolve(platform + ".key"));
    List<Artifact> artifacts =
        List.of(
            new Artifact(Kind.SDK, sdk, Optional.of(platform), Digests.of(sdk)),
            new Artifact(Kind.CRATE, file, Optional.empty(), Digests.of(file)));
    new StagedSet(directory).writePapers(new ReleaseManifest(SemVer.parse(version), run, artifacts), own);
    parts.put(directory, own.publicKey());
    return directory;
  }

  private ReleaseManifest merge(Optional<Targets> targets) {
    return new SetMerger(key).merge(parts, targets, temp.resolve("merged"));
  }

  @Test
  void platformsBecomeOneProvenSet() throws IOException {
    part("linux_amd64", RUN, "1.2.0", "same");
    part("darwin_arm64", RUN, "1.2.0", "same");
    assertThat(merge(Optional.empty()).artifacts()).hasSize(3);
    assertThat(new StagedSet(temp.resolve("merged")).verify(key.publicKey()).run()).isEqualTo(RUN);
  }

  @Test
  void partsOfAnotherVersionCommitOrAttemptAreRefused() throws IOException {
    BuildRun other =
        new BuildRun(RUN.repository(), RUN.workflow(), RUN.event(), 7, 2, "b".repeat(40), RUN.ref());
    part("linux_amd64", RUN, "1.2.0", "same");
    part("darwin_arm64", other, "1.2.1", "same");
    assertThatThrownBy(() -> merge(Optional.empty()))
        .hasMessageContaining("it is of v1.2.1, another is of v1.2.0")
        .hasMessageContaining("commit of the build run")
        .hasMessageContaining("attempt of the build run");
    assertThat(temp.resolve("merged")).doesNotExist();
  }

  @Test
  void oneNameForTwoFilesIsRefused() throws IOException {
    part("linux_amd64", RUN, "1.2.0", "one");
    part("darwin_arm64", RUN, "1.2.0", "other");
    assertThatThrownBy(() -> merge(Optional.empty())).hasMessageContaining("two platforms built different files of this name");
  }

  @Test
  void aDamagedPartIsRefused() throws IOException {
    Path part = part("linux_amd64", RUN, "1.2.0", "same");
    Files.writeString(part.resolve("lantern-1.2.0.crate"), "swapped");
    assertThatThrownBy(() -> merge(Optional.empty())).isInstanceOf(Refusal.class).hasMessageContaining("its bytes are not those");
  }

  @Test
  void aSetThatLacksATargetOrHasOneTooManyIsRefused() throws IOException {
    part("darwin_arm64", RUN, "1.2.0", "same");
    Targets targets = Targets.parse(TargetsTest.JSON.getBytes(StandardCharsets.UTF_8), "release/targets.json");
    assertThatThrownBy(() -> merge(Optional.of(targets)))
        .hasMessageContaining("no sdk for x86_64-unknown-linux-gnu")
        .hasMessageContaining("no wheel for x86_64-pc-windows-msvc")
        .hasMessageContaining("no sdist")
        .hasMessageContaining("is for darwin_arm64, which is no target");
  }

  @Test
  void matrixHasOneEntryForEachTarget() {
    Targets targets = Targets.parse(TargetsTest.JSON.getBytes(StandardCharsets.UTF_8), "release/targets.json");
    assertThat(Matrix.json(targets))
        .isEqualTo(
            "{\"include\":[{\"os\":\"ubuntu-latest\",\"target\":\"x86_64-unknown-linux-gnu\",\"sdk_platform\":\"linux_amd64\","
                + "\"node_platform\":\"linux-x64\",\"sdk\":true,\"upload_sdist\":true,\"upload_wheel\":false},"
                + "{\"os\":\"windows-latest\",\"target\":\"x86_64-pc-windows-msvc\",\"sdk_platform\":\"windows_amd64\","
                + "\"node_platform\":\"win32-x64\",\"sdk\":false,\"upload_sdist\":false,\"upload_wheel\":true}]}");
  }
}
