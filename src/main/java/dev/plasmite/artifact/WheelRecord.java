package dev.plasmite.artifact;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A wheel's RECORD: a line of CSV for every file, with its path, {@code sha256=} and the digest in URL-safe base64 without
 * padding, and its size (PyPA, Recording installed projects; Binary distribution format). Its own line has neither digest
 * nor size.
 *
 * @param rows the fields of each line
 */
record WheelRecord(List<List<String>> rows) {

  private static final String SHA256 = "sha256=";

  /** Reads a RECORD; what is odd in it shows in the comparison. */
  static WheelRecord parse(String text) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        boolean twice = c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"';
        if (c != '"' || twice) {
          field.append(c);
          i += twice ? 1 : 0;
        } else {
          quoted = false;
        }
      } else if (c == '"' && field.length() == 0) {
        quoted = true;
      } else if (c == ',' || c == '\n') {
        row.add(field.toString());
        field.setLength(0);
        if (c == '\n') {
          rows.add(List.copyOf(row));
          row.clear();
        }
      } else if (c != '\r' || i + 1 == text.length() || text.charAt(i + 1) != '\n') {
        field.append(c);
      }
    }
    if (field.length() > 0 || !row.isEmpty()) {
      row.add(field.toString());
      rows.add(List.copyOf(row));
    }
    rows.removeIf(r -> r.equals(List.of("")));
    return new WheelRecord(rows);
  }

  /** Everything in which the record and the wheel differ, in words. */
  List<String> differences(String info, ArchiveContents contents) {
    List<String> out = new ArrayList<>();
    Set<String> unlisted = new TreeSet<>();
    contents.files().forEach(f -> unlisted.add(f.name()));
    // A signature of the record cannot be in the record.
    unlisted.removeAll(List.of(info + "/RECORD.jws", info + "/RECORD.p7s"));
    Set<String> seen = new HashSet<>();
    for (List<String> row : rows) {
      String name = row.get(0);
      unlisted.remove(name);
      if (row.size() != 3) {
        out.add("its RECORD has a line of " + row.size() + " fields, not three: " + Shown.text(String.join(",", row)));
      } else if (!seen.add(name)) {
        out.add("its RECORD lists " + Shown.text(name) + " twice");
      } else if (contents.member(name).isEmpty()) {
        out.add("its RECORD lists " + Shown.text(name) + ", which is not in it");
      } else if (name.equals(info + "/RECORD")) {
        if (!row.get(1).isEmpty() || !row.get(2).isEmpty()) {
          out.add("its RECORD states a digest or size of itself");
        }
      } else {
        compare(name, row, contents, out);
      }
    }
    unlisted.forEach(name -> out.add(Shown.text(name) + " is in it, but not listed in its RECORD"));
    return out;
  }

  private static void compare(String name, List<String> row, ArchiveContents contents, List<String> out) {
    String hex = contents.sha256().get(name);
    if (hex == null) {
      out.add("its RECORD lists " + Shown.text(name) + ", which is no file");
      return;
    }
    String is = SHA256 + Base64.getUrlEncoder().withoutPadding().encodeToString(HexFormat.of().parseHex(hex));
    if (!row.get(1).equals(is)) {
      out.add("its RECORD says " + Shown.text(row.get(1)) + " of " + Shown.text(name) + ", which has " + is);
    }
    long size = contents.member(name).orElseThrow().size();
    if (!row.get(2).isEmpty() && !row.get(2).equals(Long.toString(size))) {
      out.add("its RECORD says size " + Shown.text(row.get(2)) + " of " + Shown.text(name) + ", which has " + size);
    }
  }
}
