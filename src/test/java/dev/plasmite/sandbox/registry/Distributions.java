package dev.plasmite.sandbox.registry;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Small Python distributions, made without any build tool. */
final class Distributions {

  private Distributions() {}

  static Path wheel(Path directory, String name, String version, byte[] payload) throws IOException {
    Path file = directory.resolve(name + "-" + version + "-py3-none-any.whl");
    String info = name + "-" + version + ".dist-info/";
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      add(zip, name + "/__init__.py", "");
      add(zip, name + "/__main__.py", "print('" + name + " " + version + "')\n");
      zip.putNextEntry(new ZipEntry(name + "/payload.bin"));
      zip.write(payload);
      zip.closeEntry();
      add(zip, info + "METADATA", metadata(name, version));
      add(zip, info + "WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
      add(zip, info + "RECORD", "");
    }
    return file;
  }

  static Path sdist(Path directory, String name, String version) throws IOException {
    Path file = directory.resolve(name + "-" + version + ".tar.gz");
    try (OutputStream out = Files.newOutputStream(file);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
      add(tar, name + "-" + version + "/PKG-INFO", metadata(name, version));
      add(tar, name + "-" + version + "/pyproject.toml", "[project]\nname = \"" + name + "\"\n");
    }
    return file;
  }

  private static void add(TarArchiveOutputStream tar, String name, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  private static String metadata(String name, String version) {
    return "Metadata-Version: 2.1\nName: " + name + "\nVersion: " + version
        + "\nSummary: A lantern\nRequires-Python: >=3.8\n\nName: not this one\n";
  }

  private static void add(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }
}
