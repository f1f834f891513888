package dev.plasmite.manifest;

import dev.plasmite.manifest.Manifest.Declaration;
import dev.plasmite.manifest.Manifest.Ecosystem;
import dev.plasmite.version.Spelling;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * MSBuild projects and Directory.Build.props: the version properties that NuGet's "pack" documentation names. An
 * assembly version has four numbers, of which the first three are the product's.
 */
final class DotNet implements Format {

  private static final Map<String, Spelling> PROPERTIES =
      Map.of(
          "Version", Spelling.SEMVER,
          "PackageVersion", Spelling.SEMVER,
          "InformationalVersion", Spelling.SEMVER,
          "VersionPrefix", Spelling.NUMBERS,
          "AssemblyVersion", Spelling.NUMBERS,
          "FileVersion", Spelling.NUMBERS);
  private static final Pattern FOUR = Pattern.compile("([0-9]+\\.[0-9]+\\.[0-9]+)\\.[0-9]+");

  @Override
  public String name() {
    return "MSBuild project";
  }

  @Override
  public boolean claims(String path) {
    String name = Paths.name(path).toLowerCase(Locale.ROOT);
    return name.endsWith(".csproj") || name.endsWith(".fsproj") || name.endsWith(".vbproj") || name.equals("directory.build.props");
  }

  @Override
  public Syntax syntax() {
    return Syntax.XML;
  }

  @Override
  public Manifest read(TextFile file) {
    Facts facts = new Facts();
    try {
      XmlScanner.Element project = XmlScanner.scan(file);
      for (XmlScanner.Element group : project.children()) {
        if (group.name().equals("PropertyGroup")) {
          group.children().forEach(p -> property(file, p, facts));
        }
      }
    } catch (SyntaxException e) {
      facts.unreadable(file, this, e);
    }
    return facts.of(file, this);
  }

  private static void property(TextFile file, XmlScanner.Element property, Facts facts) {
    Spelling spelling = PROPERTIES.get(property.name());
    if (spelling == null || property.text().isEmpty() || property.text().contains("$(")) {
      return;
    }
    Matcher four = FOUR.matcher(property.text());
    int end = four.matches() ? property.start() + four.end(1) : property.end();
    Spelling said = four.matches() ? Spelling.NUMBERS : spelling;
    Site site = Site.of(file, property.start(), end, "property " + property.name(), said, Site.Form.VERSION);
    facts.packages.add(new Declaration(Ecosystem.PRODUCT, "", site, false, false));
  }
}
