package dev.plasmite.candidate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.artifact.Digests;
import dev.plasmite.gate.Receipt;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.Verdict;
import dev.plasmite.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A gate's receipt as it travels with its commit: one line of JSON that ends with the digest of all before it, so that
 * a line that was changed by hand is no evidence.
 *
 * @param receipt the verdict, what it is bound to, and what it proved
 * @param toolVersion the version of this plugin that gave it
 * @param host what tells the machine from others, for gates that measure: processor, system, never a name
 * @param recorded when
 */
public record Evidence(Receipt receipt, String toolVersion, String host, Instant recorded) {

  private static final String DIGEST = "sha256";

  /** The line, without its end; the same evidence has the same bytes. */
  public String line() {
    ObjectMapper mapper = StrictJson.mapper();
    ObjectNode node = mapper.createObjectNode().put("format", 1).put("gate", receipt.stage().id());
    node.put("verdict", receipt.verdict().id()).put("version", receipt.binding().version());
    node.put("commit", receipt.binding().commit()).put("mode", receipt.binding().mode());
    node.put("configuration", receipt.binding().configuration());
    ObjectNode proof = node.putObject("proof");
    receipt.proof().forEach(proof::put);
    node.put("tool", toolVersion).put("host", host).put("recorded", recorded.toString());
    return node.put(DIGEST, digest(node)).toString();
  }

  /**
   * Reads a line.
   *
   * @return nothing when it is not exactly a line as {@link #line} writes it
   */
  public static Optional<Evidence> parse(String line) {
    try {
      JsonNode read = StrictJson.mapper().readTree(line);
      if (!(read instanceof ObjectNode node) || node.path("format").asInt() != 1 || !node.path("proof").isObject()) {
        return Optional.empty();
      }
      Map<String, String> proof = new TreeMap<>();
      node.get("proof").properties().forEach(e -> proof.put(e.getKey(), e.getValue().asText()));
      Optional<StageName> gate =
          Arrays.stream(StageName.values()).filter(s -> s.id().equals(text(node, "gate"))).findFirst();
      Optional<Verdict> verdict =
          Arrays.stream(Verdict.values()).filter(v -> v.id().equals(text(node, "verdict"))).findFirst();
      if (gate.isEmpty() || verdict.isEmpty()) {
        return Optional.empty();
      }
      Receipt.Binding binding =
          new Receipt.Binding(
              text(node, "version"), text(node, "commit"), text(node, "mode"), text(node, "configuration"));
      Evidence evidence =
          new Evidence(
              new Receipt(gate.get(), verdict.get(), binding, proof),
              text(node, "tool"),
              text(node, "host"),
              Instant.parse(text(node, "recorded")));
      // Whatever was changed, added or moved: what is written from what was read is then another line.
      return evidence.line().equals(line) ? Optional.of(evidence) : Optional.empty();
    } catch (JsonProcessingException | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText("");
  }

  private static String digest(ObjectNode node) {
    return Digests.sha256(node.toString().getBytes(StandardCharsets.UTF_8));
  }
}
