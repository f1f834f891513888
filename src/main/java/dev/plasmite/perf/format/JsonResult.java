package dev.plasmite.perf.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plasmite.json.StrictJson;
import java.util.OptionalDouble;

/** Reads JSON results with messages that say what was expected. */
final class JsonResult {

  private final ObjectMapper mapper = StrictJson.mapper();

  /** The whole text as one JSON document. */
  JsonNode parse(String given) {
    String text = given.startsWith("\uFEFF") ? given.substring(1) : given; // as some tools on Windows write it
    if (text.isBlank()) {
      throw new UnreadableResult("nothing was printed");
    }
    try {
      return mapper.readTree(text);
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      throw new UnreadableResult(
          "not JSON" + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr()) + ": "
              + e.getOriginalMessage());
    }
  }

  /** A member that must be a list. */
  static JsonNode list(JsonNode of, String name) {
    JsonNode node = of.path(name);
    if (!node.isArray()) {
      throw new UnreadableResult("no list '" + name + "'");
    }
    return node;
  }

  /** A member that must be a number. */
  static double number(JsonNode of, String name, String where) {
    JsonNode node = of.path(name);
    if (!node.isNumber()) {
      throw new UnreadableResult(where + " has no number '" + name + "'");
    }
    return node.doubleValue();
  }

  /**
   * A member that may be left out, or null.
   *
   * @throws UnreadableResult when it is something else than a number
   */
  static OptionalDouble optional(JsonNode of, String name, String where) {
    return of.path(name).isMissingNode() || of.path(name).isNull()
        ? OptionalDouble.empty() : OptionalDouble.of(number(of, name, where));
  }

  /** A member that must be text. */
  static String text(JsonNode of, String name, String where) {
    JsonNode node = of.path(name);
    if (!node.isTextual() || node.textValue().isBlank()) {
      throw new UnreadableResult(where + " has no text '" + name + "'");
    }
    return node.textValue();
  }
}
