package dev.plasmite.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.plasmite.artifact.ArchiveLimits;
import dev.plasmite.artifact.ArchiveMember;
import dev.plasmite.artifact.ArchiveReader;
import dev.plasmite.artifact.ArtifactInspector;
import dev.plasmite.client.Command;
import dev.plasmite.client.Exit;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
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

  /** In a JVM of its own; arguments: directory, tarball. */
  public static final class Main {
    public static void main(String[] args) {
      new SdkPacker(TIME).pack(Path.of(args[0]), Path.of(args[1]));
    }
  }

  private Exit packed(Path directory, Path tarball, String umask, Map<String, String> environment, String... options) {
    Map<String, String> all = new HashMap<>(Map.of("PATH", System.getenv("PATH")));
    all.putAll(environment);
    List<String> argv = new ArrayList<>(List.of("sh", "-c", "umask " + umask + " && exec \"$@\"", "sh"));
    argv.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    argv.addAll(List.of(options));
    argv.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Main.class.getName()));
    argv.addAll(List.of(directory.toString(), tarball.toString()));
    return new Processes(Redactor.NONE).run(Command.of(temp, argv).with(all));
  }

  @Test
  void sameInputsGiveTheSameBytesInWhateverTimeZoneLocaleUmaskAndWhosesoever() throws IOException {
    Path directory = tree("one", false, "r--r--", Instant.EPOCH);
    Path here = temp.resolve("here.tar.gz");
    new SdkPacker(TIME).pack(directory, here);
    Path there = temp.resolve("there.tar.gz");
    Exit exit =
        packed(
            directory, there, "077", Map.of("LC_ALL", "C.UTF-8", "TZ", "Asia/Kathmandu"),
            "-Duser.language=tr", "-Duser.country=TR", "-Duser.timezone=Pacific/Chatham", "-Duser.name=somebody", "-Dfile.encoding=ISO-8859-1");
    assertThat(exit.ok()).as(exit.toString()).isTrue();
    assertThat(there).hasSameBinaryContentAs(here);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aNameThatTheLocaleCannotReadIsRefusedAndNotChanged() throws IOException {
    Path tarball = temp.resolve("x.tar.gz");
    Exit exit = packed(tree("one", false, "r--r--", Instant.EPOCH), tarball, "022", Map.of("LC_ALL", "C"));
    assertThat(exit.ok()).isFalse();
    assertThat(exit.err()).contains("its name cannot be read here").contains("run in a UTF-8 locale");
    assertThat(tarball).doesNotExist();
  }

  @Test
  void aProgramIsWhatItsOwnerMayRunWhoeverPacks() throws IOException {
    Path directory = temp.resolve("bits");
    Path others = Files.writeString(Files.createDirectories(directory.resolve("bin")).resolve("others"), "x");
    Path owners = Files.writeString(directory.resolve("bin/owners"), "x");
    Files.setPosixFilePermissions(others, PosixFilePermissions.fromString("rw-r-xr-x"));
    Files.setPosixFilePermissions(owners, PosixFilePermissions.fromString("rwx------"));
    Path tarball = temp.resolve("bits.tar.gz");
    new SdkPacker(TIME).pack(directory, tarball);
    List<ArchiveMember> members = new ArchiveReader(ArchiveLimits.usual()).read(tarball, name -> false).members();
    assertThat(members).extracting(ArchiveMember::name, ArchiveMember::mode)
        .containsExactly(tuple("bin/others", 0644), tuple("bin/owners", 0755));
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
