package dev.plasmite.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.client.Command;
import dev.plasmite.client.Exit;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.StagingPlan.Kind;
import dev.plasmite.version.SemVer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What artifacts say inside, held against what is in them and what the release is. */
class InspectorTest {

  private static final String INFO = "lantern-1.2.0.dist-info/";
  private static final String NAME = "lantern-1.2.0-py3-none-any.whl";

  @TempDir Path temp;

  private String inspected(Kind kind, Path file) {
    return new ArtifactInspector(ArchiveLimits.usual(), SemVer.parse("1.2.0"))
        .inspect(kind, file).findings().stream().map(Finding::toString).collect(Collectors.joining("\n"));
  }

  private static Map<String, String> wheel() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("lantern/__init__.py", "");
    files.put("lantern/a,b.txt", "a comma in its name");
    files.put(INFO + "METADATA", "Metadata-Version: 2.4\nName: lantern\nVersion: 1.2.0\n");
    files.put(INFO + "WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
    return files;
  }

  private String inspectedWheel(Map<String, String> files, String record) throws IOException {
    Map<String, String> all = new LinkedHashMap<>(files);
    if (record != null) {
      all.put(INFO + "RECORD", record);
    }
    return inspected(Kind.WHEEL, Files.write(temp.resolve(NAME), Samples.zip(all)));
  }

  @Test
  void aRightRecordIsTakenAlsoWithQuotesAndCarriageReturns() throws IOException {
    String record = Samples.record(INFO, wheel());
    assertThat(record).contains("\"lantern/a,b.txt\"");
    assertThat(inspectedWheel(wheel(), record)).isEmpty();
    assertThat(inspectedWheel(wheel(), record.replace("\n", "\r\n"))).isEmpty();
  }

  @Test
  void aWheelOfPythonsOwnBuilderIsTaken() throws IOException {
    Path project = Files.createDirectories(temp.resolve("project"));
    Files.writeString(project.resolve("lantern.py"), "");
    Files.writeString(project.resolve("setup.py"), "from setuptools import setup; setup(name='lantern', version='1.2.0', py_modules=['lantern'])");
    List<String> build = List.of("python3", "-c", "import setuptools.build_meta as b; print(b.build_wheel('.'))");
    Exit exit = new Processes(Redactor.NONE).run(Command.of(project, build).with(Map.of("PATH", System.getenv("PATH"), "HOME", temp.toString())));
    org.junit.jupiter.api.Assumptions.assumeTrue(exit.ok(), "this Python has no setuptools: " + exit);
    assertThat(inspected(Kind.WHEEL, project.resolve(NAME))).isEmpty();
  }

  @Test
  void aFileThatIsNotThatOfTheRecordIsFoundWithBothDigests() throws IOException {
    String record = Samples.record(INFO, wheel());
    Map<String, String> swapped = wheel();
    swapped.put("lantern/__init__.py", "evil");
    assertThat(inspectedWheel(swapped, record))
        .contains("its RECORD says 'sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU' of 'lantern/__init__.py', which has sha256=")
        .contains("its RECORD says size '0' of 'lantern/__init__.py', which has 4");
  }

  @Test
  void everyWayInWhichARecordIsNotTheWheelsIsFound() throws IOException {
    String record = Samples.record(INFO, wheel());
    assertThat(inspectedWheel(wheel(), null)).contains("it has no RECORD");
    assertThat(inspectedWheel(wheel(), record.replaceFirst("(?m)^lantern/__init__.*\n", "")))
        .contains("'lantern/__init__.py' is in it, but not listed");
    assertThat(inspectedWheel(wheel(), record + "lantern/gone.py,sha256=x,1\n")).contains("'lantern/gone.py', which is not in it");
    assertThat(inspectedWheel(wheel(), record + record)).contains("lists 'lantern/__init__.py' twice");
    assertThat(inspectedWheel(wheel(), record.replace("sha256=", "md5="))).contains("its RECORD says 'md5=");
    assertThat(inspectedWheel(wheel(), record.replace("RECORD,,", "RECORD,sha256=x,"))).contains("a digest or size of itself");
    assertThat(inspectedWheel(wheel(), record.replace("RECORD,,", "RECORD"))).contains("a line of 1 fields");
    assertThat(inspectedWheel(wheel(), "")).contains("'" + INFO + "RECORD' is in it, but not listed");
  }

  @Test
  void programsOfAWheelAndAnNpmPackageKeepTheirExecutableBits() throws IOException {
    for (int mode : new int[] {0644, 0755}) {
      Map<String, String> files = wheel();
      files.put("lantern/bin/lantern", "program");
      files.put(INFO + "RECORD", Samples.record(INFO, files));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
        for (Map.Entry<String, String> file : files.entrySet()) {
          ZipArchiveEntry entry = new ZipArchiveEntry(file.getKey());
          entry.setUnixMode(0100000 | (file.getKey().endsWith("bin/lantern") ? mode : 0644));
          zip.putArchiveEntry(entry);
          zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
          zip.closeArchiveEntry();
        }
      }
      ByteArrayOutputStream npm = new ByteArrayOutputStream();
      try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(npm))) {
        Samples.add(tar, "package/package.json", "{\"name\": \"lantern\", \"version\": \"1.2.0\", \"bin\": {\"lantern\": \"./run.js\"}}", 0644);
        Samples.add(tar, "package/run.js", "", 0644);
        Samples.add(tar, "package/native/bin/lantern", "program", mode);
      }
      String wheel = inspected(Kind.WHEEL, Files.write(temp.resolve(NAME), out.toByteArray()));
      String pack = inspected(Kind.NPM, Files.write(temp.resolve("lantern-1.2.0.tgz"), npm.toByteArray()));
      if (mode == 0755) {
        assertThat(wheel + pack).isEmpty();
      } else {
        assertThat(wheel).contains("'lantern/bin/lantern' has lost its executable bit");
        assertThat(pack).contains("'package/native/bin/lantern' has lost its executable bit");
      }
    }
  }

  @Test
  void aProgramThatPackageJsonNamesMustBeInThePackage() throws IOException {
    for (String bin : List.of("\"./bin/gone.js\"", "{\"lantern\": \"bin/gone.js\"}")) {
      byte[] tar = Samples.tar(Map.of("package/package.json", "{\"name\": \"lantern\", \"version\": \"1.2.0\", \"bin\": " + bin + "}"));
      assertThat(inspected(Kind.NPM, Files.write(temp.resolve("lantern-1.2.0.tgz"), tar)))
          .contains("names the program 'bin/gone.js', which is not in it");
    }
  }

  @Test
  void anSdkOfAnotherVersionOrWithoutItsLayoutIsFound() throws IOException {
    Path other = Samples.sdk(temp, "lantern", "1.1.0", "linux_amd64");
    assertThat(inspected(Kind.SDK, other)).contains("it says version '1.1.0' inside, the release is 1.2.0");
    Path bare = Files.write(temp.resolve("lantern_1.2.0_linux_amd64.tar.gz"), Samples.tar(Map.of("README", "x")));
    assertThat(inspected(Kind.SDK, bare)).contains("none in bin/").contains("none in include/").contains("none in lib/").contains(".pc");
  }

  @Test
  void aWheelForAPlatformOfWhichPyPiTakesNoneIsFound() throws IOException {
    for (String platform : List.of("linux_x86_64", "manylinux", "none", "win_x86")) {
      String tag = "py3-none-" + platform;
      assertThat(inspected(Kind.WHEEL, Samples.wheel(temp, "lantern", "1.2.0", tag)))
          .contains("PyPI takes no wheel for platform '" + platform + "'");
    }
    for (String platform : List.of("any", "win_amd64", "manylinux2014_x86_64", "musllinux_1_2_aarch64", "macosx_11_0_universal2")) {
      assertThat(inspected(Kind.WHEEL, Samples.wheel(temp, "lantern", "1.2.0", "py3-none-" + platform))).isEmpty();
    }
  }

  @Test
  void aPcFileSaysItsVersionAlsoByAVariable() throws IOException {
    for (String[] pc : new String[][] {
        {"version=1.2.0\nVersion: ${version}\n", ""},
        {"v = 1.2\nfull=${v}.0\nName: x\nVersion: ${full}\n", ""},
        {"version=1.1.0\nVersion: ${version}\n", "it says version '1.1.0' inside"},
        {"Version: ${later}\nlater=1.2.0\n", "it says version '${later}' inside"},
        {"Name: x\n", "does not say its Version"},
    }) {
      Map<String, String> files = new LinkedHashMap<>();
      files.put("bin/x.dll", "x");
      files.put("include/x.h", "x");
      files.put("lib/pkgconfig/x.pc", pc[0]);
      String said = inspected(Kind.SDK, Files.write(temp.resolve("x_1.2.0_linux_amd64.tar.gz"), Samples.tar(files)));
      assertThat(said).as(pc[0]).contains(pc[1]);
      assertThat(said.isEmpty()).as(pc[0] + said).isEqualTo(pc[1].isEmpty());
    }
  }

  @Test
  void tagsOfAWheelMustBeThoseOfItsName() throws IOException {
    Map<String, String> files = wheel();
    files.put(INFO + "WHEEL", "Wheel-Version: 1.0\nTag: py3-none-manylinux_2_17_x86_64\n");
    assertThat(inspectedWheel(files, Samples.record(INFO, files))).contains("its WHEEL file says tags [py3-none-manylinux_2_17_x86_64]");
  }
}
