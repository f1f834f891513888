package dev.plasmite.manifest;

import dev.plasmite.version.Spelling;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The formats that are known by a file's name. */
final class Formats {

  private static final String V = "(?<v>[0-9]+(?:\\.[0-9]+)*[0-9A-Za-z.+-]*)";
  private static final Set<String> PYTHON_MODULES =
      Set.of("__init__.py", "__version__.py", "_version.py", "version.py", "__about__.py", "about.py");

  private final List<Format> all =
      List.of(
          new Cargo(),
          new CargoLock(),
          new PackageJson(),
          new PackageLock(),
          new Pyproject(),
          new Pom(),
          new RubyFile(),
          new PatternFormat(
              "__version__",
              path -> PYTHON_MODULES.contains(Paths.name(path)),
              Spelling.PEP440,
              false,
              "__version__",
              Pattern.compile("^__version__(?:[ \\t]*:[ \\t]*[\\w.]+)?[ \\t]*=[ \\t]*[\"']" + V + "[\"']", Pattern.MULTILINE)),
          new PatternFormat(
              "VERSION",
              path -> Set.of("VERSION", "VERSION.txt", "version.txt", ".version").contains(Paths.name(path)),
              Spelling.SEMVER,
              false,
              "the file's version",
              Pattern.compile("\\A\\uFEFF?\\s*v?" + V + "\\s*\\z")));

  /** The format of a path; nothing when no format is known by that name. */
  Optional<Format> of(String path) {
    for (Format format : all) {
      if (format.claims(path)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}
