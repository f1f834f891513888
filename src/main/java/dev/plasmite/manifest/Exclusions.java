package dev.plasmite.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which paths are no members, and by which rule. */
final class Exclusions {

  /** What a rule leaves out. */
  enum Extent {
    /** The file is not even read. */
    WHOLE,
    /** The file is read only where a workspace names its directory; then as {@link #OWN_VERSION}. */
    UNLESS_BUILT,
    /** Its own version is its own, but its requirements of the product by path follow, for it is built with it. */
    OWN_VERSION
  }

  /** A rule that holds for a path. */
  record Rule(Extent extent, String text) {}

  private static final Set<String> VENDORED =
      Set.of("vendor", "vendored", "third_party", "third-party", "thirdparty", "node_modules", "bower_components", "site-packages");
  private static final Set<String> FIXTURES =
      Set.of("fixtures", "fixture", "__fixtures__", "testdata", "test-data", "test_data", "testfiles", "snapshots", "__snapshots__");
  private static final Set<String> TEMPLATES = Set.of("templates", "template");
  private static final Set<String> EXAMPLES = Set.of("examples", "example", "samples", "sample", "demo", "demos");

  /** Directories in which a version of its own is nothing to report: what is there is not shipped. */
  private static final Set<String> INTERNAL =
      Set.of("test", "tests", "testing", "e2e", "bench", "benches", "benchmark", "benchmarks", "fuzz", "xtask", "tools", "scripts", "docs", "doc", "website");

  private record Configured(Glob glob, String text) {}

  private final List<Configured> configured = new ArrayList<>();

  Exclusions(List<String> globs) {
    globs.forEach(g -> configured.add(new Configured(new Glob(g), "<exclude>" + g + "</exclude>")));
  }

  Optional<Rule> of(String path) {
    for (Configured rule : configured) {
      if (rule.glob.matches(path)) {
        return Optional.of(new Rule(Extent.WHOLE, rule.text));
      }
    }
    String[] parts = path.split("/");
    Rule example = null;
    for (int i = 0; i < parts.length - 1; i++) {
      String directory = parts[i];
      if (VENDORED.contains(directory)) {
        return Optional.of(new Rule(Extent.WHOLE, "vendored: below " + directory + "/"));
      }
      if (FIXTURES.contains(directory)) {
        return Optional.of(new Rule(Extent.UNLESS_BUILT, "a fixture: below " + directory + "/"));
      }
      if (TEMPLATES.contains(directory) || directory.contains("{{")) {
        return Optional.of(new Rule(Extent.WHOLE, "a template: below " + directory + "/"));
      }
      if (EXAMPLES.contains(directory)) {
        example = new Rule(Extent.OWN_VERSION, "an example: below " + directory + "/");
      }
    }
    return Optional.ofNullable(example);
  }

  /** The directory that a directory is an example of: the one above {@code examples}; nothing for no example. */
  static Optional<String> shownBy(String directory) {
    String above = null;
    for (String at = directory; !at.isEmpty(); at = Paths.parent(at)) {
      above = EXAMPLES.contains(Paths.name(at)) ? Paths.parent(at) : above;
    }
    return Optional.ofNullable(above);
  }

  /** Whether a workspace's glob means fixtures, and does not merely cover them. */
  static boolean namesFixtures(String glob) {
    return Stream.of(glob.split("/")).anyMatch(FIXTURES::contains);
  }

  /** Whether a manifest is of what is not shipped: tests, tools, documentation. */
  static boolean isInternal(Manifest manifest) {
    String directory = manifest.directory();
    int from = 0;
    for (int slash = directory.indexOf('/'); slash >= 0; slash = directory.indexOf('/', from)) {
      if (INTERNAL.contains(directory.substring(from, slash))) {
        return true;
      }
      from = slash + 1;
    }
    return INTERNAL.contains(directory.substring(from));
  }
}
