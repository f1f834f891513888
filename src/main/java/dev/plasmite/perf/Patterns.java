package dev.plasmite.perf;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Globs over scenario names: {@code *} stands for any text, {@code ?} for one character; all else is itself. */
final class Patterns {

  private final List<Pattern> patterns;

  Patterns(List<String> globs) {
    this.patterns = globs.stream().map(Patterns::compiled).toList();
  }

  boolean matches(String name) {
    return patterns.stream().anyMatch(p -> p.matcher(name).matches());
  }

  private static Pattern compiled(String glob) {
    return Pattern.compile(
        glob.chars()
            .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf((char) c)))
            .collect(Collectors.joining()),
        Pattern.DOTALL);
  }
}
