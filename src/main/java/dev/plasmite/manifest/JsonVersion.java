package dev.plasmite.manifest;

import dev.plasmite.manifest.Manifest.Declaration;
import dev.plasmite.manifest.Manifest.Ecosystem;
import dev.plasmite.manifest.Manifest.Reference;
import dev.plasmite.manifest.Manifest.Rule;
import dev.plasmite.version.Spelling;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** JSON files of which only a version or two is the product's: by file name, the paths of the keys. */
final class JsonVersion implements Format {

  private static final String RELEASE_PLEASE = ".release-please-manifest.json";
  private static final Set<List<String>> TOP = Set.of(List.of("version"));
  private static final Map<String, Set<List<String>>> KEYS =
      Map.of(
          "tree-sitter.json", Set.of(List.of("metadata", "version")),
          "tauri.conf.json", Set.of(List.of("version"), List.of("package", "version")),
          "composer.json", TOP,
          "deno.json", TOP,
          "jsr.json", TOP,
          "lerna.json", TOP,
          "vcpkg.json", Set.of(List.of("version"), List.of("version-string"), List.of("version-semver")),
          RELEASE_PLEASE, Set.of(List.of(".")),
          "gemini-extension.json", TOP,
          "plugin.json", TOP);
  private static final Naming NAMING = new Naming(KEYS.keySet(), Set.of(), "");

  private final JsonScanner json = new JsonScanner();

  @Override
  public String name() {
    return "JSON manifest";
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
    Set<List<String>> keys = KEYS.get(file.name());
    try {
      json.scan(
          file,
          (path, value, start, end) -> {
            if (end >= 0 && path.size() == 1 && file.name().equals(RELEASE_PLEASE) && !path.get(0).equals(".")) {
              directory(file, path.get(0), start, end, facts);
            } else if (end >= 0 && keys.contains(path)) {
              Site site = Site.of(file, start, end, "version in " + file.name(), Spelling.SEMVER, Site.Form.VERSION);
              facts.packages.add(new Declaration(Ecosystem.PRODUCT, "", site, false, true));
            }
          });
    } catch (SyntaxException e) {
      facts.unreadable(file, this, e);
    }
    return facts.of(file, this);
  }

  /** release-please keeps the version of each package beside its directory. */
  private static void directory(TextFile file, String key, int start, int end, Facts facts) {
    String directory = Paths.resolve(file.directory(), key);
    if (directory != null) {
      Site site = Site.of(file, start, end, "version of the package in " + directory, Spelling.SEMVER, Site.Form.VERSION);
      for (Ecosystem ecosystem : Ecosystem.values()) {
        facts.references.add(new Reference(ecosystem, "", directory, site, Rule.OWN));
      }
    }
  }
}
