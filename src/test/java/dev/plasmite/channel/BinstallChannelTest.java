package dev.plasmite.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.artifact.Artifact;
import dev.plasmite.artifact.Digests;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.StagingPlan.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The templates of a crate, held against the files of the release. */
class BinstallChannelTest {

  private static final String LINUX = "{ repo }/releases/download/v{ version }/{ name }_{ version }_linux_amd64.tar.gz";

  @TempDir Path directory;

  @Test
  void templatesThatLeadToTheReleaseAreFine() throws IOException {
    BinstallChannel channel = channel("preview", "[package.metadata.binstall.overrides.x86_64-unknown-linux-gnu]\npkg-url = \"" + LINUX + "\"\n");
    assertThat(channel.preflight().findings()).isEmpty();
    assertThat(channel.acts(Leg.TAP)).singleElement().satisfies(act -> assertThat(act.holding().state()).isEqualTo(Holding.State.SAME));
    assertThat(channel("preview", general("{ repo }/releases/download/v{ version }/lamp-{ target }{ archive-suffix }")).preflight().findings()).isEmpty();
    assertThat(channel("preview", general("{repo}/releases/download/v{version}/lamp-{target}.{archive-format}")).preflight().findings()).isEmpty();
    String parts = "{ repo }/releases/download/v{ version }/{ name }-{ target-arch }-{ target-vendor }-{ target-family }-{ target-libc }.tgz";
    assertThat(channel("preview", general(parts)).preflight().findings()).isEmpty();
  }

  @Test
  void aTemplateThatLeadsNowhereIsFoundWithItsTarget() throws IOException {
    String overrides =
        "[package.metadata.binstall.overrides.x86_64-unknown-linux-gnu]\npkg-url = \"" + LINUX + "\"\n"
            + "[package.metadata.binstall.overrides.aarch64-apple-darwin]\npkg-url = \"" + LINUX.replace("linux_amd64", "darwin_arm64") + "\"\n";
    assertThat(channel("preview", overrides).preflight().findings())
        .singleElement()
        .satisfies(f -> assertThat(f.what()).contains("for aarch64-apple-darwin", "lamp_0.3.0_darwin_arm64.tar.gz"));
    for (String wrong :
        List.of("{ repo }/releases/download/{ version }/lamp-{ target }{ archive-suffix }", "https://example.org/v{ version }/lamp-{ target }.tgz",
            "{ repo }/releases/download/v{ version }/lamp-{ tarrget }.tgz")) {
      assertThat(channel("preview", general(wrong)).preflight().findings()).as(wrong).singleElement().satisfies(f -> assertThat(f.what()).contains("no file of this release for any target"));
    }
  }

  @Test
  void aChannelThatIsOnlyCheckedIsNotOfficialAndWantsTemplates() throws IOException {
    assertThat(channel("official", "").preflight().findings())
        .extracting(Finding::what)
        .satisfiesExactly(tier -> assertThat(tier).contains("cannot be official"), none -> assertThat(none).contains("[package.metadata.binstall]"));
  }

  private static String general(String template) {
    return "[package.metadata.binstall]\npkg-url = \"" + template + "\"\npkg-fmt = \"tgz\"\n";
  }

  private BinstallChannel channel(String tier, String metadata) throws IOException {
    List<Artifact> artifacts = new ArrayList<>();
    for (String file : List.of("lamp_0.3.0_linux_amd64.tar.gz", "lamp-x86_64-unknown-linux-musl.tgz")) {
      Path path = Files.writeString(directory.resolve(file), file);
      artifacts.add(new Artifact(Kind.SDK, path, Optional.empty(), Digests.of(path)));
    }
    String manifest = "[package]\nname = \"lamp\"\nversion = \"0.3.0\"\nrepository = \"https://github.com/lantern-demo/lantern\"\n" + metadata;
    Path crate = directory.resolve("lamp-0.3.0.crate");
    try (OutputStream out = Files.newOutputStream(crate);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
      byte[] bytes = manifest.getBytes(StandardCharsets.UTF_8);
      TarArchiveEntry entry = new TarArchiveEntry("lamp-0.3.0/Cargo.toml");
      entry.setSize(bytes.length);
      tar.putArchiveEntry(entry);
      tar.write(bytes);
      tar.closeArchiveEntry();
    }
    artifacts.add(new Artifact(Kind.CRATE, crate, Optional.empty(), Digests.of(crate)));
    ChannelPlan plan = new ChannelPlan("cargo-binstall", tier, List.of(), Optional.empty(), Map.of());
    Workbench bench = Benches.of(directory, directory, plan, "0.3.0", artifacts, Map.of());
    return new BinstallChannel(bench, plan, URI.create("https://github.com"), "lantern-demo/lantern", uri -> uri);
  }
}
