package dev.plasmite.manifest;

import java.util.List;

/** A manifest in TOML. */
abstract class TomlFormat implements Format {

  @Override
  public final Syntax syntax() {
    return Syntax.TOML;
  }

  @Override
  public final Manifest read(TextFile file) {
    Facts facts = new Facts();
    try {
      read(file, TomlScanner.scan(file), facts);
    } catch (SyntaxException e) {
      facts.unreadable(file, this, e);
    }
    return facts.of(file, this);
  }

  abstract void read(TextFile file, List<TomlValue> values, Facts facts) throws SyntaxException;
}
