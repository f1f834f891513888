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
  /** Read by tomlj, which knows the line of each key and not where its value stands. */
  TOML {
    @Override
    List<Leaf> positioned(TextFile file) throws SyntaxException {
      return TomlLeaves.positioned(file);
    }

    @Override
    List<Leaf> read(TextFile file) throws SyntaxException {
      return TomlLeaves.read(file);
    }
  },
  /** Read by Jackson, which knows where each value stands. */
  JSON {
    @Override
    List<Leaf> positioned(TextFile file) throws SyntaxException {
      List<Leaf> leaves = new ArrayList<>();
      new JsonScanner().scan(file, (path, value, start, end) -> leaves.add(new Leaf(leaves.size() + " " + String.join("/", path), value, start, end)));
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

  /** The values with the places that our scanner gives them. */
  abstract List<Leaf> positioned(TextFile file) throws SyntaxException;

  /** All values as the library reads them, in an order that depends on the document's structure only. */
  abstract List<Leaf> read(TextFile file) throws SyntaxException;
}
