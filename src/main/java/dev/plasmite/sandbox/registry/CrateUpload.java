package dev.plasmite.sandbox.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.sandbox.loopback.Rejection;
import dev.plasmite.sandbox.loopback.Request;
import dev.plasmite.sandbox.loopback.StateDirectory;
import dev.plasmite.version.SemVer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;

/** Reads what {@code cargo publish} sends: two length-prefixed parts, metadata and crate file (Cargo book, "Publish"). */
final class CrateUpload {

  private static final int MAX_METADATA = 4 << 20;
  private static final long MAX_UNPACKED = 512L << 20;
  private static final int MAX_MANIFEST = 1 << 20;
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

  /** One upload: the metadata, and the crate file that is nowhere yet; closing drops it when nobody kept it. */
  record Upload(StateDirectory state, ObjectNode metadata, StateDirectory.Received crate) implements AutoCloseable {

    String name() {
      return metadata.path("name").asText();
    }

    String version() {
      return metadata.path("vers").asText();
    }

    @Override
    public void close() throws IOException {
      state.drop(crate);
    }
  }

  private final StateDirectory state;
  private final long maxUpload;

  CrateUpload(StateDirectory state, long maxUpload) {
    this.state = state;
    this.maxUpload = maxUpload;
  }

  /**
   * Receives and checks an upload.
   *
   * @throws Rejection when crates.io would refuse it whatever it holds already
   */
  Upload receive(Request request) throws IOException {
    InputStream body = request.body();
    if (request.contentLength().orElse(0L) > maxUpload) {
      throw tooLarge();
    }
    ObjectNode metadata;
    StateDirectory.Received crate;
    try {
      long metadataLength = length(body);
      if (metadataLength > MAX_METADATA) {
        throw new Rejection(400, "metadata length " + metadataLength + " is larger than " + MAX_METADATA);
      }
      byte[] bytes = body.readNBytes((int) metadataLength);
      if (bytes.length < metadataLength) {
        throw new EOFException();
      }
      metadata = metadata(bytes);
      long crateLength = length(body);
      if (crateLength > maxUpload) {
        throw tooLarge();
      }
      crate = state.receive(new Bounded(body, crateLength), "SHA-256");
      if (crate.size() < crateLength) {
        state.drop(crate);
        throw new EOFException();
      }
    } catch (EOFException e) {
      throw new Rejection(400, "invalid upload: the body is shorter than its lengths say");
    }
    Upload upload = new Upload(state, metadata, crate);
    try {
      if (body.read() >= 0) {
        throw new Rejection(400, "invalid upload: the body is longer than its lengths say");
      }
      checkTarball(upload);
      return upload;
    } catch (IOException | RuntimeException e) {
      upload.close();
      throw e;
    }
  }

  /** The logins in the body of an owners request. */
  static List<String> logins(ObjectMapper json, byte[] body) throws IOException {
    JsonNode users;
    try {
      users = json.readTree(body).path("users");
    } catch (JsonProcessingException e) {
      throw new Rejection(400, "invalid json request");
    }
    List<String> logins = new ArrayList<>();
    users.forEach(user -> logins.add(user.asText()));
    if (logins.isEmpty() || logins.stream().anyMatch(login -> !login.matches("[A-Za-z0-9:_-]{1,80}"))) {
      throw new Rejection(400, "invalid json request: users");
    }
    return logins;
  }

  private Rejection tooLarge() {
    return new Rejection(413, "max upload size is: " + maxUpload);
  }

  private ObjectNode metadata(byte[] bytes) throws IOException {
    JsonNode node;
    try {
      node = state.json().readTree(bytes);
    } catch (JsonProcessingException e) {
      throw new Rejection(400, "invalid upload request: " + e.getOriginalMessage());
    }
    if (!(node instanceof ObjectNode metadata)) {
      throw new Rejection(400, "invalid upload request: not a JSON object");
    }
    String name = metadata.path("name").asText();
    if (!NAME.matcher(name).matches()) {
      throw new Rejection(
          400,
          "invalid crate name: crate names start with a letter, contain only letters, numbers, `-` or `_`, and have at"
              + " most 64 characters");
    }
    if (SemVer.tryParse(metadata.path("vers").asText()).isEmpty()) {
      throw new Rejection(400, "\"" + shown(metadata.path("vers").asText()) + "\" is an invalid semver version");
    }
    List<String> missing = new ArrayList<>();
    if (metadata.path("description").asText("").isBlank()) {
      missing.add("description");
    }
    if (metadata.path("license").asText("").isBlank() && metadata.path("license_file").asText("").isBlank()) {
      missing.add("license");
    }
    if (!missing.isEmpty()) {
      throw new Rejection(400, "missing or empty metadata fields: " + String.join(", ", missing)
          + ". Please see the Cargo book for more information on configuring these fields");
    }
    for (JsonNode dependency : metadata.path("deps")) {
      if (!NAME.matcher(dependency.path("name").asText()).matches() || !dependency.path("version_req").isTextual()) {
        throw new Rejection(400, "invalid dependency: " + shown(dependency.path("name").asText()));
      }
    }
    return metadata;
  }

  /** Only files and directories below {@code name-version/}, and a manifest that says the same as the metadata. */
  private static void checkTarball(Upload upload) throws IOException {
    String top = upload.name() + "-" + upload.version() + "/";
    boolean manifest = false;
    long unpacked = 0;
    try (InputStream file = Files.newInputStream(upload.crate().file());
        GzipCompressorInputStream gzip = new GzipCompressorInputStream(file);
        TarArchiveInputStream tar = new TarArchiveInputStream(gzip)) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpacked += Math.max(0, entry.getSize());
        if (unpacked > MAX_UNPACKED) {
          throw new Rejection(413, "uploaded tarball is malformed or too large when decompressed");
        }
        String name = entry.getName();
        if (!name.startsWith(top) || List.of(name.split("/")).contains("..")) {
          throw new Rejection(400, "invalid path found: " + shown(name));
        }
        if (!entry.isFile() && !entry.isDirectory()) {
          throw new Rejection(400, "unexpected symlink or hard link found: " + shown(name));
        }
        if (name.toLowerCase(Locale.ROOT).equals(top.toLowerCase(Locale.ROOT) + "cargo.toml")) {
          checkManifest(upload, tar.readNBytes(MAX_MANIFEST));
          manifest = true;
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new Rejection(400, "uploaded tarball is malformed or too large when decompressed");
    }
    if (!manifest) {
      throw new Rejection(400, "uploaded tarball is missing a `Cargo.toml` manifest file");
    }
  }

  private static void checkManifest(Upload upload, byte[] bytes) {
    TomlParseResult toml = Toml.parse(new String(bytes, StandardCharsets.UTF_8));
    if (toml.hasErrors() || !(toml.get("package.name") instanceof String name)
        || !(toml.get("package.version") instanceof String version)) {
      throw new Rejection(400, "failed to parse `Cargo.toml` manifest file");
    }
    if (!name.equals(upload.name()) || !version.equals(upload.version())) {
      throw new Rejection(
          400,
          "metadata does not match the manifest file: " + upload.name() + " " + upload.version() + " and "
              + shown(name) + " " + shown(version));
    }
  }

  private static long length(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(4);
    if (bytes.length < 4) {
      throw new EOFException();
    }
    return Integer.toUnsignedLong(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt());
  }

  private static String shown(String text) {
    String clean = text.replaceAll("\\p{Cntrl}", "?");
    return clean.length() > 120 ? clean.substring(0, 120) + "..." : clean;
  }
}
