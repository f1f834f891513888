package dev.plasmite.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.gate.OutsideFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CargoMirrorTest {

  private static final String MIRROR = "sparse+https://mirror.example/index/";

  @TempDir Path home;

  @Test
  void whatStandsInForCratesIoIsFoundThroughAllThatStandsInForIt() throws IOException {
    assertThat(mirror("")).isEmpty();
    assertThat(mirror("[source.crates-io]\nreplace-with = \"near\"\n[source.near]\nregistry = \"" + MIRROR + "\"\n")).contains(MIRROR);
    assertThat(mirror("[source.crates-io]\nreplace-with = \"a\"\n[source.a]\nregistry = \"x\"\nreplace-with = \"near\"\n[registries.near]\nindex = \"" + MIRROR + "\"\n"))
        .contains(MIRROR);
  }

  @Test
  void whatIsNoRegistryOrLeadsNowhereIsSaid() {
    assertThatThrownBy(() -> mirror("[source.crates-io]\nreplace-with = \"vendored\"\n[source.vendored]\ndirectory = \"vendor\"\n"))
        .isInstanceOf(OutsideFailure.class)
        .hasMessageContaining("from the source 'vendored', which is no registry");
    assertThatThrownBy(() -> mirror("[source.crates-io]\nreplace-with = \"a\"\n[source.a]\nreplace-with = \"crates-io\"\n"))
        .isInstanceOf(OutsideFailure.class)
        .hasMessageContaining("in a circle: crates-io -> a -> crates-io");
  }

  private Optional<String> mirror(String config) throws IOException {
    Files.writeString(Files.createDirectories(home.resolve(".cargo")).resolve("config.toml"), config);
    return CargoConfiguration.of(new Surroundings(Map.of(), home, Map.of())).mirror();
  }
}
