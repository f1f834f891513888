package dev.plasmite.artifact;

/** Text from outside as a message may show it: quoted, cut, control characters and other scripts as escapes. */
public final class Shown {

  private static final int LONGEST = 120;

  private Shown() {}

  /** The text, so that no log line can be forged by it. */
  public static String text(String text) {
    if (text == null) {
      return "(nothing)";
    }
    StringBuilder out = new StringBuilder("'");
    text.codePoints()
        .limit(LONGEST)
        .forEach(
            c -> {
              if (c >= 0x20 && c < 0x7f) {
                out.append((char) c);
              } else {
                out.append(String.format("\\u%04x", c));
              }
            });
    return out.append(text.codePointCount(0, text.length()) > LONGEST ? "...'" : "'").toString();
  }
}
