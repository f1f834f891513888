package dev.plasmite.manifest;

import java.util.regex.Pattern;

/** A glob of paths with {@code /}: {@code *} and {@code ?} stay in a directory, {@code **} does not. A directory covers what is in it. */
final class Glob {

  private final Pattern pattern;

  Glob(String glob) {
    String text = glob.startsWith("./") ? glob.substring(2) : glob;
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (text.startsWith("**/", i)) {
        out.append("(?:.*/)?");
        i += 2;
      } else if (text.startsWith("**", i)) {
        out.append(".*");
        i++;
      } else if (c == '*') {
        out.append("[^/]*");
      } else if (c == '?') {
        out.append("[^/]");
      } else {
        out.append(Pattern.quote(String.valueOf(c)));
      }
    }
    pattern = Pattern.compile(out + "(?:/.*)?", Pattern.DOTALL);
  }

  boolean matches(String path) {
    return pattern.matcher(path).matches();
  }
}
