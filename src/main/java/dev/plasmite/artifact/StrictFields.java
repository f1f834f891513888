package dev.plasmite.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import dev.plasmite.json.StrictJson;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One JSON object, read strictly: each field is asked for once, by type; what is missing, of another type or never asked
 * for becomes a finding, and so does a control character in a text. After a finding the values are placeholders: look at
 * the findings before using them.
 */
public final class StrictFields {

  private final JsonNode object;
  private final String path;
  private final Place place;
  private final List<Finding> findings;
  private final Set<String> asked = new LinkedHashSet<>();

  private StrictFields(JsonNode object, String path, Place place, List<Finding> findings) {
    this.object = object;
    this.path = path;
    this.place = place;
    this.findings = findings;
  }

  /**
   * Reads a document that must be one object.
   *
   * @param findings where this and all objects below it put what they find
   * @throws Refusal when the text is not strict JSON in UTF-8, or no object
   */
  public static StrictFields parse(byte[] utf8, Place place, List<Finding> findings) {
    JsonNode root;
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      root = StrictJson.mapper().readTree(text);
    } catch (CharacterCodingException e) {
      throw new Refusal(Finding.of("not UTF-8").at(place).remedy("make it again; it is damaged"));
    } catch (JsonProcessingException e) {
      Place where =
          e.getLocation() == null
              ? place
              : new Place(place.file(), e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      throw new Refusal(
          Finding.of("no valid JSON: " + Shown.text(e.getOriginalMessage())).at(where).remedy("mend it or make it again"));
    }
    if (!root.isObject()) {
      throw new Refusal(Finding.of("no JSON object").at(place).remedy("mend it or make it again"));
    }
    return new StrictFields(root, "", place, findings);
  }

  /** A text without control characters. */
  public String text(String name) {
    JsonNode value = field(name);
    if (value == null) {
      return "";
    }
    if (!value.isTextual()) {
      wrong(name, "a text", value);
      return "";
    }
    if (value.textValue().codePoints().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029)) {
      add("'" + path + name + "' has a control character in its value " + Shown.text(value.textValue()));
      return "";
    }
    return value.textValue();
  }

  /** A text, or nothing when the value is null. */
  public Optional<String> textOrNull(String name) {
    if (object.has(name) && object.get(name).isNull()) {
      asked.add(name);
      return Optional.empty();
    }
    return Optional.of(text(name));
  }

  /** A whole number that is not below {@code least}. */
  public long number(String name, long least, long most) {
    JsonNode value = field(name);
    if (value == null) {
      return least;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      wrong(name, "a whole number", value);
      return least;
    }
    if (value.longValue() < least || value.longValue() > most) {
      add("'" + path + name + "' is " + value.longValue() + ", which is not between " + least + " and " + most);
      return least;
    }
    return value.longValue();
  }

  /** True or false. */
  public boolean flag(String name) {
    JsonNode value = field(name);
    if (value != null && !value.isBoolean()) {
      wrong(name, "true or false", value);
    }
    return value != null && value.booleanValue();
  }

  /** An object below this one; one without any field when it is missing. */
  public Optional<StrictFields> object(String name) {
    JsonNode value = field(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isObject()) {
      wrong(name, "an object", value);
      return Optional.empty();
    }
    return Optional.of(new StrictFields(value, path + name + ".", place, findings));
  }

  /** A list of objects with at least one element. */
  public List<StrictFields> objects(String name) {
    List<StrictFields> out = new ArrayList<>();
    JsonNode value = field(name);
    if (value == null) {
      return out;
    }
    if (!value.isArray()) {
      wrong(name, "a list", value);
      return out;
    }
    if (value.isEmpty()) {
      add("'" + path + name + "' is an empty list");
    }
    for (int i = 0; i < value.size(); i++) {
      if (value.get(i).isObject()) {
        out.add(new StrictFields(value.get(i), path + name + "[" + i + "].", place, findings));
      } else {
        wrong(name + "[" + i + "]", "an object", value.get(i));
      }
    }
    return out;
  }

  /** Says that all fields were asked for: any other is a finding. */
  public void end() {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!asked.contains(name)) {
                add("unknown field " + Shown.text(path + name));
              }
            });
  }

  /** Adds a finding about a field of this object. */
  public void add(String what) {
    findings.add(Finding.of(what).at(place).remedy("mend it or make it again"));
  }

  /** Where this object stands in its document, with a dot at its end; empty for the document. */
  public String path() {
    return path;
  }

  private JsonNode field(String name) {
    asked.add(name);
    JsonNode value = object.get(name);
    if (value == null) {
      add("'" + path + name + "' is missing");
    }
    return value;
  }

  private void wrong(String name, String wanted, JsonNode value) {
    add("'" + path + name + "' must be " + wanted + ", not " + value.getNodeType().name().toLowerCase(java.util.Locale.ROOT));
  }
}
