package dev.plasmite.manifest;

/** One kind of manifest: which files are of it, and what they declare. A format decides nothing. */
interface Format {

  /** The format's name, as findings say it. */
  String name();

  /** How its files are called: whatever it claims has such a name. */
  Naming naming();

  /** Whether a path is of this format. */
  default boolean claims(String path) {
    return naming().covers(Paths.name(path));
  }

  /** Which library judges its edits. */
  default Syntax syntax() {
    return Syntax.TEXT;
  }

  /** Reads a file; what is wrong with it comes back as {@link Manifest#problems()}. */
  Manifest read(TextFile file);
}
