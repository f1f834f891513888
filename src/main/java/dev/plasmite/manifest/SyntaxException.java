package dev.plasmite.manifest;

/** A manifest is not of its format. */
final class SyntaxException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int offset;

  /**
   * What is wrong, and where.
   *
   * @param offset offset of the character in the file's text
   */
  SyntaxException(String message, int offset) {
    super(message, null, false, false);
    this.offset = offset;
  }

  int offset() {
    return offset;
  }
}
