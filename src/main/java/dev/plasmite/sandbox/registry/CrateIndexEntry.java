package dev.plasmite.sandbox.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** One line of an index file, made from the metadata of an upload (Cargo book, "Index Format"). */
final class CrateIndexEntry {

  private CrateIndexEntry() {}

  static ObjectNode of(ObjectMapper json, ObjectNode metadata, String sha256) {
    ObjectNode entry = json.createObjectNode();
    entry.set("name", metadata.get("name"));
    entry.set("vers", metadata.get("vers"));
    ArrayNode deps = entry.putArray("deps");
    metadata.path("deps").forEach(dependency -> deps.add(dependency(json, dependency)));
    entry.put("cksum", sha256);
    ObjectNode features = entry.putObject("features");
    ObjectNode newer = json.createObjectNode();
    for (Map.Entry<String, JsonNode> feature : metadata.path("features").properties()) {
      (isNewer(feature.getValue()) ? newer : features).set(feature.getKey(), feature.getValue());
    }
    entry.put("yanked", false);
    copy(metadata, entry, "links");
    copy(metadata, entry, "rust_version");
    if (!newer.isEmpty()) {
      // Old cargos must not see this syntax, so it stands in a field they do not read.
      entry.set("features2", newer);
      entry.put("v", 2);
    }
    return entry;
  }

  private static ObjectNode dependency(ObjectMapper json, JsonNode published) {
    ObjectNode dependency = json.createObjectNode();
    JsonNode renamed = published.path("explicit_name_in_toml");
    dependency.set("name", renamed.isTextual() ? renamed : published.get("name"));
    dependency.set("req", published.get("version_req"));
    dependency.set("features", published.path("features").isArray() ? published.get("features") : json.createArrayNode());
    dependency.put("optional", published.path("optional").asBoolean());
    dependency.put("default_features", published.path("default_features").asBoolean(true));
    copy(published, dependency, "target");
    dependency.put("kind", published.path("kind").asText("normal"));
    copy(published, dependency, "registry");
    if (renamed.isTextual()) {
      dependency.set("package", published.get("name"));
    }
    return dependency;
  }

  private static boolean isNewer(JsonNode values) {
    for (JsonNode value : values) {
      if (value.asText().startsWith("dep:") || value.asText().contains("?/")) {
        return true;
      }
    }
    return false;
  }

  private static void copy(JsonNode from, ObjectNode to, String field) {
    if (from.path(field).isTextual()) {
      to.set(field, from.get(field));
    }
  }
}
