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

/**
 * A CMake project whose version is composed of variables, {@code VERSION ${X_MAJOR}.${X_MINOR}.${X_PATCH}}, there or in a
 * variable that is named there. The first number stands for the version, the others go with it. Two numbers alone do not say which
 * release they are of.
 */
final class CMakeParts {

  private static final Spelling[] PARTS = {Spelling.MAJOR, Spelling.MINOR, Spelling.PATCH};
  private static final String COMPOSED = "\"?\\$\\{(\\w+)\\}\\.\\$\\{(\\w+)\\}\\.\\$\\{(\\w+)\\}(?:\\.[^\\s\")]*)?\"?(?=[\\s)])";

  private static final Pattern NAME = Pattern.compile(TextFormats.CMAKE_NAME, Pattern.MULTILINE);

  private final Pattern project;
  private final Pattern named;

  /**
   * Reads projects.
   *
   * @param project the pattern of {@code project(...} up to the version
   */
  CMakeParts(String project) {
    this.project = Pattern.compile(project + COMPOSED, Pattern.MULTILINE);
    this.named = Pattern.compile(project + "\"?\\$\\{(\\w+)\\}\"?(?=[\\s)])", Pattern.MULTILINE);
  }

  void read(TextFile file, Facts facts) {
    Matcher composed = project.matcher(file.text());
    if (!composed.find()) {
      Matcher variable = named.matcher(file.text());
      composed = variable.find() ? set(variable.group(1), COMPOSED).matcher(file.text()) : null;
      if (composed == null || !composed.find()) {
        return;
      }
    }
    List<Matcher> numbers = new ArrayList<>();
    for (int i = 1; i <= PARTS.length; i++) {
      Matcher number = set(composed.group(i), "\"?([0-9]+)\"?(?=[\\s)])").matcher(file.text());
      if (!number.find()) {
        return;
      }
      numbers.add(number);
    }
    String whole = String.join(".", numbers.stream().map(n -> n.group(1)).toList());
    for (int i = 0; i < numbers.size(); i++) {
      Site site = Site.part(file, numbers.get(i).start(1), numbers.get(i).end(1), composed.group(i + 1) + " of the CMake project's version", PARTS[i], whole);
      if (i == 0) {
        facts.packages.add(new Declaration(Ecosystem.CMAKE, name(file), site, false, false));
      } else {
        facts.references.add(new Reference(Ecosystem.CMAKE, name(file), null, site, Rule.BESIDE));
      }
    }
  }

  private static Pattern set(String variable, String value) {
    return Pattern.compile("^[ \\t]*(?i:set)[ \\t]*\\([ \\t]*" + variable + "\\s+" + value, Pattern.MULTILINE);
  }

  private static String name(TextFile file) {
    Matcher m = NAME.matcher(file.text());
    return m.find() ? m.group("n") : "";
  }
}
