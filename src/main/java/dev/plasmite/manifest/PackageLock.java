package dev.plasmite.manifest;

import dev.plasmite.manifest.Manifest.Ecosystem;
import dev.plasmite.manifest.Manifest.Reference;
import dev.plasmite.manifest.Manifest.Rule;
import dev.plasmite.version.Spelling;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * package-lock.json and npm-shrinkwrap.json, lockfileVersion 1 to 3 ("package-lock.json" in npm's documentation). Own
 * entries are the root and every key of {@code packages} that is a directory outside node_modules; what was fetched
 * from a registry has its hash beside its version and is never touched.
 */
final class PackageLock implements Format {

  private static final Naming NAMING = Naming.named("package-lock.json", "npm-shrinkwrap.json");

  private final JsonScanner json = new JsonScanner();

  @Override
  public String name() {
    return "package-lock.json";
  }

  @Override
  public Naming naming() {
    return NAMING;
  }

  @Override
  public Syntax syntax() {
    return Syntax.JSON;
  }

  @Override
  public Manifest read(TextFile file) {
    Facts facts = new Facts();
    try {
      Set<String> linked = new HashSet<>();
      json.scan(
          file,
          (path, value, start, end) -> {
            entry(file, path, start, end, facts);
            linked(file, path, value, start, end, linked, facts);
          });
    } catch (SyntaxException e) {
      facts.unreadable(file, this, e);
    }
    return facts.of(file, this);
  }

  private static void entry(TextFile file, List<String> path, int start, int end, Facts facts) {
    if (end < 0) {
      return;
    }
    if (path.size() == 1 && path.get(0).equals("version")) {
      version(file, start, end, "", facts);
    } else if (path.size() >= 3 && path.get(0).equals("packages") && isOwn(path.get(1))) {
      if (path.size() == 3 && path.get(2).equals("version")) {
        version(file, start, end, path.get(1), facts);
      } else if (path.size() == 4) {
        PackageJson.reference(file, path.get(2), path.get(3), start, end, facts);
      }
    }
  }

  /** Versions 1 and 2 repeat, in {@code dependencies}, what packages require that are linked to a directory. */
  private static void linked(TextFile file, List<String> path, String value, int start, int end, Set<String> linked, Facts facts) {
    if (!path.get(0).equals("dependencies") || end < 0) {
      return;
    }
    if (path.size() == 3 && path.get(2).equals("version") && value.startsWith("file:")) {
      linked.add(path.get(1));
    } else if (path.size() == 4 && path.get(2).equals("requires") && linked.contains(path.get(1))) {
      PackageJson.reference(file, "dependencies", path.get(3), start, end, facts);
    }
  }

  private static boolean isOwn(String key) {
    return !key.startsWith("node_modules/") && !key.contains("/node_modules/");
  }

  private static void version(TextFile file, int start, int end, String key, Facts facts) {
    String directory = Paths.resolve(file.directory(), key);
    if (directory != null) {
      Site site =
          Site.of(file, start, end, "locked version of npm package in " + (directory.isEmpty() ? "." : directory), Spelling.SEMVER, Site.Form.VERSION);
      facts.references.add(new Reference(Ecosystem.NPM, "", directory, site, Rule.OWN));
    }
  }
}
