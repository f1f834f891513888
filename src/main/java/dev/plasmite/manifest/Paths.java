package dev.plasmite.manifest;

import java.util.ArrayDeque;
import java.util.Deque;

/** Paths relative to the repository, as git writes them: with {@code /}, the root being empty. */
final class Paths {

  private Paths() {}

  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  static String join(String directory, String relative) {
    return directory.isEmpty() ? relative : relative.isEmpty() ? directory : directory + "/" + relative;
  }

  /** Resolves {@code .} and {@code ..}; null when it leaves the repository. */
  static String resolve(String directory, String relative) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : (directory + "/" + relative.replace('\\', '/')).split("/")) {
      if (part.equals("..")) {
        if (parts.pollLast() == null) {
          return null;
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return String.join("/", parts);
  }
}
