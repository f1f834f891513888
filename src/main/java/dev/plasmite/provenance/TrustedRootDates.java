package dev.plasmite.provenance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import dev.plasmite.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Since when each key of a trusted root is good ({@code trusted_root.json}, protobuf-specs of Sigstore): that must be said.
 * The library takes a key without a beginning for one that was always good.
 */
final class TrustedRootDates {

  private static final Place PLACE = Place.file("trusted root");

  private TrustedRootDates() {}

  /**
   * Demands a beginning for every key.
   *
   * @throws Refusal with every key that has none, or when it is no JSON
   */
  static void demand(byte[] trustedRoot) {
    JsonNode root;
    try {
      root = StrictJson.mapper().readTree(new String(trustedRoot, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new Refusal(finding("it is no valid JSON: " + e.getOriginalMessage()));
    }
    List<Finding> findings = new ArrayList<>();
    for (String list : List.of("tlogs", "ctlogs", "certificateAuthorities", "timestampAuthorities")) {
      JsonNode all = root.path(list);
      for (int i = 0; i < all.size(); i++) {
        JsonNode one = list.endsWith("logs") ? all.get(i).path("publicKey") : all.get(i);
        if (!one.path("validFor").path("start").isTextual()) {
          findings.add(finding(list + "[" + i + "] does not say since when it is valid"));
        }
      }
    }
    if (!findings.isEmpty()) {
      throw new Refusal(findings);
    }
  }

  private static Finding finding(String what) {
    return Finding.of(what).at(PLACE).remedy("take Sigstore's own: gh attestation trusted-root prints it");
  }
}
