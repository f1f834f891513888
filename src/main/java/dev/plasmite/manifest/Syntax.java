package dev.plasmite.manifest;

import java.util.ArrayList;
import java.util.List;

/** How a format is written, and who reads it: our scanners say where values stand, a library says what they are. */
enum Syntax {
  /** No library reads it: patterns. */
  TEXT {
    @Override
    List<Leaf> positioned(TextFile file) {
      return List.of();
    }

    @Override
    List<Leaf> read(TextFile file) {
      return List.of();
    }
  },
  /** Read by Jackson's TOML reader, which does not say where a value stands. */
  TOML {
    @Override
    List<Leaf> positioned(TextFile file) throws SyntaxException {
      return TOML_VALUES.positioned(file);
    }

    @Override
    List<Leaf> read(TextFile file) throws SyntaxException {
      return TOML_VALUES.read(file);
    }
  },
  /** Read by Jackson, which knows where each value stands. */
  JSON {
    @Override
    List<Leaf> positioned(TextFile file) throws SyntaxException {
      List<Leaf> leaves = new ArrayList<>();
      JSON_VALUES.scan(file, (path, value, start, end) -> leaves.add(new Leaf(leaves.size() + " " + String.join("/", path), value, start, end, end >= 0)));
      return leaves;
    }

    @Override
    List<Leaf> read(TextFile file) throws SyntaxException {
      return positioned(file);
    }
  },
  /** Read by the JDK's StAX parser, without document types and entities. */
  XML {
    @Override
    List<Leaf> positioned(TextFile file) throws SyntaxException {
      return XmlLeaves.positioned(file);
    }

    @Override
    List<Leaf> read(TextFile file) throws SyntaxException {
      return XmlLeaves.read(file);
    }
  };

  // Costly to make and safe to share. Not in the bodies above: the Maven plugin tools' source reader stops at a field there.
  private static final TomlLeaves TOML_VALUES = new TomlLeaves();
  private static final JsonScanner JSON_VALUES = new JsonScanner();

  /** The values with the places that our scanner gives them. */
  abstract List<Leaf> positioned(TextFile file) throws SyntaxException;

  /** All values as the library reads them, in an order that depends on the document's structure only. */
  abstract List<Leaf> read(TextFile file) throws SyntaxException;
}
