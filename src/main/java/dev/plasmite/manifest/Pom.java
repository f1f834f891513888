package dev.plasmite.manifest;

import dev.plasmite.manifest.Manifest.Declaration;
import dev.plasmite.manifest.Manifest.Ecosystem;
import dev.plasmite.manifest.Manifest.Reference;
import dev.plasmite.manifest.Manifest.Rule;
import dev.plasmite.version.Spelling;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A Maven POM ("POM Reference"): the project's version, its parent's when the parent is an own project, dependencies
 * and plugins that are own projects, and properties that any of these take their version from.
 */
final class Pom implements Format {

  private static final Naming NAMING = new Naming(Set.of("pom.xml"), Set.of(".xml"), "pom-");

  /** Elements that name a project and say its version. */
  private static final Set<String> USERS = Set.of("dependency", "plugin", "extension", "path", "annotationProcessorPath");

  @Override
  public String name() {
    return "pom.xml";
  }

  @Override
  public Naming naming() {
    return NAMING;
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
      if (project.name().equals("project")) {
        project(file, project, facts);
      }
    } catch (SyntaxException e) {
      facts.unreadable(file, this, e);
    }
    return facts.of(file, this);
  }

  private static void project(TextFile file, XmlScanner.Element project, Facts facts) {
    XmlScanner.Element parent = project.child("parent");
    String group = project.textOf("groupId");
    if (group == null && parent != null) {
      group = parent.textOf("groupId");
    }
    Map<String, XmlScanner.Element> properties = new HashMap<>();
    XmlScanner.Element declared = project.child("properties");
    if (declared != null) {
      declared.children().forEach(p -> properties.put(p.name(), p));
    }
    String parentName = parent == null ? "" : parent.textOf("groupId") + ":" + parent.textOf("artifactId");
    String name = group + ":" + project.textOf("artifactId");
    XmlScanner.Element version = project.child("version");
    String why = "version of Maven project " + name;
    facts.packages.add(
        new Declaration(
            Ecosystem.MAVEN, name, version == null ? null : site(file, version, properties, why), version == null, false, false, parentName));
    if (parent != null && parent.child("version") != null) {
      add(file, parentName, site(file, parent.child("version"), properties, "parent " + parentName), facts);
    }
    XmlScanner.Element modules = project.child("modules");
    if (modules != null) {
      for (XmlScanner.Element module : modules.children()) {
        String directory = Paths.resolve(file.directory(), module.text());
        if (directory != null) {
          facts.memberGlobs.add(directory);
        }
      }
    }
    Map<String, String> context = new HashMap<>();
    context.put("project.groupId", group);
    context.put("pom.groupId", group);
    context.put("project.parent.groupId", parent == null ? null : parent.textOf("groupId"));
    used(file, project, properties, context, facts);
    for (XmlScanner.Element property : properties.values()) {
      if (Spelling.MAVEN.read(property.text()).isPresent() && facts.references.stream().noneMatch(r -> r.site().start() == property.start())) {
        Site site = Site.of(file, property.start(), property.end(), "property " + property.name(), Spelling.MAVEN, Site.Form.VERSION);
        facts.references.add(new Reference(Ecosystem.MAVEN, property.name(), null, site, Rule.PROPERTY));
      }
    }
  }

  /** Every dependency, plugin and extension, wherever it stands: in management, profiles or plugins. */
  private static void used(
      TextFile file,
      XmlScanner.Element element,
      Map<String, XmlScanner.Element> properties,
      Map<String, String> context,
      Facts facts) {
    for (XmlScanner.Element child : element.children()) {
      if (USERS.contains(child.name())
          && child.child("version") != null
          && child.child("artifactId") != null) {
        String group = child.textOf("groupId");
        if (group != null && group.startsWith("${") && group.endsWith("}")) {
          group = context.get(group.substring(2, group.length() - 1));
        }
        String name = group + ":" + child.textOf("artifactId");
        add(file, name, site(file, child.child("version"), properties, "version of " + name), facts);
        String said = child.textOf("version");
        if (said.startsWith("${") && said.endsWith("}") && !properties.containsKey(said.substring(2, said.length() - 1))) {
          facts.uses.add(new Manifest.Use(name, said.substring(2, said.length() - 1)));
        }
      }
      used(file, child, properties, context, facts);
    }
  }

  private static void add(TextFile file, String name, Site site, Facts facts) {
    if (site != null && facts.references.stream().noneMatch(r -> r.site().start() == site.start())) {
      facts.references.add(new Reference(Ecosystem.MAVEN, name, null, site, name.contains("${") ? Rule.LIKE_OWN_AND_CURRENT : Rule.OWN));
    }
  }

  /** Where the version really stands: here, or in the (first) property that is named here; what a build appends stays. */
  private static Site site(TextFile file, XmlScanner.Element version, Map<String, XmlScanner.Element> properties, String why) {
    XmlScanner.Element at = version;
    String text = version.text();
    String said = why;
    if (text.startsWith("${") && text.indexOf('}') > 0) {
      String property = text.substring(2, text.indexOf('}'));
      at = properties.get(property);
      said = "property " + property;
    }
    if (at != null && at.text().length() > 2 && at.text().startsWith("[") && at.text().endsWith("]")) {
      // Exactly this version.
      return Site.of(file, at.start() + 1, at.end() - 1, said, Spelling.MAVEN, Site.Form.VERSION);
    }
    int length = at == null ? 0 : at.text().indexOf("${") < 0 ? at.text().length() : at.text().indexOf("${");
    return length == 0 ? null : Site.of(file, at.start(), at.start() + length, said, Spelling.MAVEN, Site.Form.VERSION);
  }
}
