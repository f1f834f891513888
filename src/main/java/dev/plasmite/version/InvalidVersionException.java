package dev.plasmite.version;

/** A text that was given as a version is none. The message is a sentence for the maintainer. */
public final class InvalidVersionException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  InvalidVersionException(String text) {
    super(
        "not a version: " + shown(text) + ". A version is MAJOR.MINOR.PATCH in SemVer 2.0, such as 1.2.0 or 1.2.0-rc.1,"
            + " at most " + SemVer.MAX_LENGTH + " characters, without a leading v");
  }

  /** Control characters and other scripts are shown as escapes, so that a log line cannot be forged by a version. */
  private static String shown(String text) {
    if (text == null) {
      return "(nothing)";
    }
    StringBuilder out = new StringBuilder("'");
    text.codePoints()
        .limit(80)
        .forEach(
            c -> {
              if (c >= 0x20 && c < 0x7f) {
                out.append((char) c);
              } else {
                out.append(String.format("\\u%04x", c));
              }
            });
    return out.append(text.length() > 80 ? "...'" : "'").toString();
  }
}
