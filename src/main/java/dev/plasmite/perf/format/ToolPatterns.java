package dev.plasmite.perf.format;

/** Regular expressions as the engines of Go, Rust and Java all read them. */
final class ToolPatterns {

  private ToolPatterns() {}

  /** A text that stands for itself. */
  static String quoted(String text) {
    return text.replaceAll("[\\\\.+*?()|\\[\\]{}^$]", "\\\\$0");
  }
}
