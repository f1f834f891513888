package dev.plasmite.manifest;

import java.util.ArrayList;
import java.util.List;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * The values of a TOML document, by our scanner and by tomlj. Both name a value by the line of its key and its path,
 * in which elements of arrays have no number: the line tells them apart.
 */
final class TomlLeaves {

  private TomlLeaves() {}

  static List<Leaf> positioned(TextFile file) throws SyntaxException {
    List<Leaf> leaves = new ArrayList<>();
    for (TomlValue value : TomlScanner.scan(file)) {
      StringBuilder id = new StringBuilder().append(file.place(value.start()).line());
      value.table().forEach(part -> id.append('/').append(part));
      for (String part : value.key()) {
        if (!part.startsWith("[")) {
          id.append('/').append(part);
        }
      }
      leaves.add(new Leaf(id.toString(), value.text(), value.start(), value.end()));
    }
    return leaves;
  }

  static List<Leaf> read(TextFile file) throws SyntaxException {
    TomlParseResult document = Toml.parse(file.text().substring(file.begin()));
    if (document.hasErrors()) {
      TomlParseError first = document.errors().get(0);
      throw new SyntaxException("line " + first.position().line() + ": " + first.getMessage(), file.begin());
    }
    List<Leaf> leaves = new ArrayList<>();
    table(document, "", leaves);
    return leaves;
  }

  private static void table(TomlTable table, String above, List<Leaf> leaves) {
    for (String key : table.keySet()) {
      List<String> path = List.of(key);
      value(table.get(path), above + "/" + key, table.inputPositionOf(path).line(), leaves);
    }
  }

  private static void value(Object value, String path, int line, List<Leaf> leaves) {
    if (value instanceof TomlTable table) {
      table(table, path, leaves);
    } else if (value instanceof TomlArray array) {
      for (int i = 0; i < array.size(); i++) {
        value(array.get(i), path, array.inputPositionOf(i).line(), leaves);
      }
    } else {
      leaves.add(new Leaf(line + path, String.valueOf(value)));
    }
  }
}
