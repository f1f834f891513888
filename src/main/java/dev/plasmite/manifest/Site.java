package dev.plasmite.manifest;

import dev.plasmite.gate.Place;
import dev.plasmite.version.Spelling;

/**
 * One place in a manifest that says a version.
 *
 * @param place file, line and column of its first character
 * @param start offset of its first character in the file's text
 * @param end offset behind its last character
 * @param text what stands there, without quotes
 * @param why what it is, for people: {@code package version}, {@code requirement of lantern-core}
 * @param spelling how the ecosystem writes a version
 * @param form whether the text is a version or a requirement around one
 * @param whole the version of which this is a part; the text itself where it says all of it
 */
public record Site(Place place, int start, int end, String text, String why, Spelling spelling, Form form, String whole)
    implements Comparable<Site> {

  /** By file, then by place in it. */
  @Override
  public int compareTo(Site other) {
    int c = place.file().compareTo(other.place.file());
    return c != 0 ? c : Integer.compare(start, other.start);
  }

  /** What the text is. */
  public enum Form {
    /** The version itself. */
    VERSION,
    /** A requirement such as {@code ^1.2.0}, {@code =1.2.0}, {@code 1.2}: operator and precision are kept. */
    REQUIREMENT
  }

  /** Whether this is one number of a version, and the others are not known. */
  boolean isPartAlone() {
    return spelling.isPart() && whole.equals(text);
  }

  static Site of(TextFile file, int start, int end, String why, Spelling spelling, Form form) {
    String text = file.text().substring(start, end);
    return new Site(file.place(start), start, end, text, why, spelling, form, text);
  }

  /** One number of a version that is composed of its parts. */
  static Site part(TextFile file, int start, int end, String why, Spelling spelling, String whole) {
    return new Site(file.place(start), start, end, file.text().substring(start, end), why, spelling, Form.VERSION, whole);
  }
}
