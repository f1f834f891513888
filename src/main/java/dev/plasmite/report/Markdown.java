package dev.plasmite.report;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Escapes text for GitHub Flavored Markdown, for places inside a line: what follows a heading's or an item's mark, or
 * stands in a table cell. CommonMark ("Backslash escapes") lets every ASCII punctuation character be escaped; these are
 * the ones that can begin something in the middle of a line, GitHub's emoji and formulas included.
 */
final class Markdown {

  private static final Pattern SPECIAL = Pattern.compile("[\\\\`*_{}\\[\\]<>#|~&$^!]");

  /** Links, addresses, mentions and references are looked for after the escapes are gone: a comment parts their text. */
  private static final Pattern LINKED = Pattern.compile("(?<=[:@#])(?=\\S)|(?<=www)(?=\\.)", Pattern.CASE_INSENSITIVE);

  private Markdown() {}

  /** Plain text on one line. */
  static String text(String text) {
    return Arrays.stream(LINKED.split(Visible.line(text)))
        .map(part -> SPECIAL.matcher(part).replaceAll("\\\\$0"))
        .collect(Collectors.joining("<!-- -->"));
  }

  /** Text as it is typed, on one line; safe in a table cell. */
  static String code(String text) {
    String line = Visible.line(text);
    if (line.isBlank()) {
      return "";
    }
    int longest = 0;
    int run = 0;
    for (char c : line.toCharArray()) {
      run = c == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    String fence = "`".repeat(longest + 1);
    String pad = line.startsWith("`") || line.endsWith("`") ? " " : "";
    // A table splits its cells before it looks for code, and takes the backslash before a bar away.
    return fence + pad + line.replace("|", "\\|") + pad + fence;
  }
}
