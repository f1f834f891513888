package dev.plasmite.candidate;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import dev.plasmite.version.SemVer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * A changelog in the form of <a href="https://keepachangelog.com/en/1.1.0/">Keep a Changelog 1.1.0</a>, read as
 * CommonMark: a section is a level 2 heading {@code [X.Y.Z] - YYYY-MM-DD} or {@code [Unreleased]} and what is below it.
 *
 * @param path relative to the repository, with {@code /}
 * @param text the whole file, without a byte order mark
 * @param sections in the order of the file
 * @param definitions the link reference definitions, in the order of the file
 */
public record Changelog(String path, String text, List<Section> sections, List<Definition> definitions) {

  private static final String UNRELEASED = "unreleased";
  private static final Pattern TITLE =
      Pattern.compile("\\[?([^\\[\\]\\s]+)\\]?(?:\\s+[-\u2013\u2014]\\s+(\\S+))?(\\s+\\[?(?i:yanked)\\]?)?");
  private static final Pattern COMMENT = Pattern.compile("(?s)\\s*(?:<!--.*?-->\\s*)*");

  /**
   * One section.
   *
   * @param name what the heading names: a version, or {@code Unreleased}; the whole heading when it has another form
   * @param date the date as it stands there; empty when there is none
   * @param yanked whether it is marked as taken back
   * @param line the heading's line, from 1
   * @param body the first line after the heading, from 1
   * @param end the line after the last one, from 1
   * @param contentLine the first line that says something; 0 when nothing does: headings and comments alone are nothing
   */
  public record Section(String name, Optional<String> date, boolean yanked, int line, int body, int end, int contentLine) {

    /** Whether it is the one for what is not released yet. */
    public boolean unreleased() {
      return name.equalsIgnoreCase(UNRELEASED);
    }

    /** Whether it says nothing. */
    public boolean isEmpty() {
      return contentLine == 0;
    }
  }

  /**
   * A link reference definition such as {@code [1.2.0]: https://...}.
   *
   * @param label as it stands there
   * @param destination where it leads
   * @param line its first line, from 1
   * @param end the line after its last one, from 1
   */
  public record Definition(String label, String destination, int line, int end) {}

  public Changelog {
    sections = List.copyOf(sections);
    definitions = List.copyOf(definitions);
  }

  /**
   * Reads a changelog.
   *
   * @throws Refusal when it is not UTF-8
   */
  public static Changelog read(String path, byte[] bytes) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new Refusal(Finding.of(path + " is not UTF-8").at(Place.file(path)).remedy("save it as UTF-8"));
    }
    if (text.startsWith("\uFEFF")) {
      text = text.substring(1);
    }
    Node document = Parser.builder().includeSourceSpans(IncludeSourceSpans.BLOCKS).build().parse(text);
    int lines = lines(text).size();
    List<Section> sections = new ArrayList<>();
    List<Definition> definitions = new ArrayList<>();
    for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof Heading heading && heading.getLevel() == 2) {
        sections.add(section(heading, lines));
      } else if (node instanceof LinkReferenceDefinition d) {
        definitions.add(new Definition(d.getLabel(), d.getDestination(), first(d), after(d)));
      }
    }
    return new Changelog(path, text, sections, definitions);
  }

  /** The sections of a version; more than one is a mistake, and each is told. */
  public List<Section> of(SemVer version) {
    return sections.stream().filter(s -> s.name().equals(version.toString())).toList();
  }

  /** The section for what is not released yet. */
  public Optional<Section> unreleased() {
    return sections.stream().filter(Section::unreleased).findFirst();
  }

  /**
   * What a section says, for release notes: its own lines with {@code \n} between them, without blank lines at its ends,
   * and with the link definitions that it uses and that stand elsewhere in the file.
   */
  public String content(Section section) {
    List<String> all = lines(text);
    List<String> own = new ArrayList<>();
    for (int line = section.body(); line < section.end(); line++) {
      int at = line;
      if (definitions.stream().noneMatch(d -> d.line() <= at && at < d.end())) {
        own.add(all.get(line - 1).stripTrailing());
      }
    }
    String content = trimBlankLines(own);
    StringBuilder links = new StringBuilder();
    for (Definition d : definitions) {
      if (content.toLowerCase(java.util.Locale.ROOT).contains("[" + d.label().toLowerCase(java.util.Locale.ROOT) + "]")) {
        for (int line = d.line(); line < d.end(); line++) {
          links.append('\n').append(all.get(line - 1).stripTrailing());
        }
      }
    }
    return links.isEmpty() ? content : content + "\n" + links;
  }

  /** The lines as CommonMark counts them, each without its end. */
  static List<String> lines(String text) {
    return List.of(text.split("\r\n|\n|\r", -1));
  }

  private static Section section(Heading heading, int lines) {
    StringBuilder title = new StringBuilder();
    collect(heading, title);
    Matcher m = TITLE.matcher(title.toString().strip());
    boolean known = m.matches();
    int content = 0;
    int end = lines + 1;
    for (Node node = heading.getNext(); node != null; node = node.getNext()) {
      if (node instanceof Heading next && next.getLevel() <= 2) {
        end = first(next);
        break;
      }
      if (content == 0 && says(node)) {
        content = first(node);
      }
    }
    return new Section(
        known ? m.group(1) : title.toString().strip(),
        known ? Optional.ofNullable(m.group(2)) : Optional.empty(),
        known && m.group(3) != null,
        first(heading),
        after(heading),
        end,
        content);
  }

  private static boolean says(Node node) {
    return !(node instanceof Heading
        || node instanceof LinkReferenceDefinition
        || node instanceof HtmlBlock html && COMMENT.matcher(html.getLiteral()).matches());
  }

  private static void collect(Node node, StringBuilder out) {
    for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
      if (child instanceof Text text) {
        out.append(text.getLiteral());
      } else if (child instanceof Code code) {
        out.append(code.getLiteral());
      } else if (child instanceof SoftLineBreak) {
        out.append(' ');
      } else {
        collect(child, out);
      }
    }
  }

  private static int first(Node node) {
    return node.getSourceSpans().get(0).getLineIndex() + 1;
  }

  private static int after(Node node) {
    return node.getSourceSpans().get(node.getSourceSpans().size() - 1).getLineIndex() + 2;
  }

  private static String trimBlankLines(List<String> lines) {
    int from = 0;
    int to = lines.size();
    while (from < to && lines.get(from).isBlank()) {
      from++;
    }
    while (to > from && lines.get(to - 1).isBlank()) {
      to--;
    }
    return String.join("\n", lines.subList(from, to));
  }
}
