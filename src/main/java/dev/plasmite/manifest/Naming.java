package dev.plasmite.manifest;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How the files of a format are called; capital and small letters are told apart by the format.
 *
 * @param names whole names, without directory
 * @param endings what other names end with, with the dot: {@code .gradle.kts}
 * @param beginning what those begin with
 */
record Naming(Set<String> names, Set<String> endings, String beginning) {

  static Naming named(String... names) {
    return new Naming(Set.of(names), Set.of(), "");
  }

  static Naming ending(String... endings) {
    return new Naming(Set.of(), Set.of(endings), "");
  }

  boolean covers(String name) {
    return names.contains(name) || name.startsWith(beginning) && endings.stream().anyMatch(name::endsWith);
  }

  /** What a name is looked up by: a whole name, or what stands from its last dot on; in small letters. */
  Stream<String> keys() {
    return Stream.concat(names.stream().map(Naming::key), endings.stream().map(Naming::extension));
  }

  static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Empty when there is no dot. */
  static String extension(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : key(name.substring(dot));
  }
}
