package dev.plasmite.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.gate.OutsideFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS) // executable bits and links
class UnpackerTest {

  @TempDir Path temp;
  private final Unpacker unpacker = new Unpacker(ArchiveLimits.usual());

  @Test
  void keepsExecutableBitsAndNoOthers() throws IOException {
    Path sdk = Samples.sdk(temp, "lantern", "1.2.0", "linux_amd64", "#!/bin/sh\n", 04777);
    unpacker.unpack(sdk, temp.resolve("out"));
    assertThat(mode("out/bin/lantern")).isEqualTo("rwxr-xr-x");
    assertThat(mode("out/include/lantern.h")).isEqualTo("rw-r--r--");
  }

  @Test
  void directoriesAndNamesThatBeginWithADotAreTakenPlainly() throws IOException {
    byte[] tar = new RawTar().directory("./").directory("./lib/").file("./lib/liba.so", "elf").end().gzip();
    Path file = Files.write(temp.resolve("a.tgz"), tar);
    unpacker.unpack(file, temp.resolve("out"));
    assertThat(temp.resolve("out/lib/liba.so")).hasContent("elf");
  }

  @Test
  void anExistingDirectoryIsNotTouched() throws IOException {
    Path mine = Files.createDirectories(temp.resolve("out"));
    Files.writeString(mine.resolve("x"), "mine");
    Path sdk = Samples.sdk(temp, "lantern", "1.2.0", "linux_amd64");
    assertThatThrownBy(() -> unpacker.unpack(sdk, mine)).isInstanceOf(OutsideFailure.class);
    assertThat(mine.resolve("x")).hasContent("mine");
  }

  @Test
  void aMissingFileIsTheDisksFaultNotTheArchives() {
    assertThatThrownBy(() -> new ArchiveReader(ArchiveLimits.usual()).read(temp.resolve("gone.tgz"), n -> false))
        .isInstanceOf(OutsideFailure.class);
  }

  @Test
  void readerGivesTheFilesThatWereAskedFor() throws IOException {
    Path file = Files.write(temp.resolve("a.whl"), Samples.zip(Map.of("x/METADATA", "Name: x", "x/y", "z")));
    ArchiveContents contents = new ArchiveReader(ArchiveLimits.usual()).read(file, n -> n.endsWith("METADATA"));
    assertThat(contents.kept()).containsOnlyKeys("x/METADATA");
    assertThat(new String(contents.kept().get("x/METADATA"), StandardCharsets.UTF_8)).isEqualTo("Name: x");
    assertThat(contents.files()).hasSize(2);
  }

  private String mode(String file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve(file)));
  }
}
