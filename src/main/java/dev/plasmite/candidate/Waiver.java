package dev.plasmite.candidate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.artifact.Digests;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.StageName;
import dev.plasmite.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A person's decision to release in spite of a gate, for one commit and one version. It is kept in the notes of that
 * commit, so it ends with it: any further commit needs its own. A line of JSON that ends with its digest, as
 * {@link Evidence} is.
 *
 * @param gate the gate that did not pass
 * @param version the release
 * @param commit the candidate, 40 hex digits
 * @param person who decided it
 * @param reason why
 * @param recorded when
 */
public record Waiver(
    StageName gate, String version, String commit, String person, String reason, Instant recorded) {

  /**
   * A waiver.
   *
   * @throws Refusal when person or reason say nothing: one finding each
   */
  public Waiver {
    List<Finding> missing = new ArrayList<>();
    if (person.isBlank()) {
      missing.add(Finding.of("a waiver of gate " + gate.id() + " names nobody").remedy("name who decided it"));
    }
    if (reason.isBlank()) {
      missing.add(Finding.of("a waiver of gate " + gate.id() + " gives no reason").remedy("say why"));
    }
    if (!missing.isEmpty()) {
      throw new Refusal(missing);
    }
  }

  /** The line, without its end. */
  public String line() {
    ObjectMapper mapper = StrictJson.mapper();
    ObjectNode node = mapper.createObjectNode().put("format", 1).put("waiver", gate.id());
    node.put("version", version).put("commit", commit).put("person", person).put("reason", reason);
    node.put("recorded", recorded.toString());
    return node.put("sha256", Digests.sha256(node.toString().getBytes(StandardCharsets.UTF_8))).toString();
  }

  /** Reads a line; nothing when it is not exactly a line as {@link #line} writes it. */
  public static Optional<Waiver> parse(String line) {
    try {
      JsonNode node = StrictJson.mapper().readTree(line);
      String gate = node == null ? "" : node.path("waiver").asText("");
      Optional<StageName> stage = Arrays.stream(StageName.values()).filter(s -> s.id().equals(gate)).findFirst();
      if (stage.isEmpty() || text(node, "person").isBlank() || text(node, "reason").isBlank()) {
        return Optional.empty();
      }
      Waiver waiver =
          new Waiver(
              stage.get(),
              text(node, "version"),
              text(node, "commit"),
              text(node, "person"),
              text(node, "reason"),
              Instant.parse(text(node, "recorded")));
      return waiver.line().equals(line) ? Optional.of(waiver) : Optional.empty();
    } catch (JsonProcessingException | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText("");
  }
}
