package dev.plasmite.manifest;

import dev.plasmite.manifest.Manifest.Ecosystem;
import dev.plasmite.manifest.Manifest.Reference;
import dev.plasmite.manifest.Manifest.Rule;
import dev.plasmite.version.Spelling;
import java.util.List;

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
      json.scan(file, (path, value, start, end) -> entry(file, path, start, end, facts));
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
