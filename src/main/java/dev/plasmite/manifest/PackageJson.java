package dev.plasmite.manifest;

import dev.plasmite.manifest.Manifest.Declaration;
import dev.plasmite.manifest.Manifest.Ecosystem;
import dev.plasmite.manifest.Manifest.Reference;
import dev.plasmite.manifest.Manifest.Rule;
import dev.plasmite.version.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** package.json of npm: its version, and exact or caret requirements of own packages. */
final class PackageJson implements Format {

  private static final Naming NAMING = Naming.named("package.json");

  /** Another name for a package, with the requirement that it has. */
  private static final Pattern ALIAS = Pattern.compile("(?:npm|workspace):(@?[^@:]+)@([^:]+)");

  private final JsonScanner json = new JsonScanner();

  @Override
  public String name() {
    return "package.json";
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
    String[] name = {""};
    Site[] version = new Site[1];
    boolean[] unpublished = {false};
    boolean[] satellite = {false};
    List<Reference> development = new ArrayList<>();
    try {
      json.scan(
          file,
          (path, value, start, end) -> {
            boolean top = path.size() == 1;
            if (top && path.get(0).equals("name")) {
              name[0] = value;
            } else if (top && path.get(0).equals("version") && start >= 0 && end < 0) {
              facts.escaped(file, start);
            } else if (top && path.get(0).equals("version") && end >= 0) {
              version[0] = Site.of(file, start, end, "version of npm package", Spelling.SEMVER, Site.Form.VERSION);
            } else if (top && path.get(0).equals("private")) {
              unpublished[0] = value.equals("true");
            } else if (path.get(0).equals("os") || path.get(0).equals("cpu")) {
              satellite[0] = true;
            } else if (end >= 0 && isCatalog(path)) {
              reference(file, "dependencies", path.get(path.size() - 1), start, end, facts);
            } else if (path.get(0).equals("workspaces") && start >= 0) {
              String glob = Paths.resolve(file.directory(), value);
              if (glob != null) {
                facts.memberGlobs.add(glob);
              }
            } else if (path.size() == 2 && end >= 0) {
              int known = facts.references.size();
              reference(file, path.get(0), path.get(1), start, end, facts);
              if (path.get(0).equals("devDependencies")) {
                development.addAll(facts.references.subList(known, facts.references.size()));
              }
            }
          });
      // A package that is developed with itself wants a release that is out already.
      facts.references.removeIf(r -> r.name().equals(name[0]) && development.contains(r));
      if (!name[0].isEmpty() || version[0] != null) {
        facts.packages.add(new Declaration(Ecosystem.NPM, name[0], version[0], false, unpublished[0], satellite[0], ""));
      }
    } catch (SyntaxException e) {
      facts.unreadable(file, this, e);
    }
    return facts.of(file, this);
  }

  /** Requirements that packages share, as Bun has them: {@code catalog}, {@code catalogs.NAME}, also in {@code workspaces}. */
  private static boolean isCatalog(List<String> path) {
    int at = path.get(0).equals("workspaces") ? 1 : 0;
    return path.size() == at + 2 && path.get(at).equals("catalog") || path.size() == at + 3 && path.get(at).equals("catalogs");
  }

  static void reference(TextFile file, String kind, String name, int start, int end, Facts facts) {
    Rule rule =
        switch (kind) {
          case "optionalDependencies" -> Rule.PLATFORM;
          case "dependencies", "devDependencies", "peerDependencies", "overrides", "resolutions" -> Rule.OWN_AND_CURRENT;
          default -> null;
        };
    if (rule == null) {
      return;
    }
    Matcher alias = file.text().startsWith("npm:", start) || file.text().startsWith("workspace:", start) ? ALIAS.matcher(file.text()).region(start, end) : null;
    if (alias != null && alias.matches()) {
      reference(file, kind, alias.group(1), alias.start(2), end, facts);
    } else {
      Site site = Site.of(file, start, end, "requirement of npm package " + name, Spelling.SEMVER, Site.Form.REQUIREMENT);
      facts.references.add(new Reference(Ecosystem.NPM, name, null, site, rule));
    }
  }
}
