package dev.plasmite.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of a TOML document, by our scanner and by Jackson's TOML reader. Both name a value by its path, in which
 * elements of arrays have no number, and count the values of one path: the document's order is the same to both.
 */
final class TomlLeaves {

  /** Costly to make, and safe to share: Jackson's mappers are, once they are made. */
  private final TomlMapper library = new TomlMapper();

  List<Leaf> positioned(TextFile file) throws SyntaxException {
    Leaves leaves = new Leaves();
    for (TomlValue value : TomlScanner.scan(file)) {
      StringBuilder path = new StringBuilder();
      value.table().forEach(part -> path.append('/').append(part));
      for (String part : value.key()) {
        if (!part.startsWith("[")) {
          path.append('/').append(part);
        }
      }
      leaves.add(path.toString(), value.text(), value.start(), value.end(), value.plain());
    }
    return leaves.all;
  }

  List<Leaf> read(TextFile file) throws SyntaxException {
    try {
      Leaves leaves = new Leaves();
      node(library.readTree(file.text().substring(file.begin())), "", leaves);
      return leaves.all;
    } catch (JsonProcessingException e) {
      throw new SyntaxException(e.getOriginalMessage().replaceAll("\\s+", " "), file.begin());
    }
  }

  private static void node(JsonNode node, String path, Leaves leaves) {
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        node(field.getValue(), path + "/" + field.getKey(), leaves);
      }
    } else if (node.isArray()) {
      node.forEach(element -> node(element, path, leaves));
    } else {
      leaves.add(path, node.asText(), -1, -1, false);
    }
  }

  private static final class Leaves {
    private final List<Leaf> all = new ArrayList<>();
    private final Map<String, Integer> seen = new HashMap<>();

    void add(String path, String value, int start, int end, boolean plain) {
      int number = seen.merge(path, 1, Integer::sum);
      all.add(new Leaf(number == 1 ? path : path + "#" + number, value, start, end, plain));
    }
  }
}
