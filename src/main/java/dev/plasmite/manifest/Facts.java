package dev.plasmite.manifest;

import dev.plasmite.gate.Finding;
import java.util.ArrayList;
import java.util.List;

/** What a format collects while it reads one file. */
final class Facts {

  final List<Manifest.Declaration> packages = new ArrayList<>();
  final List<Manifest.Reference> references = new ArrayList<>();
  final List<String> memberGlobs = new ArrayList<>();
  final List<Manifest.Use> uses = new ArrayList<>();
  final List<String> sources = new ArrayList<>();
  final List<Site> mentions = new ArrayList<>();
  final List<Finding> problems = new ArrayList<>();

  Manifest of(TextFile file, Format format) {
    return new Manifest(file.path(), format.name(), packages, references, memberGlobs, uses, sources, mentions, problems);
  }

  /** A version that is not written as it reads, so that it can be read and not be edited. */
  void escaped(TextFile file, int at) {
    problems.add(
        Finding.of("this version is written with escapes or over several lines")
            .at(file.place(at))
            .remedy("write it plainly, such as \"1.2.0\""));
  }

  /** A manifest that cannot be read. */
  void unreadable(TextFile file, Format format, SyntaxException e) {
    packages.clear();
    references.clear();
    problems.add(
        Finding.of("cannot read this " + format.name() + ": " + e.getMessage())
            .at(file.place(Math.min(e.offset(), file.text().length())))
            .remedy("mend the file, or name it in <lockstep><excludes><exclude>" + file.path() + "</exclude>"));
  }
}
