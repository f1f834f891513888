package dev.plasmite.manifest;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The texts and attributes of an XML document, by our scanner and by the JDK's StAX parser. Both name a value by the
 * number of its element in the document and the element's name.
 */
final class XmlLeaves {

  private XmlLeaves() {}

  static List<Leaf> positioned(TextFile file) throws SyntaxException {
    List<Leaf> leaves = new ArrayList<>();
    element(XmlScanner.scan(file), new int[1], leaves);
    return leaves;
  }

  private static void element(XmlScanner.Element element, int[] count, List<Leaf> leaves) {
    String id = ++count[0] + " " + element.name();
    new TreeMap<>(element.attributes())
        .forEach(
            (name, value) -> {
              // What declares a namespace is no attribute to the library.
              if (!name.equals("xmlns") && !name.startsWith("xmlns:")) {
                leaves.add(new Leaf(id + "@" + name, value.text(), value.start(), value.end(), isPlain(value.text())));
              }
            });
    if (element.children().isEmpty()) {
      leaves.add(new Leaf(id, element.text(), element.start(), element.end(), element.start() >= 0 && isPlain(element.text())));
    }
    for (XmlScanner.Element child : element.children()) {
      element(child, count, leaves);
    }
  }

  /** Whether a parser leaves the characters as they are. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '&' || text.charAt(i) < ' ') {
        return false;
      }
    }
    return true;
  }

  static List<Leaf> read(TextFile file) throws SyntaxException {
    // The JDK's own parser, whatever else is on Maven's class path; one for each call: nothing says that factories are safe to share.
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(file.text().substring(file.begin())));
      List<Leaf> leaves = new ArrayList<>();
      Deque<String> ids = new ArrayDeque<>();
      Deque<StringBuilder> texts = new ArrayDeque<>();
      // Whether the last tag was an opening one: what closes now is a leaf.
      boolean opened = false;
      int count = 0;
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            ids.push(++count + " " + name(reader.getPrefix(), reader.getLocalName()));
            texts.push(new StringBuilder());
            attributes(reader, ids.peek(), leaves);
            opened = true;
          }
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
            if (!texts.isEmpty()) {
              texts.peek().append(reader.getText());
            }
          }
          case XMLStreamConstants.END_ELEMENT -> {
            String id = ids.pop();
            String text = texts.pop().toString().trim();
            if (opened) {
              leaves.add(new Leaf(id, text));
            }
            opened = false;
          }
          case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
              throw new SyntaxException("document types and entities are not allowed in a manifest", file.begin());
          default -> {
            // Comments and instructions say no version.
          }
        }
      }
      return leaves;
    } catch (XMLStreamException e) {
      throw new SyntaxException(e.getMessage().replaceAll("\\s+", " "), file.begin());
    }
  }

  private static void attributes(XMLStreamReader reader, String id, List<Leaf> leaves) {
    Map<String, String> sorted = new TreeMap<>();
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      sorted.put(name(reader.getAttributePrefix(i), reader.getAttributeLocalName(i)), reader.getAttributeValue(i));
    }
    sorted.forEach((name, value) -> leaves.add(new Leaf(id + "@" + name, value)));
  }

  private static String name(String prefix, String local) {
    return prefix == null || prefix.isEmpty() ? local : prefix + ":" + local;
  }
}
