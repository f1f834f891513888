package dev.plasmite.sandbox.registry;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.sandbox.loopback.Rejection;
import dev.plasmite.sandbox.loopback.Request;
import dev.plasmite.sandbox.loopback.StateDirectory;
import dev.plasmite.version.SemVer;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * What {@code npm publish} sends: one JSON document with the version's manifest and, in {@code _attachments}, the tarball
 * in base64. It is read as a stream; the tarball goes to disk as it comes. Closing drops what nobody kept.
 */
final class NpmUpload implements AutoCloseable {

  private record Attachment(StateDirectory.Received received, long declared) {}

  private final StateDirectory state;
  private final ObjectNode document;
  private final List<Attachment> attachments = new ArrayList<>();

  private NpmUpload(StateDirectory state) {
    this.state = state;
    this.document = state.json().createObjectNode();
  }

  /**
   * Receives and checks an upload.
   *
   * @throws Rejection 400 when it is not what npm sends, or claims digests that its bytes do not have
   */
  static NpmUpload receive(Request request, StateDirectory state, String name) throws IOException {
    NpmUpload upload = new NpmUpload(state);
    boolean good = false;
    try (JsonParser parser = state.json().getFactory().createParser(request.body())) {
      upload.read(parser);
      upload.check(name);
      good = true;
      return upload;
    } catch (JsonProcessingException e) {
      throw new Rejection(400, "invalid JSON: " + e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      // So the parser reports what is no base64.
      throw new Rejection(400, "an attachment is no base64");
    } catch (EOFException e) {
      throw new Rejection(400, "the document is cut off: " + e.getMessage());
    } finally {
      if (!good) {
        upload.close();
      }
    }
  }

  /** The version's manifest, with server-made digests in {@code dist} and without an address. */
  ObjectNode manifest() {
    return (ObjectNode) versions().getValue();
  }

  /** The version. */
  String version() {
    return versions().getKey();
  }

  /** The document around it. */
  ObjectNode document() {
    return document;
  }

  /** The tarball. */
  StateDirectory.Received tarball() {
    return attachments.get(0).received();
  }

  @Override
  public void close() throws IOException {
    for (Attachment attachment : attachments) {
      state.drop(attachment.received());
    }
  }

  private Map.Entry<String, JsonNode> versions() {
    return document.get("versions").properties().iterator().next();
  }

  private void read(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new Rejection(400, "invalid JSON: not an object");
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      parser.nextToken();
      if (!field.equals("_attachments")) {
        // The document goes on after this value, so what follows it is no trailing text.
        document.set(
            field, state.json().reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readTree(parser));
      } else if (parser.currentToken() == JsonToken.START_OBJECT) {
        readAttachments(parser);
      } else {
        throw new Rejection(400, "_attachments is no object");
      }
    }
    if (parser.nextToken() != null) {
      throw new Rejection(400, "invalid JSON: text after the document");
    }
  }

  private void readAttachments(JsonParser parser) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      StateDirectory.Received received = null;
      long declared = -1;
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new Rejection(400, "an attachment is no object");
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String field = parser.currentName();
        JsonToken value = parser.nextToken();
        if (field.equals("data") && value == JsonToken.VALUE_STRING && received == null) {
          received =
              state.receive(out -> parser.readBinaryValue(Base64Variants.MIME_NO_LINEFEEDS, out), "SHA-1", "SHA-512");
          attachments.add(new Attachment(received, -1));
        } else if (field.equals("length") && value == JsonToken.VALUE_NUMBER_INT) {
          declared = parser.getLongValue();
        } else {
          parser.skipChildren();
        }
      }
      if (received == null) {
        throw new Rejection(400, "an attachment has no data");
      }
      attachments.set(attachments.size() - 1, new Attachment(received, declared));
    }
  }

  private void check(String name) {
    if (!document.path("name").asText().equals(name)) {
      throw new Rejection(400, "the document's name is not that of the address");
    }
    if (!(document.path("versions") instanceof ObjectNode versions) || versions.size() != 1
        || !versions.iterator().next().isObject()) {
      throw new Rejection(400, "exactly one version must be published at a time");
    }
    String version = version();
    if (SemVer.tryParse(version).isEmpty() || !manifest().path("version").asText().equals(version)
        || !manifest().path("name").asText().equals(name)) {
      throw new Rejection(400, "invalid name or version in the manifest");
    }
    if (attachments.size() != 1) {
      throw new Rejection(400, "exactly one attachment must be sent");
    }
    Attachment attachment = attachments.get(0);
    if (attachment.declared() >= 0 && attachment.declared() != attachment.received().size()) {
      throw new Rejection(400, "the attachment has " + attachment.received().size() + " bytes, not the declared "
          + attachment.declared());
    }
    checkDigests();
  }

  private void checkDigests() {
    String sha1 = tarball().hex("SHA-1");
    byte[] sha512 = HexFormat.of().parseHex(tarball().hex("SHA-512"));
    String integrity = "sha512-" + Base64.getEncoder().encodeToString(sha512);
    ObjectNode dist =
        manifest().path("dist") instanceof ObjectNode claimed ? claimed : manifest().putObject("dist");
    String claimedSum = dist.path("shasum").asText(sha1);
    String claimedIntegrity = dist.path("integrity").asText(integrity);
    if (!claimedSum.equalsIgnoreCase(sha1)
        || (claimedIntegrity.startsWith("sha512-") && !List.of(claimedIntegrity.split("\\s+")).contains(integrity))) {
      throw new Rejection(400, "the tarball's digests are not the claimed ones: " + sha1 + ", " + integrity);
    }
    dist.put("shasum", sha1);
    dist.put("integrity", integrity);
    dist.remove("tarball");
  }
}
