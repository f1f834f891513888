package dev.plasmite.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.plasmite.gate.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every hostile tarball is refused by reader and unpacker alike, and unpacking leaves nothing, inside or outside. */
class HostileTarTest {

  @TempDir Path temp;

  static Stream<Arguments> hostile() {
    return Stream.of(
        arguments("traversal", tar().file("../evil", "x"), "leads out of the directory"),
        arguments("traversal inside", tar().file("a/../../evil", "x"), "leads out of the directory"),
        arguments("traversal behind a dot", tar().file("./../evil", "x"), "leads out of the directory"),
        arguments("absolute", tar().file("/tmp/evil", "x"), "absolute path"),
        arguments("absolute behind a dot", tar().file(".//tmp/evil", "x"), "absolute path"),
        arguments("backslash", tar().file("a\\..\\evil", "x"), "backslash"),
        arguments("drive", tar().file("C:evil", "x"), "drive"),
        arguments("drive and path", tar().file("c:/evil", "x"), "drive"),
        arguments("stream of NTFS", tar().file("a/b:evil", "x"), "Windows reads its name otherwise"),
        arguments("dot at the end", tar().file("a/b./c", "x"), "Windows reads its name otherwise"),
        arguments("space at the end", tar().file("a ", "x"), "Windows reads its name otherwise"),
        arguments("NUL", tar().pax("path", "good\0evil").file("x", "x"), "control character"),
        arguments("newline", tar().file("a\nb", "x"), "control character"),
        arguments("escape sequence", tar().file("a\u001b[2Jb", "x"), "control character"),
        arguments("damaged UTF-8", tar().pax("path", "a\ufffdb").file("x", "x"), "not readable"),
        arguments("empty segment", tar().file("a//b", "x"), "not plain"),
        arguments("dot segment", tar().file("a/./b", "x"), "not plain"),
        arguments("pax path over a good name", tar().pax("path", "../evil").file("good", "x"), "leads out"),
        arguments("pax link path", tar().pax("linkpath", "/etc/passwd").link("l", "good"), "a symbolic link"),
        arguments("link to an absolute path", tar().link("l", "/etc/passwd"), "a symbolic link"),
        arguments("link up", tar().link("a/l", "../../evil"), "a symbolic link"),
        arguments("link to nowhere", tar().link("l", "gone"), "a symbolic link"),
        arguments("link that stays inside", tar().file("lib/a.so.1", "x").link("lib/a.so", "a.so.1"), "a symbolic link"),
        arguments("symlink then write", tar().link("d", "real").file("real/x", "x").file("d/evil", "x"), "a symbolic link"),
        arguments("symlink out, then write", tar().link("d", "/tmp").file("d/evil", "x"), "a symbolic link"),
        arguments("symlink in the place of a file", tar().file("a", "x").link("a", "b"), "a symbolic link"),
        arguments("file in the place of a symlink", tar().file("b", "x").link("a", "b").file("a", "x"), "a symbolic link"),
        arguments("file below a file", tar().file("a", "x").file("a/b", "x"), "which is a file"),
        arguments("file above what came before", tar().file("a/b", "x").file("a", "x"), "which is a file"),
        arguments("symlink above what came before", tar().file("r/x", "x").file("a/b", "x").link("a", "r"), "a symbolic link"),
        arguments("hard link", tar().entry('1', "l", "/etc/passwd", new byte[0]), "a hard link"),
        arguments("character device", tar().entry('3', "d", "", new byte[0]), "a device or pipe"),
        arguments("block device", tar().entry('4', "d", "", new byte[0]), "a device or pipe"),
        arguments("pipe", tar().entry('6', "p", "", new byte[0]), "a device or pipe"),
        arguments("contiguous file", tar().entry('7', "c", "", new byte[0]), "of an unknown type"),
        arguments("unknown type", tar().entry('Z', "z", "", new byte[0]), "of an unknown type"),
        arguments("GNU sparse file", tar().pax("GNU.sparse.size", "1").file("s", "x"), "sparse"),
        arguments("same name twice", tar().file("a", "x").file("a", "y"), "is there twice"),
        arguments("same name, plain and with a dot", tar().file("a", "x").file("./a", "y"), "is there twice"),
        arguments("names that differ by case", tar().file("README", "x").file("Readme", "y"), "case or Unicode"),
        arguments("directories that differ by case", tar().file("Bin/a", "x").file("bin/b", "y"), "case or Unicode"),
        arguments("names that differ by sharp s", tar().file("stra\u00dfe", "x").file("STRASSE", "y"), "case or Unicode"),
        arguments("composed and decomposed", tar().file("\u00e9", "x").file("e\u0301", "y"), "case or Unicode"),
        arguments("ligature", tar().file("\ufb01", "x").file("fi", "y"), "case or Unicode"),
        arguments("data after the end", tar().file("a", "x").end().file("evil", "x"), "after the end of the tar"),
        arguments("empty name", tar().pax("path", "").file("", "x"), "name"));
  }

  private static RawTar tar() {
    return new RawTar();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void isRefusedAndNothingIsWritten(String what, RawTar tar, String why) throws IOException {
    refused(tar.end().gzip(), why);
  }

  @Test
  void bombIsRefused() throws IOException {
    byte[] zeros = new RawTar().entry('0', "zeros", "", new byte[100 * 1024 * 1024]).end().gzip();
    assertThat(zeros.length).isLessThan(110_000);
    refused(zeros, "times its size, like a bomb");
  }

  @Test
  void bombBehindTheEndIsRefused() throws IOException {
    refused(new RawTar().file("a", "x").end().raw(new byte[64 * 1024 * 1024]).gzip(), "like a bomb");
  }

  @Test
  void aLongNameThatIsABombIsRefused() throws IOException {
    refused(new RawTar().entry('L', "long", "", new byte[64 * 1024 * 1024]).file("a", "x").end().gzip(), "");
  }

  @Test
  void tooManyMembersAreRefused() throws IOException {
    RawTar tar = new RawTar();
    for (int i = 0; i < 120; i++) {
      tar.directory("d" + i);
    }
    Path file = Files.write(temp.resolve("many.tar.gz"), tar.end().gzip());
    ArchiveReader reader = new ArchiveReader(new ArchiveLimits(100, 1 << 20, 200, 1024));
    assertThatThrownBy(() -> reader.read(file, name -> false)).hasMessageContaining("more than 100 members");
  }

  @Test
  void aSecondGzipMemberIsRefused() throws IOException {
    byte[] one = new RawTar().file("a", "x").end().gzip();
    byte[] both = Arrays.copyOf(one, one.length * 2);
    System.arraycopy(one, 0, both, one.length, one.length);
    refused(both, "after the end of the gzip stream");
  }

  @Test
  void damageIsRefused() throws IOException {
    byte[] good = new RawTar().file("a", "x".repeat(3000)).end().gzip();
    refused(Arrays.copyOf(good, good.length - 5), "cannot be read as an archive");
    refused(Arrays.copyOf(good, good.length / 2), "cannot be read as an archive");
    refused("<html>not found</html>".getBytes(), "cannot be read as an archive");
    refused(new byte[0], "cannot be read as an archive");
    byte[] sum = good.clone();
    sum[good.length - 6] ^= 1; // the CRC in the gzip trailer
    refused(sum, "cannot be read as an archive");
    refused(RawTar.gzip(("x".repeat(600)).getBytes()), "cannot be read as an archive");
  }

  @Test
  void everyBadMemberIsNamedTogether() throws IOException {
    Path file = Files.write(temp.resolve("many.tar.gz"), tar().file("../a", "x").file("/b", "x").file("c\\d", "x").end().gzip());
    assertThatThrownBy(() -> reader().read(file, name -> true))
        .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.findings()).hasSize(3));
  }

  private static ArchiveReader reader() {
    return new ArchiveReader(ArchiveLimits.usual());
  }

  private void refused(byte[] bytes, String why) throws IOException {
    Path file = Files.write(temp.resolve("a.tar.gz"), bytes);
    assertThatThrownBy(() -> reader().read(file, name -> true)).isInstanceOf(Refusal.class).hasMessageContaining(why);
    Path directory = temp.resolve("room/unpacked");
    Unpacker unpacker = new Unpacker(ArchiveLimits.usual());
    assertThatThrownBy(() -> unpacker.unpack(file, directory)).isInstanceOf(Refusal.class).hasMessageContaining(why);
    try (Stream<Path> left = Files.walk(temp)) {
      assertThat(left.map(p -> temp.relativize(p).toString())).containsExactlyInAnyOrder("", "a.tar.gz", "room");
    }
  }
}
