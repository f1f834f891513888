package dev.plasmite.artifact;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Small, right artifacts of every kind, as their ecosystems make them. */
public final class Samples {

  private Samples() {}

  public static Path crate(Path directory, String name, String version) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    String root = name + "-" + version;
    files.put(root + "/Cargo.toml", "[package]\nname = \"" + name + "\"\nversion = \"" + version + "\"\n");
    files.put(root + "/src/lib.rs", "");
    files.put(root + "/LICENSE", "license\n");
    return write(directory.resolve(root + ".crate"), tar(files));
  }

  public static Path npm(Path directory, String name, String version) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("package/package.json", "{\"name\": \"" + name + "\", \"version\": \"" + version + "\"}");
    files.put("package/LICENSE", "license\n");
    String file = name.replace("@", "").replace('/', '-') + "-" + version + ".tgz";
    return write(directory.resolve(file), tar(files));
  }

  public static Path sdist(Path directory, String name, String version) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    String root = name + "-" + version;
    files.put(root + "/PKG-INFO", "Metadata-Version: 2.4\nName: " + name + "\nVersion: " + version + "\n\nVersion: 9\n");
    files.put(root + "/LICENSE", "license\n");
    return write(directory.resolve(root + ".tar.gz"), tar(files));
  }

  public static Path wheel(Path directory, String name, String version, String tag) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    String info = name + "-" + version + ".dist-info/";
    files.put(name + "/__init__.py", "");
    files.put(info + "METADATA", "Metadata-Version: 2.4\nName: " + name + "\nVersion: " + version + "\n");
    files.put(info + "WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: " + tag + "\n");
    files.put(info + "licenses/LICENSE", "license\n");
    files.put(info + "RECORD", record(info, files));
    return write(directory.resolve(name + "-" + version + "-" + tag + ".whl"), zip(files));
  }

  /** What a wheel's builder writes about the files of it. */
  static String record(String info, Map<String, String> files) {
    StringBuilder out = new StringBuilder();
    files.forEach(
        (name, text) -> {
          byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
          byte[] digest = java.util.HexFormat.of().parseHex(Digests.sha256(bytes));
          out.append(name.indexOf(',') < 0 ? name : '"' + name + '"').append(",sha256=")
              .append(java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(digest))
              .append(',').append(bytes.length).append('\n');
        });
    return out.append(info).append("RECORD,,\n").toString();
  }

  /** An SDK whose program is a shell script that says the version. */
  public static Path sdk(Path directory, String name, String version, String platform) throws IOException {
    return sdk(directory, name, version, platform, "#!/bin/sh\necho " + name + " " + version + "\n", 0755);
  }

  public static Path sdk(Path directory, String name, String version, String platform, String program, int mode)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
      add(tar, "bin/" + name, program, mode);
      add(tar, "include/" + name + ".h", "\n", 0644);
      add(tar, "lib/lib" + name + ".so", "\u007fELF", 0755);
      add(tar, "lib/pkgconfig/" + name + ".pc", "Name: " + name + "\nVersion: " + version + "\n", 0644);
      add(tar, "LICENSE", "license\n", 0644);
    }
    return write(directory.resolve(name + "_" + version + "_" + platform + ".tar.gz"), out.toByteArray());
  }

  /** A gzipped tarball of text files. */
  public static byte[] tar(Map<String, String> files) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (Map.Entry<String, String> file : files.entrySet()) {
        add(tar, file.getKey(), file.getValue(), 0644);
      }
    }
    return out.toByteArray();
  }

  /** A zip file of text files. */
  public static byte[] zip(Map<String, String> files) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        ZipArchiveEntry entry = new ZipArchiveEntry(file.getKey());
        entry.setUnixMode(0100644);
        zip.putArchiveEntry(entry);
        zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeArchiveEntry();
      }
    }
    return out.toByteArray();
  }

  static void add(TarArchiveOutputStream tar, String name, String content, int mode) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(bytes.length);
    entry.setMode(mode);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  private static Path write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(bytes);
    }
    return file;
  }
}
