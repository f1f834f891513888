package dev.plasmite.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.artifact.ArchiveLimits;
import dev.plasmite.artifact.ArtifactInspector;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.StagingPlan.Kind;
import dev.plasmite.version.SemVer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS) // executable bits
class SdkPackerTest {

  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final Map<String, String> FILES =
      Map.of(
          "bin/lantern", "#!/bin/sh\necho 1.2.0\n",
          "include/lantern.h", "int lantern(void);\n",
          "lib/liblantern.so", "elf",
          "lib/pkgconfig/lantern.pc", "Name: lantern\nVersion: 1.2.0\n",
          "share/caf\u00e9/" + "long".repeat(40) + ".txt", "text",
          "LICENSE", "license\n");

  @TempDir Path temp;

  private Path tree(String name, boolean backwards, String other, Instant touched) throws IOException {
    List<String> names = new ArrayList<>(FILES.keySet().stream().sorted().toList());
    if (backwards) {
      Collections.reverse(names);
    }
    Path root = temp.resolve(name);
    for (String file : names) {
      Path path = root.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, FILES.get(file));
      boolean program = file.startsWith("bin/");
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString((program ? "rwx" : "rw-") + other));
      Files.setLastModifiedTime(path, FileTime.from(touched));
    }
    return root;
  }

  @Test
  void sameInputsGiveTheSameBytesWhateverOrderUmaskAndDay() throws IOException {
    SdkPacker packer = new SdkPacker(TIME);
    packer.pack(tree("one", false, "r--r--", Instant.EPOCH), temp.resolve("a.tar.gz"));
    packer.pack(tree("two", true, "------", Instant.now()), temp.resolve("b.tar.gz"));
    assertThat(temp.resolve("a.tar.gz")).hasSameBinaryContentAs(temp.resolve("b.tar.gz"));
  }

  @Test
  void theResultPassesAsAnSdk() throws IOException {
    Path tarball = temp.resolve("lantern_1.2.0_linux_amd64.tar.gz");
    new SdkPacker(TIME).pack(tree("one", false, "r--r--", Instant.EPOCH), tarball);
    ArtifactInspector inspector = new ArtifactInspector(ArchiveLimits.usual(), SemVer.parse("1.2.0"));
    ArtifactInspector.Inspection inspection = inspector.inspect(Kind.SDK, tarball);
    assertThat(inspection.findings()).isEmpty();
    assertThat(inspection.identity().version()).hasValue("1.2.0");
    assertThat(inspection.contents().orElseThrow().files()).hasSize(FILES.size());
  }

  @Test
  void linksAndNothingAtAllAreRefused() throws IOException {
    Path empty = Files.createDirectories(temp.resolve("empty"));
    assertThatThrownBy(() -> new SdkPacker(TIME).pack(empty, temp.resolve("x.tar.gz"))).hasMessageContaining("nothing to pack");
    Files.createSymbolicLink(empty.resolve("l"), Path.of("gone"));
    assertThatThrownBy(() -> new SdkPacker(TIME).pack(empty, temp.resolve("x.tar.gz")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("no regular file: 'l'");
  }
}
