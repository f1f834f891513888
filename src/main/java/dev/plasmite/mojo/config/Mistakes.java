package dev.plasmite.mojo.config;

import dev.plasmite.client.CommandLine;
import dev.plasmite.client.ShellSyntax;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Collects every mistake in the configuration, to be told together, each with the parameter as it stands in the POM. */
final class Mistakes {

  private final List<Finding> findings = new ArrayList<>();

  /** Notes a mistake. */
  void add(String parameter, String what, String remedy) {
    findings.add(Finding.of(what).at(Place.file("<configuration>" + parameter)).remedy(remedy));
  }

  /** Notes a missing value. */
  void require(String parameter, String value, String remedy) {
    if (value == null || value.isBlank()) {
      add(parameter, "is missing", remedy);
    }
  }

  /** Takes one of a few words, or notes what is allowed. */
  String oneOf(String parameter, String value, String byDefault, List<String> allowed) {
    String word = value == null ? byDefault : value;
    if (word == null || !allowed.contains(word)) {
      add(parameter, word == null ? "is missing" : "'" + word + "' is not known", "use one of " + String.join(", ", allowed));
    }
    return word;
  }

  /** Takes a number within bounds. */
  int within(String parameter, Integer value, int byDefault, int least, int most) {
    int number = value == null ? byDefault : value;
    if (number < least || number > most) {
      add(parameter, number + " is out of range", "use " + least + " to " + most);
    }
    return number;
  }

  /** Takes a number within bounds; what is no number is within none. */
  double within(String parameter, Double value, double byDefault, double least, double most) {
    double number = value == null ? byDefault : value;
    if (!(number >= least && number <= most)) {
      add(parameter, number + " is out of range", "use " + least + " to " + most);
    }
    return number;
  }

  /** Takes a command that can be split into its arguments and wants no shell; it is read long before it runs. */
  void command(String parameter, String command) {
    if (command == null || command.isBlank()) {
      return;
    }
    try {
      CommandLine.split(command);
      ShellSyntax.in(command).forEach(m -> add(parameter, "'" + command + "' " + m.what(), m.remedy()));
    } catch (Refusal e) {
      add(parameter, "'" + command + "' cannot be read as a command", "close the quote");
    }
  }

  /** Takes a regular expression with exactly one group. */
  void oneGroup(String parameter, String pattern) {
    try {
      if (Pattern.compile(pattern).matcher("").groupCount() != 1) {
        add(parameter, "the pattern '" + pattern + "' must have exactly one group, the version", "write ([^\"]+) or the like");
      }
    } catch (PatternSyntaxException e) {
      add(parameter, "'" + pattern + "' is no regular expression: " + e.getDescription(), "see java.util.regex.Pattern");
    }
  }

  /** Takes a path that stays in the repository. */
  Optional<String> inside(String parameter, String path) {
    if (path == null || path.isBlank()) {
      return Optional.empty();
    }
    if (path.startsWith("/") || path.contains("\\") || List.of(path.split("/")).contains("..") || path.matches("[A-Za-z]:.*")) {
      add(parameter, "'" + path + "' leaves the repository", "write a path relative to the repository, with /");
    }
    return Optional.of(path);
  }

  /**
   * Ends the reading of the configuration.
   *
   * @throws Refusal with all mistakes, when there are any
   */
  void throwIfAny() {
    if (!findings.isEmpty()) {
      throw new Refusal(findings);
    }
  }
}
