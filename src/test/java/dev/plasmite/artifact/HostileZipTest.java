package dev.plasmite.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.plasmite.gate.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.UnicodePathExtraField;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every hostile zip file is refused, also when its two directories tell different stories. */
class HostileZipTest {

  @TempDir Path temp;

  static Stream<Arguments> names() {
    return Stream.of(
        arguments(List.of("../evil"), "leads out of the directory"),
        arguments(List.of("/tmp/evil"), "absolute path"),
        arguments(List.of("C:/evil"), "drive"),
        arguments(List.of("good\0evil"), "control character"),
        arguments(List.of("a//b"), "not plain"),
        arguments(List.of("a", "A"), "case or Unicode"),
        arguments(List.of("\u00e9", "e\u0301"), "case or Unicode"),
        arguments(List.of("a", "a/b"), "which is a file"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("names")
  void namesThatHarmAreRefused(List<String> names, String why) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    names.forEach(name -> files.put(name, "x"));
    refused(Samples.zip(files), why);
  }

  @Test
  void backslashesAreRefusedWhateverSystemTheArchiveNames() throws IOException {
    byte[] unix = replaceAll(Samples.zip(Map.of("a%evil", "x")), "a%evil", "a\\evil");
    refused(unix, "backslash");
    byte[] dos = unix.clone();
    dos[find(dos, new byte[] {'P', 'K', 1, 2}, 0) + 5] = 0;
    refused(dos, "");
  }

  @Test
  void aNameInAnUnstatedEncodingIsRefused() throws IOException {
    byte[] zip = Samples.zip(Map.of("\u00e9", "x"));
    zip[find(zip, new byte[] {'P', 'K', 3, 4}, 0) + 7] &= ~8;
    zip[find(zip, new byte[] {'P', 'K', 1, 2}, 0) + 9] &= ~8;
    refused(zip, "encoding that it does not state");
  }

  @Test
  void aNameThatIsThereTwiceIsRefused() throws IOException {
    byte[] zip = good();
    refused(replaceAll(zip, "two.txt", "one.txt"), "is there twice");
  }

  @Test
  void linksDevicesAndOtherMethodsAreRefused() throws IOException {
    refused(entry(e -> e.setUnixMode(0120777), false), "a symbolic link");
    refused(entry(e -> e.setUnixMode(0020644), false), "a device or pipe");
    refused(entry(e -> e.addExtraField(new UnicodePathExtraField("evil", "a".getBytes(StandardCharsets.UTF_8))), false), "named twice");
    byte[] method = entry(e -> e.setUnixMode(0100644), false);
    int local = find(method, new byte[] {'P', 'K', 3, 4}, 0);
    int central = find(method, new byte[] {'P', 'K', 1, 2}, 0);
    byte[] bzip = method.clone();
    bzip[local + 8] = 12;
    bzip[central + 10] = 12;
    refused(bzip, "");
    byte[] encrypted = method.clone();
    encrypted[local + 6] |= 1;
    encrypted[central + 8] |= 1;
    refused(encrypted, "");
  }

  @Test
  void aCentralDirectoryWithAnotherNameIsRefused() throws IOException {
    byte[] zip = good();
    int central = find(zip, new byte[] {'P', 'K', 1, 2}, 0);
    refused(replace(zip, "one.txt", "odd.txt", central), "disagree about 'odd.txt'");
  }

  @Test
  void aLocalFileThatTheCentralDirectoryDoesNotNameIsRefused() throws IOException {
    // Two entries locally, one in the central directory: the first central record and its count are taken out.
    byte[] zip = good();
    int first = find(zip, new byte[] {'P', 'K', 1, 2}, 0);
    int second = find(zip, new byte[] {'P', 'K', 1, 2}, first + 4);
    int end = find(zip, new byte[] {'P', 'K', 5, 6}, second);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(zip, 0, first);
    out.write(zip, second, end - second);
    byte[] tail = Arrays.copyOfRange(zip, end, zip.length);
    tail[8] = 1;
    tail[10] = 1;
    int size = end - second;
    tail[12] = (byte) size;
    tail[13] = (byte) (size >> 8);
    out.write(tail);
    refused(out.toByteArray(), "");
  }

  @Test
  void sizesAndChecksumsThatDisagreeAreRefused() throws IOException {
    byte[] zip = good();
    int central = find(zip, new byte[] {'P', 'K', 1, 2}, 0);
    for (int field : new int[] {16, 20, 24}) { // crc, compressed size, size
      byte[] changed = zip.clone();
      changed[central + field] ^= 1;
      refused(changed, "");
    }
  }

  @Test
  void dataInFrontBehindAndBetweenIsRefused() throws IOException {
    byte[] zip = good();
    byte[] front = new byte[zip.length + 7];
    System.arraycopy(zip, 0, front, 7, zip.length);
    refused(front, "does not begin with a zip header");
    byte[] program = ("#!/bin/sh\n" + new String(zip, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
    refused(program, "does not begin with a zip header");
    refused(Arrays.copyOf(zip, zip.length + 7), "does not end with the zip end record");
    byte[] comment = Arrays.copyOf(zip, zip.length + 4);
    comment[zip.length - 2] = 4;
    refused(comment, "does not end with the zip end record");
  }

  @Test
  void damageIsRefused() throws IOException {
    byte[] zip = good();
    refused(Arrays.copyOf(zip, zip.length / 2), "");
    refused("<html>not found</html>".getBytes(), "");
    refused(new byte[0], "");
    byte[] content = zip.clone();
    content[find(zip, "one.txt".getBytes(), 0) + 12] ^= 0x55;
    refused(content, "");
  }

  @Test
  void bombIsRefused() throws IOException {
    byte[] bomb = entry(e -> e.setUnixMode(0100644), true);
    assertThat(bomb.length).isLessThan(110_000);
    refused(bomb, "like a bomb");
  }

  private static byte[] good() throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("one.txt", "first".repeat(50));
    files.put("two.txt", "second".repeat(50));
    return Samples.zip(files);
  }

  private static byte[] entry(java.util.function.Consumer<ZipArchiveEntry> change, boolean zeros) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
      ZipArchiveEntry entry = new ZipArchiveEntry("a");
      change.accept(entry);
      zip.putArchiveEntry(entry);
      byte[] block = new byte[1 << 20];
      for (int i = 0; i < (zeros ? 100 : 1); i++) {
        zip.write(block);
      }
      zip.closeArchiveEntry();
    }
    return out.toByteArray();
  }

  private static byte[] replaceAll(byte[] bytes, String from, String to) {
    byte[] out = bytes;
    for (int at = find(out, from.getBytes(), 0); at >= 0; at = find(out, from.getBytes(), at + 1)) {
      out = replace(out, from, to, at);
    }
    return out;
  }

  private static byte[] replace(byte[] bytes, String from, String to, int start) {
    byte[] out = bytes.clone();
    System.arraycopy(to.getBytes(), 0, out, find(bytes, from.getBytes(), start), to.length());
    return out;
  }

  private static int find(byte[] bytes, byte[] wanted, int from) {
    for (int i = from; i <= bytes.length - wanted.length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    return -1;
  }

  private void refused(byte[] bytes, String why) throws IOException {
    Path file = Files.write(temp.resolve("a.whl"), bytes);
    ArchiveReader reader = new ArchiveReader(ArchiveLimits.usual());
    assertThatThrownBy(() -> reader.read(file, name -> true)).isInstanceOf(Refusal.class).hasMessageContaining(why);
    Path directory = temp.resolve("room/unpacked");
    Unpacker unpacker = new Unpacker(ArchiveLimits.usual());
    assertThatThrownBy(() -> unpacker.unpack(file, directory)).isInstanceOf(Refusal.class);
    assertThat(directory).doesNotExist();
  }
}
