package dev.plasmite.manifest;

/**
 * One value of a document.
 *
 * @param id which value it is: its path, and its line (TOML) or its number in the document (XML, JSON)
 * @param value what it says
 * @param start offset of its first character in the file's text; -1 where that is not known
 * @param end offset behind its last character; -1 where that is not known
 * @param plain whether the characters between are the value itself, nothing escaped, so that another reader must say the same
 */
record Leaf(String id, String value, int start, int end, boolean plain) {

  Leaf(String id, String value) {
    this(id, value, -1, -1, false);
  }
}
