package dev.plasmite.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of bad input names tests that are there. */
class BadInputTableTest {

  private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z0-9]*Test)(?:\\.([a-z][A-Za-z0-9]*))?`");

  @Test
  void everyCaseNamesATestThatIsThere() throws IOException {
    Map<String, String> sources = new HashMap<>();
    try (Stream<Path> all = Files.walk(Path.of("src/test/java"))) {
      for (Path file : all.filter(path -> path.toString().endsWith("Test.java")).toList()) {
        sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
      }
    }
    List<String> missing = new ArrayList<>();
    int named = 0;
    for (String line : Files.readAllLines(Path.of("docs/bad-input.md"))) {
      if (!line.startsWith("| ") || line.startsWith("| case ")) {
        continue;
      }
      Matcher test = TEST.matcher(line);
      int here = 0;
      while (test.find()) {
        here++;
        String source = sources.getOrDefault(test.group(1), "");
        if (source.isEmpty() || test.group(2) != null && !source.contains("  void " + test.group(2) + "(")) {
          missing.add(test.group());
        }
      }
      named += here;
      if (here == 0 && !line.contains("`src/it/")) {
        missing.add(line);
      }
    }
    assertThat(missing).isEmpty();
    assertThat(named).isGreaterThan(60);
  }
}
