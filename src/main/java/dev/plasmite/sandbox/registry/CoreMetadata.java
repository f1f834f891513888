package dev.plasmite.sandbox.registry;

import dev.plasmite.sandbox.loopback.Rejection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * The metadata inside a wheel ({@code *.dist-info/METADATA}) or sdist ({@code PKG-INFO}) (core metadata specification).
 *
 * @param bytes the file as it is in the distribution
 * @param headers its fields up to the description, by lower-case name, the first of each
 */
record CoreMetadata(byte[] bytes, Map<String, String> headers) {

  private static final int MAX = 8 << 20;

  /** Reads it out of a distribution, or refuses the file. */
  static CoreMetadata of(Path file, DistributionFile name) throws IOException {
    byte[] bytes;
    try {
      bytes = name.wheel() || name.file().endsWith(".zip") ? fromZip(file, name.wheel()) : fromTar(file);
    } catch (ZipException | IllegalArgumentException e) {
      throw new Rejection(400, "Invalid distribution file.");
    }
    if (bytes == null) {
      throw new Rejection(400, "Invalid distribution file. " + (name.wheel() ? "METADATA" : "PKG-INFO") + " not found");
    }
    return new CoreMetadata(bytes, headers(new String(bytes, StandardCharsets.UTF_8)));
  }

  /** Whether it is of this project and version, both normalized. */
  boolean is(String project, String version) {
    return PyPiShelf.normalized(field("name")).equals(project)
        && PythonVersion.normal(field("version")).equals(version);
  }

  /** One field, empty when it is not there. */
  String field(String name) {
    return headers.getOrDefault(name, "");
  }

  /** Name and version, for a message. */
  String shown() {
    return (field("name") + " " + field("version")).replaceAll("[^ -~]", "?");
  }

  private static byte[] fromZip(Path file, boolean wheel) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (Enumeration<? extends ZipEntry> e = zip.entries(); e.hasMoreElements(); ) {
        ZipEntry entry = e.nextElement();
        if (entry.getName().matches(wheel ? "[^/]+\\.dist-info/METADATA" : "[^/]+/PKG-INFO")) {
          try (InputStream in = zip.getInputStream(entry)) {
            return in.readNBytes(MAX);
          }
        }
      }
      return null;
    }
  }

  private static byte[] fromTar(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        GzipCompressorInputStream gzip = new GzipCompressorInputStream(in);
        TarArchiveInputStream tar = new TarArchiveInputStream(gzip)) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.isFile() && entry.getName().matches("[^/]+/PKG-INFO")) {
          return tar.readNBytes(MAX);
        }
      }
      return null;
    } catch (IOException e) {
      // The file was just written here, so what cannot be read is the archive.
      throw new IllegalArgumentException(e);
    }
  }

  private static Map<String, String> headers(String text) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line : text.split("\r?\n")) {
      int colon = line.indexOf(':');
      if (line.isEmpty()) {
        break;
      }
      if (colon > 0 && !Character.isWhitespace(line.charAt(0))) {
        headers.putIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    return headers;
  }
}
