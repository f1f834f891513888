package dev.plasmite.artifact;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import dev.plasmite.json.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A signed envelope as the DSSE specification 1.0 (secure-systems-lab) defines it, with exactly one signature.
 *
 * @param payloadType media type of the payload
 * @param payload the signed bytes
 * @param keyId a hint which key signed; proves nothing
 * @param signature over the pre-authentication encoding, ASN.1 DER
 */
public record Dsse(String payloadType, byte[] payload, String keyId, byte[] signature) {

  /** The payload type of an in-toto statement. */
  public static final String IN_TOTO = "application/vnd.in-toto+json";

  /** Signs a payload. */
  public static Dsse sign(String payloadType, byte[] payload, LocalKey key) {
    try {
      return new Dsse(payloadType, payload, LocalKey.id(key.publicKey()), key.sign(encoding(payloadType, payload)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a P-256 key of this JDK can sign", e);
    }
  }

  /** Whether the key signed this very payload and payload type. */
  public boolean signedBy(PublicKey key) {
    try {
      return LocalKey.verify(key, encoding(payloadType, payload), signature);
    } catch (GeneralSecurityException e) {
      return false; // a key of another kind did not sign it
    }
  }

  /** The envelope as JSON, UTF-8, one trailing newline. */
  public byte[] json() {
    ObjectMapper mapper = StrictJson.mapper();
    ObjectNode root = mapper.createObjectNode();
    root.put("payloadType", payloadType).put("payload", Base64.getEncoder().encodeToString(payload));
    root.putArray("signatures").addObject().put("keyid", keyId).put("sig", Base64.getEncoder().encodeToString(signature));
    try {
      return (mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError("a tree in memory can be written", e);
    }
  }

  /**
   * Reads an envelope; whether its signature is good is not judged here.
   *
   * @throws Refusal with all that is wrong in it
   */
  public static Dsse parse(byte[] json, Place place) {
    List<Finding> findings = new ArrayList<>();
    StrictFields root = StrictFields.parse(json, place, findings);
    String type = root.text("payloadType");
    byte[] payload = base64(root, "payload");
    List<StrictFields> signatures = root.objects("signatures");
    if (signatures.size() != 1) {
      root.add("'signatures' must hold exactly one signature, not " + signatures.size());
    }
    String keyId = "";
    byte[] signature = new byte[0];
    for (StrictFields one : signatures) {
      keyId = one.text("keyid");
      signature = base64(one, "sig");
      one.end();
    }
    root.end();
    if (!findings.isEmpty()) {
      throw new Refusal(findings);
    }
    return new Dsse(type, payload, keyId, signature);
  }

  /** What is signed (PAE in the specification): type and payload with their lengths, so that neither can be shifted. */
  private static byte[] encoding(String type, byte[] payload) {
    byte[] typeBytes = type.getBytes(StandardCharsets.UTF_8);
    byte[] head =
        ("DSSEv1 " + typeBytes.length + " " + type + " " + payload.length + " ").getBytes(StandardCharsets.UTF_8);
    byte[] all = java.util.Arrays.copyOf(head, head.length + payload.length);
    System.arraycopy(payload, 0, all, head.length, payload.length);
    return all;
  }

  private static byte[] base64(StrictFields object, String name) {
    try {
      return Base64.getDecoder().decode(object.text(name));
    } catch (IllegalArgumentException e) {
      object.add("'" + object.path() + name + "' is no base64");
      return new byte[0];
    }
  }
}
