package dev.plasmite.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads <a href="https://toml.io/en/v1.0.0">TOML 1.0</a> in one pass and says where every scalar stands, which tomlj does
 * not: it knows positions of keys only. What this reads, {@code verify-alignment} compares; what it would change,
 * Jackson judges before a byte is written ({@link EditJudge}). It takes and refuses what tomlj does in all documents of the
 * tests, and refuses rather than guesses.
 */
final class TomlScanner {

  private static final Pattern BARE =
      Pattern.compile(
          "true|false|[+-]?(?:inf|nan)|0x[0-9A-Fa-f](?:_?[0-9A-Fa-f])*|0o[0-7](?:_?[0-7])*|0b[01](?:_?[01])*"
              + "|[+-]?(?:0|[1-9](?:_?[0-9])*)(?:\\.[0-9](?:_?[0-9])*)?(?:[eE][+-]?[0-9](?:_?[0-9])*)?"
              + "|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]+)?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})?)?"
              + "|[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]+)?");

  private final String text;
  private final List<TomlValue> values = new ArrayList<>();
  private final TomlTables tables = new TomlTables();
  private List<String> table = List.of();
  private String scope = "";
  private int instance;
  private int at;

  private TomlScanner(TextFile file) {
    this.text = file.text();
    this.at = file.begin();
  }

  /** All scalars in document order. */
  static List<TomlValue> scan(TextFile file) throws SyntaxException {
    if (!file.isUtf8()) {
      throw new SyntaxException("TOML must be UTF-8", 0);
    }
    TomlScanner scanner = new TomlScanner(file);
    scanner.document();
    return scanner.values;
  }

  private void document() throws SyntaxException {
    while (true) {
      blank(true);
      if (at >= text.length()) {
        return;
      }
      if (text.charAt(at) == '[') {
        header();
      } else {
        pair(List.of(), scope);
      }
      endOfLine();
    }
  }

  private void header() throws SyntaxException {
    int from = at;
    boolean array = text.startsWith("[[", at);
    at += array ? 2 : 1;
    List<String> path = key();
    expect(array ? "]]" : "]");
    instance++;
    table = path;
    scope = tables.open(path, array, instance, from);
  }

  private void pair(List<String> above, String within) throws SyntaxException {
    int from = at;
    List<String> key = key();
    expect("=");
    String name = tables.define(within, key, from);
    List<String> path = key;
    if (!above.isEmpty()) {
      path = new ArrayList<>(above);
      path.addAll(key);
    }
    blank(false);
    value(List.copyOf(path), name);
  }

  private void value(List<String> key, String name) throws SyntaxException {
    if (at >= text.length()) {
      throw new SyntaxException("a value is missing", at);
    }
    char c = text.charAt(at);
    if (c == '"' || c == '\'') {
      string(key);
    } else if (c == '[') {
      array(key, name);
    } else if (c == '{') {
      inline(key, name);
    } else {
      int from = at;
      while (at < text.length() && ",]}#\r\n\t =".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      // A date and its time may be parted by one space.
      if (at - from == 10 && at + 1 < text.length() && text.charAt(at) == ' ' && isDigit(text.charAt(at + 1))) {
        at++;
        while (at < text.length() && ",]}#\r\n\t ".indexOf(text.charAt(at)) < 0) {
          at++;
        }
      }
      String bare = text.substring(from, at);
      if (!bare.equals("true") && !bare.equals("false") && !BARE.matcher(bare).matches()) {
        throw new SyntaxException("no TOML value: '" + (bare.length() > 40 ? bare.substring(0, 40) : bare) + "'", from);
      }
      values.add(new TomlValue(table, instance, key, false, bare, from, at));
    }
  }

  private void array(List<String> key, String name) throws SyntaxException {
    at++;
    for (int n = 0; ; n++) {
      blank(true);
      if (peek() == ']') {
        at++;
        return;
      }
      List<String> element = new ArrayList<>(key);
      element.add("[" + n + "]");
      value(List.copyOf(element), name + "[" + n + "]");
      blank(true);
      if (peek() == ',') {
        at++;
      } else if (peek() != ']') {
        throw new SyntaxException("an array needs , or ] here", at);
      }
    }
  }

  private void inline(List<String> key, String name) throws SyntaxException {
    at++;
    blank(false);
    if (peek() == '}') {
      at++;
      return;
    }
    while (true) {
      blank(false);
      pair(key, name + "{}");
      blank(false);
      char c = peek();
      at++;
      if (c == '}') {
        return;
      }
      if (c != ',') {
        throw new SyntaxException("an inline table needs , or } here", at - 1);
      }
    }
  }

  private void string(List<String> key) throws SyntaxException {
    int[] span = quoted(true);
    values.add(new TomlValue(table, instance, key, true, text.substring(span[0], span[1]), span[0], span[1]));
  }

  /** Passes a string; returns where its content begins and ends. */
  private int[] quoted(boolean multi) throws SyntaxException {
    int from = at;
    char quote = text.charAt(at);
    String three = quote == '"' ? "\"\"\"" : "'''";
    boolean long3 = multi && text.startsWith(three, at);
    at += long3 ? 3 : 1;
    int begin = at;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\' && quote == '"') {
        escape(long3);
        continue;
      }
      if (c == quote && (!long3 || text.startsWith(three, at))) {
        // Up to two more quotes belong to the content: """a"""""
        int end = at;
        while (long3 && end + 3 < text.length() && text.charAt(end + 3) == quote && end - at < 2) {
          end++;
        }
        at = end + (long3 ? 3 : 1);
        return new int[] {begin, end};
      }
      if (c == '\n' && !long3 || c < 0x20 && c != '\t' && c != '\n' && c != '\r' || c == 0x7f) {
        break;
      }
      at++;
    }
    throw new SyntaxException("a string is not closed", from);
  }

  private void escape(boolean long3) throws SyntaxException {
    char c = at + 1 < text.length() ? text.charAt(at + 1) : '\n';
    int digits = c == 'u' ? 4 : c == 'U' ? 8 : 0;
    boolean known = "btnfr\"\\uU".indexOf(c) >= 0 || long3 && " \t\r\n".indexOf(c) >= 0;
    for (int i = 0; known && i < digits; i++) {
      known = at + 2 + i < text.length() && Character.digit(text.charAt(at + 2 + i), 16) >= 0;
    }
    if (!known) {
      throw new SyntaxException("unknown escape in a string", at);
    }
    at += 2 + digits;
  }

  private List<String> key() throws SyntaxException {
    List<String> parts = new ArrayList<>(2);
    while (true) {
      blank(false);
      char c = peek();
      if (c == '"' || c == '\'') {
        int[] span = quoted(false);
        parts.add(text.substring(span[0], span[1]));
      } else {
        int from = at;
        while (at < text.length() && isBare(text.charAt(at))) {
          at++;
        }
        if (from == at) {
          throw new SyntaxException("a key is missing", at);
        }
        parts.add(text.substring(from, at));
      }
      blank(false);
      if (peek() != '.') {
        return parts;
      }
      at++;
    }
  }

  private void expect(String sign) throws SyntaxException {
    blank(false);
    if (!text.startsWith(sign, at)) {
      throw new SyntaxException("'" + sign + "' is missing", at);
    }
    at += sign.length();
  }

  private void endOfLine() throws SyntaxException {
    blank(false);
    if (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r' && text.charAt(at) != '#') {
      throw new SyntaxException("the line should end here", at);
    }
  }

  private void blank(boolean lines) {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#' && lines) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (c == ' ' || c == '\t' || lines && (c == '\n' || c == '\r')) {
        at++;
      } else {
        return;
      }
    }
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private static boolean isBare(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c) || c == '_' || c == '-';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
