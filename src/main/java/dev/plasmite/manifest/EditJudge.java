package dev.plasmite.manifest;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Judges an edit in memory, before anything is written: the format's library (Jackson for TOML and JSON, the JDK's parser for XML)
 * reads the file as it will be, and has to see the values that our scanner saw before, in the same places, with
 * exactly those changed that were meant to, from and to what was meant. Where the scanner and the library do not name
 * all values alike, the library reads the file as it was too, and judges alone. So a mistake in our positions stops a
 * bump, and cannot damage a file. Formats that no library reads, and files that a {@code <pattern>} of the POM edits,
 * are not judged.
 */
public final class EditJudge {

  private final Formats formats = Formats.KNOWN;

  private record Delta(String id, String before, String after) implements Comparable<Delta> {

    @Override
    public int compareTo(Delta other) {
      int c = id.compareTo(other.id);
      c = c != 0 ? c : before.compareTo(other.before);
      return c != 0 ? c : after.compareTo(other.after);
    }

    @Override
    public String toString() {
      return id + ": '" + before + "' -> '" + after + "'";
    }
  }

  /**
   * Judges the edit of one file.
   *
   * @param format the name of the format that found the sites
   * @param texts what is to stand at which site
   * @param after the bytes that are to be written
   * @return why it must not be written; nothing when all is well
   */
  public Optional<Finding> judge(String format, TextFile before, SortedMap<Site, String> texts, byte[] after) {
    Syntax syntax =
        formats.of(before.path()).filter(f -> f.name().equals(format)).map(Format::syntax).orElse(Syntax.TEXT);
    if (syntax == Syntax.TEXT) {
      return Optional.empty();
    }
    try {
      List<Leaf> placed = syntax.positioned(before);
      List<Leaf> now = syntax.read(TextFile.of(before.path(), after));
      List<Delta> meant = meant(placed, texts);
      if (!isAlike(placed, now)) {
        // The library puts a table together that is written in several places.
        placed = byId(placed);
        now = byId(now);
      }
      // Where our scanner and the library name all values alike, the library need not read the file as it was.
      List<Delta> seen = isAlike(placed, now) ? seen(placed, now, false) : seen(byId(syntax.read(before)), now, true);
      return meant.equals(seen)
          ? Optional.empty()
          : Optional.of(finding(before, texts, "the edit would change " + seen + ", and was meant to change " + meant));
    } catch (SyntaxException e) {
      return Optional.of(finding(before, texts, "the library that judges edits of " + format + " cannot read this file: " + e.getMessage()));
    }
  }

  private static Finding finding(TextFile file, SortedMap<Site, String> texts, String what) {
    Place place = texts.isEmpty() ? Place.file(file.path()) : texts.firstKey().place();
    return Finding.of(what).at(place).remedy("mend the file, or exclude it and change it by hand");
  }

  private static List<Delta> meant(List<Leaf> leaves, SortedMap<Site, String> texts) throws SyntaxException {
    List<Delta> deltas = new ArrayList<>();
    int placed = 0;
    for (Leaf leaf : leaves) {
      StringBuilder after = new StringBuilder(leaf.value());
      int shift = leaf.start();
      boolean changes = false;
      for (Map.Entry<Site, String> entry : leaf.end() < 0 || !leaf.plain() ? List.<Map.Entry<Site, String>>of() : texts.entrySet()) {
        Site site = entry.getKey();
        if (site.start() >= leaf.start() && site.end() <= leaf.end()) {
          after.replace(site.start() - shift, site.end() - shift, entry.getValue());
          shift -= entry.getValue().length() - (site.end() - site.start());
          changes = true;
          placed++;
        }
      }
      if (changes) {
        deltas.add(new Delta(leaf.id(), leaf.value(), after.toString()));
      }
    }
    if (placed != texts.size()) {
      throw new SyntaxException((texts.size() - placed) + " places to change stand in no value of it", 0);
    }
    deltas.sort(null);
    return deltas;
  }

  /** Whether two readers see the same values in the same order, whatever they say. */
  private static boolean isAlike(List<Leaf> placed, List<Leaf> read) {
    for (int i = 0; i < placed.size(); i++) {
      if (i >= read.size() || !placed.get(i).id().equals(read.get(i).id())) {
        return false;
      }
    }
    return placed.size() == read.size();
  }

  private static List<Leaf> byId(List<Leaf> leaves) {
    return leaves.stream().sorted(Comparator.comparing(Leaf::id)).toList();
  }

  private static List<Delta> seen(List<Leaf> before, List<Leaf> after, boolean byLibrary) throws SyntaxException {
    if (before.size() != after.size()) {
      throw new SyntaxException("it has " + before.size() + " values, and after the edit " + after.size(), 0);
    }
    List<Delta> deltas = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      if (!before.get(i).id().equals(after.get(i).id())) {
        throw new SyntaxException("after the edit " + after.get(i).id() + " stands where " + before.get(i).id() + " stood", 0);
      }
      if ((byLibrary || before.get(i).plain()) && !before.get(i).value().equals(after.get(i).value())) {
        deltas.add(new Delta(before.get(i).id(), before.get(i).value(), after.get(i).value()));
      }
    }
    deltas.sort(null);
    return deltas;
  }
}
