package dev.plasmite.manifest;

import dev.plasmite.manifest.Manifest.Declaration;
import dev.plasmite.manifest.Manifest.Ecosystem;
import dev.plasmite.manifest.Manifest.Reference;
import dev.plasmite.manifest.Manifest.Rule;
import dev.plasmite.version.Spelling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * MSBuild projects, nuspecs, Directory.Build.props and Directory.Packages.props: the version properties that NuGet's "pack"
 * documentation names, and references to own packages at the current version. An assembly version has four numbers, of
 * which the first three are the product's. A version that is taken from another property of the file stands there.
 */
final class DotNet implements Format {

  private static final Naming NAMING =
      new Naming(Set.of("directory.build.props", "directory.packages.props"), Set.of(".csproj", ".fsproj", ".vbproj", ".nuspec"), "");

  private static final Map<String, Spelling> PROPERTIES =
      Map.of(
          "Version", Spelling.SEMVER,
          "PackageVersion", Spelling.SEMVER,
          "InformationalVersion", Spelling.SEMVER,
          "VersionPrefix", Spelling.NUMBERS,
          "AssemblyVersion", Spelling.NUMBERS,
          "FileVersion", Spelling.NUMBERS);
  private static final Pattern SINGLE = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+(?:-[0-9A-Za-z.-]+)?");
  private static final Pattern OTHER = Pattern.compile("\\$\\((\\w+)\\)");
  private static final Pattern FOUR = Pattern.compile("([0-9]+\\.[0-9]+\\.[0-9]+)\\.[0-9]+");

  @Override
  public String name() {
    return "MSBuild project";
  }

  @Override
  public Naming naming() {
    return NAMING;
  }

  @Override
  public boolean claims(String path) {
    return NAMING.covers(Naming.key(Paths.name(path)));
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
      if (project.name().equals("package")) {
        nuspec(file, project.child("metadata"), facts);
        return facts.of(file, this);
      }
      String id = packageId(file, project);
      Map<String, List<XmlScanner.Element>> properties = new HashMap<>();
      for (XmlScanner.Element group : project.children()) {
        if (group.name().equals("PropertyGroup")) {
          group.children().forEach(p -> properties.computeIfAbsent(p.name(), k -> new ArrayList<>()).add(p));
        }
      }
      for (XmlScanner.Element group : project.children()) {
        if (group.name().equals("PropertyGroup")) {
          group.children().forEach(p -> property(file, p, properties, id, facts));
          suffix(file, group, id, facts);
        } else if (group.name().equals("ItemGroup")) {
          group.children().forEach(item -> reference(file, item, facts));
        }
      }
    } catch (SyntaxException e) {
      facts.unreadable(file, this, e);
    }
    return facts.of(file, this);
  }

  /** The package's name: {@code PackageId}, or the name of the project's file. Names do not tell cases apart. */
  private static String packageId(TextFile file, XmlScanner.Element project) {
    for (XmlScanner.Element group : project.children()) {
      String id = group.name().equals("PropertyGroup") ? group.textOf("PackageId") : null;
      if (id != null && !id.contains("$(")) {
        return id.toLowerCase(Locale.ROOT);
      }
    }
    String name = file.name().toLowerCase(Locale.ROOT);
    return name.endsWith("proj") ? name.substring(0, name.lastIndexOf('.')) : "";
  }

  /** A nuspec; what it names between dollar signs, the packing tool fills in. */
  private static void nuspec(TextFile file, XmlScanner.Element metadata, Facts facts) {
    XmlScanner.Element version = metadata == null ? null : metadata.child("version");
    String id = metadata == null || metadata.textOf("id") == null ? "" : metadata.textOf("id").toLowerCase(Locale.ROOT);
    if (version != null && !version.text().isEmpty() && !version.text().contains("$")) {
      declare(file, version, Spelling.SEMVER, id, facts);
    }
    if (metadata != null && metadata.child("dependencies") != null) {
      dependencies(file, metadata.child("dependencies"), facts);
    }
  }

  private static void dependencies(TextFile file, XmlScanner.Element element, Facts facts) {
    for (XmlScanner.Element child : element.children()) {
      if (child.name().equals("dependency") && child.attributes().containsKey("id")) {
        repeated(file, child.attributes().get("id").text(), child.attributes().get("version"), facts);
      }
      dependencies(file, child, facts);
    }
  }

  /** A package at one version; ranges in brackets and properties stay as they are. */
  private static void reference(TextFile file, XmlScanner.Element item, Facts facts) {
    XmlScanner.Attribute name = item.attributes().getOrDefault("Include", item.attributes().get("Update"));
    if (name == null || !(item.name().equals("PackageReference") || item.name().equals("PackageVersion"))) {
      return;
    }
    XmlScanner.Attribute version = item.attributes().get("Version");
    XmlScanner.Element child = item.child("Version");
    if (version == null && child != null) {
      version = new XmlScanner.Attribute(child.text(), child.start(), child.end());
    }
    repeated(file, name.text(), version, facts);
  }

  private static void repeated(TextFile file, String name, XmlScanner.Attribute version, Facts facts) {
    if (version != null && version.text().length() > 2 && version.text().startsWith("[") && version.text().endsWith("]")) {
      // Exactly this version.
      version = new XmlScanner.Attribute(version.text().substring(1, version.text().length() - 1), version.start() + 1, version.end() - 1);
    }
    if (version != null && SINGLE.matcher(version.text()).matches()) {
      Site site =
          Site.of(file, version.start(), version.end(), "version of NuGet package " + name, Spelling.SEMVER, Site.Form.VERSION);
      facts.references.add(
          new Reference(Ecosystem.NUGET, name.toLowerCase(Locale.ROOT), null, site, Rule.OWN_AND_CURRENT));
    }
  }

  /** {@code VersionSuffix} beside {@code VersionPrefix}: the prerelease of the same version, or empty. */
  private static void suffix(TextFile file, XmlScanner.Element group, String id, Facts facts) {
    XmlScanner.Element suffix = group.child("VersionSuffix");
    if (suffix != null && suffix.end() >= 0 && !suffix.text().contains("$(") && group.child("VersionPrefix") != null) {
      boolean closed = suffix.start() < 0;
      Site site =
          closed
              ? Site.of(file, suffix.end(), suffix.end(), "<VersionSuffix/>, in which no text can stand", Spelling.EMPTY, Site.Form.VERSION)
              : Site.of(file, suffix.start(), suffix.end(), "property VersionSuffix", Spelling.SUFFIX, Site.Form.VERSION);
      facts.references.add(new Reference(Ecosystem.NUGET, id, null, site, Rule.BESIDE));
    }
  }

  private static void property(
      TextFile file, XmlScanner.Element property, Map<String, List<XmlScanner.Element>> properties, String id, Facts facts) {
    Spelling spelling = PROPERTIES.get(property.name());
    if (spelling == null || property.text().isEmpty()) {
      return;
    }
    Matcher other = OTHER.matcher(property.text());
    if (!other.lookingAt()) {
      declare(file, property, spelling, id, facts);
      return;
    }
    // The version stands in another property of this file: all of it where it is somewhere taken alone, else its numbers.
    boolean whole =
        properties.values().stream()
            .flatMap(List::stream)
            .anyMatch(p -> p.text().equals(other.group()) && PROPERTIES.get(p.name()) == Spelling.SEMVER);
    for (XmlScanner.Element said : properties.getOrDefault(other.group(1), List.of())) {
      if (!PROPERTIES.containsKey(said.name()) && !said.text().isEmpty()) {
        declare(file, said, whole ? Spelling.SEMVER : Spelling.NUMBERS, id, facts);
      }
    }
  }

  private static void declare(TextFile file, XmlScanner.Element property, Spelling spelling, String id, Facts facts) {
    if (property.text().contains("$(") || facts.packages.stream().anyMatch(p -> p.version().start() == property.start())) {
      return;
    }
    Matcher four = FOUR.matcher(property.text());
    int end = four.matches() ? property.start() + four.end(1) : property.end();
    Spelling said = four.matches() ? Spelling.NUMBERS : spelling;
    Site site = Site.of(file, property.start(), end, "property " + property.name(), said, Site.Form.VERSION);
    facts.packages.add(new Declaration(Ecosystem.NUGET, id, site, false, false));
  }
}
