package dev.plasmite.manifest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads XML 1.0 and says where the text of every leaf element and every attribute stands, in characters, which StAX does
 * not. A document type is refused: no manifest needs one, and entities could name other files. What this would change,
 * the JDK's parser judges before a byte is written ({@link EditJudge}).
 */
final class XmlScanner {

  private final String text;
  private int at;

  private XmlScanner(TextFile file) {
    this.text = file.text();
    this.at = file.begin();
  }

  /**
   * An attribute's value.
   *
   * @param start offset of its first character, behind the quote
   * @param end offset behind its last
   */
  record Attribute(String text, int start, int end) {}

  /**
   * An element.
   *
   * @param name its name, prefix included
   * @param children in document order
   * @param start offset of its trimmed text, or where text could stand; -1 when it has no one text
   * @param end offset behind its trimmed text; of the mark that closes a tag in which no text can stand; else -1
   */
  record Element(String name, Map<String, Attribute> attributes, List<Element> children, int start, int end, String text) {

    /** The first child of a name; null for none. */
    Element child(String wanted) {
      for (Element child : children) {
        if (child.name.equals(wanted)) {
          return child;
        }
      }
      return null;
    }

    /** The text of a child; null for none. */
    String textOf(String wanted) {
      Element child = child(wanted);
      return child == null ? null : child.text;
    }
  }

  /** The root element. */
  static Element scan(TextFile file) throws SyntaxException {
    XmlScanner scanner = new XmlScanner(file);
    scanner.misc();
    if (scanner.at >= scanner.text.length() || scanner.text.charAt(scanner.at) != '<') {
      throw new SyntaxException("there is no root element", scanner.at);
    }
    Element root = scanner.element(0);
    scanner.misc();
    if (scanner.at < scanner.text.length()) {
      throw new SyntaxException("text after the root element", scanner.at);
    }
    return root;
  }

  private Element element(int depth) throws SyntaxException {
    int from = at;
    if (depth > 200) {
      throw new SyntaxException("elements are nested too deeply", at);
    }
    at++;
    String name = name();
    Map<String, Attribute> attributes = Map.of();
    while (true) {
      boolean space = space();
      if (text.startsWith("/>", at)) {
        int end = at;
        at += 2;
        return new Element(name, attributes, List.of(), -1, end, "");
      }
      if (text.startsWith(">", at)) {
        at++;
        break;
      }
      if (!space) {
        throw new SyntaxException("the tag <" + name + " is not closed", from);
      }
      attributes = attributes.isEmpty() ? new HashMap<>() : attributes;
      attribute(attributes);
    }
    return content(name, attributes, from, depth);
  }

  private void attribute(Map<String, Attribute> attributes) throws SyntaxException {
    int from = at;
    String key = name();
    space();
    if (!text.startsWith("=", at)) {
      throw new SyntaxException("attribute " + key + " has no value", from);
    }
    at++;
    space();
    char quote = at < text.length() ? text.charAt(at) : ' ';
    int close = quote == '"' || quote == '\'' ? text.indexOf(quote, at + 1) : -1;
    if (close < 0 || text.substring(at, close).indexOf('<') >= 0) {
      throw new SyntaxException("attribute " + key + " has no proper value", from);
    }
    if (attributes.put(key, new Attribute(text.substring(at + 1, close), at + 1, close)) != null) {
      throw new SyntaxException("attribute " + key + " stands twice", from);
    }
    at = close + 1;
  }

  private Element content(String name, Map<String, Attribute> attributes, int from, int depth) throws SyntaxException {
    List<Element> children = new ArrayList<>();
    // The runs of text between comments and in CDATA; the text of a leaf is the only one that is not blank.
    List<int[]> runs = new ArrayList<>(1);
    while (true) {
      int open = text.indexOf('<', at);
      if (open < 0) {
        throw new SyntaxException("element " + name + " is not closed", from);
      }
      run(runs, at, open);
      at = open;
      if (text.startsWith("</", at)) {
        int end = at;
        at += 2;
        String closing = name();
        space();
        if (!closing.equals(name) || !text.startsWith(">", at)) {
          throw new SyntaxException("</" + closing + "> where </" + name + "> is needed", end);
        }
        at++;
        return runs.size() == 1 && children.isEmpty()
            ? leaf(name, attributes, runs.get(0)[0], runs.get(0)[1])
            : empty(name, attributes, children, runs.isEmpty() && children.isEmpty() ? end : -1);
      }
      if (comment() || instruction()) {
        continue;
      }
      if (text.startsWith("<![CDATA[", at)) {
        at = past("]]>");
        run(runs, open + "<![CDATA[".length(), at - "]]>".length());
      } else {
        children.add(element(depth + 1));
      }
    }
  }

  private static Element empty(String name, Map<String, Attribute> attributes, List<Element> children, int at) {
    return new Element(name, attributes, children, at, at, "");
  }

  private void run(List<int[]> runs, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Character.isWhitespace(text.charAt(i))) {
        runs.add(new int[] {from, to});
        return;
      }
    }
  }

  private Element leaf(String name, Map<String, Attribute> attributes, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && text.charAt(start) <= ' ') {
      start++;
    }
    while (end > start && text.charAt(end - 1) <= ' ') {
      end--;
    }
    return new Element(name, attributes, List.of(), start, end, text.substring(start, end));
  }

  private void misc() throws SyntaxException {
    do {
      space();
      if (text.startsWith("<!DOCTYPE", at)) {
        throw new SyntaxException("a document type is not allowed in a manifest", at);
      }
    } while (comment() || instruction());
  }

  private boolean comment() throws SyntaxException {
    if (!text.startsWith("<!--", at)) {
      return false;
    }
    at += 2;
    at = past("-->");
    return true;
  }

  private boolean instruction() throws SyntaxException {
    if (!text.startsWith("<?", at)) {
      return false;
    }
    at = past("?>");
    return true;
  }

  private int past(String mark) throws SyntaxException {
    int end = text.indexOf(mark, at);
    if (end < 0) {
      throw new SyntaxException("'" + mark + "' is missing", at);
    }
    return end + mark.length();
  }

  private String name() throws SyntaxException {
    int from = at;
    while (at < text.length() && " \t\r\n/>=<\"'&".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    if (from == at) {
      throw new SyntaxException("a name is missing", at);
    }
    return text.substring(from, at);
  }

  private boolean space() {
    int from = at;
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
    return at > from;
  }
}
