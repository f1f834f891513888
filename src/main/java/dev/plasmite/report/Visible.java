package dev.plasmite.report;

/**
 * Makes text from outside safe to look at: what would move the cursor, colour the terminal, turn the reading direction
 * or show nothing at all is written out as <code>&#92;u{1b}</code>. Letters of every script stay as they are.
 */
final class Visible {

  private Visible() {}

  /** On one line: line breaks are written out too. */
  static String line(String text) {
    return show(text, false);
  }

  /** With its line breaks, each as one {@code \n}. */
  static String lines(String text) {
    return show(text.replace("\r\n", "\n").replace('\r', '\n'), true);
  }

  /** On one line, shortened in its middle to at most so many code points; both ends of a file name tell something. */
  static String line(String text, int width) {
    int[] points = line(text).codePoints().toArray();
    if (points.length <= width) {
      return new String(points, 0, points.length);
    }
    int head = (width - 3) / 2;
    int tail = width - 3 - head;
    return new String(points, 0, head) + "..." + new String(points, points.length - tail, tail);
  }

  /** The text with U+FFFD in the place of every surrogate without its partner, so that it can be encoded. */
  static String wellFormed(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().forEach(c -> out.appendCodePoint(isSurrogate(c) ? 0xFFFD : c));
    return out.toString();
  }

  private static String show(String text, boolean keepBreaks) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (c == '\n' && keepBreaks) {
                out.append('\n');
              } else if (c == '\t') {
                out.append(' ');
              } else if (hides(c)) {
                out.append("\\u{").append(Integer.toHexString(c)).append('}');
              } else {
                out.appendCodePoint(c);
              }
            });
    return out.toString();
  }

  /** Control characters, and the Unicode categories that steer the display: format, separators, what is unpaired. */
  private static boolean hides(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR,
              Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }

  private static boolean isSurrogate(int c) {
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }
}
