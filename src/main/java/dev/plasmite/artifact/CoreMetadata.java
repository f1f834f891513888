package dev.plasmite.artifact;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Python's Core Metadata and WHEEL files: header lines up to the first empty line (PyPA specifications). */
final class CoreMetadata {

  private static final Pattern SEPARATORS = Pattern.compile("[-_.]+");

  private CoreMetadata() {}

  /** All values of a header, in order; header names know no case. */
  static List<String> values(String text, String header) {
    List<String> out = new ArrayList<>();
    for (String line : text.split("\r?\n", -1)) {
      if (line.isEmpty()) {
        break;
      }
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).equalsIgnoreCase(header)) {
        out.add(line.substring(colon + 1).strip());
      }
    }
    return out;
  }

  /** A project name as Python's file names spell it: runs of {@code -_.} are one {@code _}, lower case. */
  static String normalized(String name) {
    return SEPARATORS.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT);
  }
}
