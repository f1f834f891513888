package dev.plasmite.channel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ruby source line by line, as far as a formula needs it: what of a line is code (strings blanked, comments and heredocs
 * taken out), and how deep it is nested. No parser: a formula that is cleverer than this ends in findings, not in a guess.
 */
final class RubyLines {

  private static final Pattern TOKEN =
      Pattern.compile("(?<![.:\\w@$])(?<word>do|def|class|module|begin|case|if|unless|while|until|for|end)\\b(?![?!:=])");
  private static final Pattern STATEMENT = Pattern.compile("(?:^|[;=(,|&]|\\bthen|\\belse|\\bdo|\\breturn)\\s*$");
  private static final Pattern ENDLESS = Pattern.compile("\\s+[\\w.?!]+\\s*(?:\\([^)]*\\))?\\s*=\\s.*", Pattern.DOTALL);
  private static final Pattern HEREDOC = Pattern.compile("<<[~-]?(?<quote>[\"'`]?)(?<mark>[A-Z_][A-Za-z0-9_]*)\\k<quote>");

  /**
   * One line.
   *
   * @param raw the line with its end
   * @param code the line in which strings hold blanks and comments are gone; of equal length up to them
   * @param offset where it starts in the text
   * @param number from 1
   * @param depth how many blocks are open before it
   * @param after how many are open after it
   */
  record Line(String raw, String code, int offset, int number, int depth, int after) {}

  private RubyLines() {}

  /** All lines of a text up to {@code __END__}. */
  static List<Line> of(String text) {
    List<Line> lines = new ArrayList<>();
    Deque<String> heredocs = new ArrayDeque<>();
    boolean comment = false;
    int offset = 0;
    int depth = 0;
    for (String raw : text.split("(?<=\n)")) {
      if (raw.strip().equals("__END__")) {
        break;
      }
      String code = "";
      if (!heredocs.isEmpty()) {
        if (raw.strip().equals(heredocs.peek())) {
          heredocs.pop();
        }
      } else if (comment || raw.startsWith("=begin")) {
        comment = !raw.startsWith("=end");
      } else {
        code = blanked(raw);
        Matcher heredoc = HEREDOC.matcher(raw);
        while (heredoc.find()) {
          if (code.startsWith("<<", heredoc.start())) {
            heredocs.add(heredoc.group("mark"));
          }
        }
      }
      int after = Math.max(0, depth + change(code));
      lines.add(new Line(raw, code, offset, lines.size() + 1, depth, after));
      depth = after;
      offset += raw.length();
    }
    return lines;
  }

  private static int change(String code) {
    int change = 0;
    boolean loop = false;
    Matcher token = TOKEN.matcher(code);
    while (token.find()) {
      boolean statement = STATEMENT.matcher(code.substring(0, token.start())).find();
      switch (token.group("word")) {
        case "end" -> change--;
        case "do" -> {
          change += loop ? 0 : 1;
          loop = false;
        }
        case "if", "unless" -> change += statement ? 1 : 0;
        case "while", "until", "for" -> {
          change += statement ? 1 : 0;
          loop = statement;
        }
        case "def" -> change += ENDLESS.matcher(code.substring(token.end())).matches() ? 0 : 1;
        default -> change++;
      }
    }
    return change;
  }

  /** Blanks what stands in quotes, and cuts a comment off. */
  private static String blanked(String raw) {
    StringBuilder code = new StringBuilder();
    char quote = 0;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (quote != 0) {
        if (c == '\\' && i + 1 < raw.length()) {
          code.append(' ');
          i++;
          code.append(' ');
          continue;
        }
        code.append(c == quote || c == '\n' ? c : ' ');
        quote = c == quote ? 0 : quote;
      } else if (c == '#') {
        return code.toString();
      } else {
        quote = c == '"' || c == '\'' ? c : 0;
        code.append(c);
      }
    }
    return code.toString();
  }
}
