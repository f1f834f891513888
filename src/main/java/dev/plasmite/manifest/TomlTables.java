package dev.plasmite.manifest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a TOML document has defined so far, so that nothing stands twice. */
final class TomlTables {

  private final Set<String> defined = new HashSet<>();
  private final Set<String> headers = new HashSet<>();
  private final Set<String> arrays = new HashSet<>();
  private final List<List<String>> arrayPaths = new ArrayList<>();
  private final List<Integer> arrayInstances = new ArrayList<>();

  /**
   * Opens a table.
   *
   * @param instance the number of the header in the document
   * @param at where it stands
   * @return the scope of the keys below it
   */
  String open(List<String> path, boolean array, int instance, int at) throws SyntaxException {
    String name = join("", path);
    if (array) {
      if (headers.contains(name) || defined.contains(name)) {
        throw new SyntaxException("table " + String.join(".", path) + " is no array of tables", at);
      }
      arrays.add(name);
      current(path, instance);
      return name + "#" + instance;
    }
    // Below an element of an array of tables the same header may come again, once an element.
    String scope = owner(path) + name;
    if (!headers.add(scope) || arrays.contains(name) || defined.contains(name)) {
      throw new SyntaxException("table " + String.join(".", path) + " stands twice", at);
    }
    return scope;
  }

  /** Defines a key in a scope; returns its full name, the scope of what is in it. */
  String define(String scope, List<String> key, int at) throws SyntaxException {
    String name = scope;
    for (int i = 0; i < key.size(); i++) {
      name = name + '\u0001' + key.get(i);
      if (i < key.size() - 1 && defined.contains(name)) {
        throw new SyntaxException(String.join(".", key.subList(0, i + 1)) + " is no table", at);
      }
    }
    if (!defined.add(name) || headers.contains(name)) {
      throw new SyntaxException("key " + String.join(".", key) + " stands twice", at);
    }
    return name;
  }

  private void current(List<String> path, int instance) {
    int known = arrayPaths.indexOf(path);
    if (known >= 0) {
      arrayInstances.set(known, instance);
    } else {
      arrayPaths.add(path);
      arrayInstances.add(instance);
    }
  }

  private String owner(List<String> path) {
    int depth = 0;
    String owner = "";
    for (int i = 0; i < arrayPaths.size(); i++) {
      List<String> array = arrayPaths.get(i);
      if (path.size() > array.size() && array.size() > depth && path.subList(0, array.size()).equals(array)) {
        depth = array.size();
        owner = "#" + arrayInstances.get(i) + " ";
      }
    }
    return owner;
  }

  private static String join(String before, List<String> path) {
    StringBuilder out = new StringBuilder(before);
    for (String part : path) {
      out.append('\u0001').append(part);
    }
    return out.toString();
  }
}
