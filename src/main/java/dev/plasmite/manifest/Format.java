package dev.plasmite.manifest;

/** One kind of manifest: which files are of it, and what they declare. A format decides nothing. */
interface Format {

  /** The format's name, as findings say it. */
  String name();

  /** Whether a path is of this format. */
  boolean claims(String path);

  /** Which library judges its edits. */
  default Syntax syntax() {
    return Syntax.TEXT;
  }

  /** Reads a file; what is wrong with it comes back as {@link Manifest#problems()}. */
  Manifest read(TextFile file);
}
