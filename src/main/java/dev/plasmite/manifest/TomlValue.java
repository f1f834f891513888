package dev.plasmite.manifest;

import java.util.List;

/**
 * One scalar of a TOML document and where it stands.
 *
 * @param table the path of the table header it stands under; empty before the first
 * @param instance counts the table headers, so that the elements of an array of tables can be told apart
 * @param key its path below the header, through dotted keys and inline tables; {@code [n]} for an element of an array
 * @param string whether it is a string
 * @param text the characters between its quotes, as they stand
 * @param start offset of the first of them
 * @param end offset behind the last
 */
record TomlValue(List<String> table, int instance, List<String> key, boolean string, String text, int start, int end) {

  /** The last part of the key. */
  String name() {
    return key.get(key.size() - 1);
  }

  /** Whether this is the value of a table's own key. */
  boolean is(String... keys) {
    return key.equals(List.of(keys));
  }

  /** Whether the characters are the string itself, nothing escaped. */
  boolean plain() {
    return string && text.indexOf('\\') < 0 && text.indexOf('\n') < 0;
  }
}
