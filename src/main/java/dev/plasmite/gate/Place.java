package dev.plasmite.gate;

/**
 * Where a finding is.
 *
 * @param file a path with {@code /}, relative to the repository; or the name of a run, tag or parameter
 * @param line from 1; 0 when the whole file is meant
 * @param column from 1, in UTF-16 units as editors count; 0 when the whole line is meant
 */
public record Place(String file, int line, int column) {

  /** The file as a whole. */
  public static Place file(String file) {
    return new Place(file, 0, 0);
  }

  @Override
  public String toString() {
    return file + (line > 0 ? ":" + line + (column > 0 ? ":" + column : "") : "");
  }
}
