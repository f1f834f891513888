package dev.plasmite.sandbox.registry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import dev.plasmite.artifact.Digests;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** The bodies that clients send, made by hand, so that they can be made wrong. */
final class Uploads {

  static final String BOUNDARY = "a-boundary";
  static final String FORM = "multipart/form-data; boundary=" + BOUNDARY;

  private Uploads() {}

  static byte[] crate(String name, String version, byte[] payload) {
    return crate(metadata(name, version), tarball(name + "-" + version + "/", "[package]\nname = \"" + name + "\"\nversion = \"" + version + "\"\n", payload));
  }

  static byte[] crate(String metadata, byte[] tarball) {
    byte[] json = metadata.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + tarball.length).order(ByteOrder.LITTLE_ENDIAN)
        .putInt(json.length).put(json).putInt(tarball.length).put(tarball).array();
  }

  static String metadata(String name, String version) {
    return "{\"name\":\"" + name + "\",\"vers\":\"" + version + "\",\"deps\":[],\"features\":{},\"description\":\"d\",\"license\":\"MIT\"}";
  }

  static byte[] tarball(String top, String manifest, byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
      add(tar, top + "Cargo.toml", manifest.getBytes(StandardCharsets.UTF_8));
      add(tar, top + "src/lib.rs", payload);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static byte[] linked(String top) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
      TarArchiveEntry link = new TarArchiveEntry(top + "link", TarArchiveEntry.LF_SYMLINK);
      link.setLinkName("/etc/passwd");
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void add(TarArchiveOutputStream tar, String name, byte[] bytes) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  static byte[] wheel(Path directory, String name, String version, byte[] payload) throws IOException {
    byte[] bytes = Files.readAllBytes(Distributions.wheel(directory, name, version, payload));
    return form(name, version, name + "-" + version + "-py3-none-any.whl", bytes, Digests.sha256(bytes));
  }

  static byte[] form(String name, String version, String file, byte[] bytes, String sha256) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    field(out, ":action", "file_upload");
    field(out, "protocol_version", "1");
    field(out, "metadata_version", "2.1");
    field(out, "name", name);
    field(out, "version", version);
    field(out, "filetype", "bdist_wheel");
    field(out, "sha256_digest", sha256);
    out.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"content\"; filename=\"" + file
        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n").getBytes(StandardCharsets.UTF_8));
    out.writeBytes(bytes);
    out.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  private static void field(ByteArrayOutputStream out, String name, String value) {
    out.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n")
        .getBytes(StandardCharsets.UTF_8));
  }
}
