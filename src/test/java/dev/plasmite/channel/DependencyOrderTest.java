package dev.plasmite.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.artifact.Artifact;
import dev.plasmite.artifact.Digests;
import dev.plasmite.gate.StagingPlan.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DependencyOrderTest {

  @TempDir Path directory;

  @Test
  void whatOthersDependOnComesFirstWhateverTheConfigurationSays() throws IOException {
    Artifact cli = crate("cli", "[dependencies.engine]\nversion = \"=1.0.0\"\n[target.'cfg(unix)'.dependencies.sys]\nversion = \"=1.0.0\"\npackage = \"lamp-sys\"\n");
    Artifact engine = crate("engine", "[build-dependencies.lamp-sys]\nversion = \"=1.0.0\"\n[dependencies.serde]\nversion = \"1\"\n");
    Artifact sys = crate("lamp-sys", "");
    Artifact other = crate("other", "");
    assertThat(order(cli, engine, sys, other)).containsExactly("lamp-sys", "engine", "cli", "other");
    assertThat(order(sys, engine, cli)).containsExactly("lamp-sys", "engine", "cli");
    assertThat(order(other, sys)).as("nothing says otherwise").containsExactly("other", "lamp-sys");
  }

  @Test
  void testsThatNeedACrateAboveDoNotMakeACircle() throws IOException {
    Artifact core = crate("core", "[dev-dependencies.macros]\nversion = \"=1.0.0\"\n");
    Artifact macros = crate("macros", "[dependencies.core]\nversion = \"=1.0.0\"\n");
    Artifact bench = crate("bench", "[dev-dependencies.core]\nversion = \"=1.0.0\"\n");
    assertThat(order(macros, bench, core)).containsExactly("core", "macros", "bench");
  }

  private static List<String> order(Artifact... crates) {
    return DependencyOrder.of(List.of(crates), DependencyOrderTest::name, crate -> CrateManifest.of(crate).needs()).stream().map(DependencyOrderTest::name).toList();
  }

  private static String name(Artifact crate) {
    return crate.file().replace("-1.0.0.crate", "");
  }

  private Artifact crate(String name, String dependencies) throws IOException {
    Path file = directory.resolve(name + "-1.0.0.crate");
    byte[] manifest = ("[package]\nname = \"" + name + "\"\nversion = \"1.0.0\"\n" + dependencies).getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = Files.newOutputStream(file);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
      TarArchiveEntry entry = new TarArchiveEntry(name + "-1.0.0/Cargo.toml");
      entry.setSize(manifest.length);
      tar.putArchiveEntry(entry);
      tar.write(manifest);
      tar.closeArchiveEntry();
    }
    return new Artifact(Kind.CRATE, file, Optional.empty(), Digests.of(file));
  }
}
