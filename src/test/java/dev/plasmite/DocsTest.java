package dev.plasmite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documentation tells people to type, and the sample's workflows do, is there: goals, phases, parameters, and the tests that it names. */
class DocsTest {

  /** A command: what stands after "mvn" up to the end of the code it stands in. */
  private static final Pattern COMMAND = Pattern.compile("\\bmvn ([^`\\n#&|<>]*)");
  private static final Pattern GOAL = Pattern.compile("(?<!\\.)\\bplasmite:([a-z-]+)");
  private static final Pattern PARAMETER = Pattern.compile("-D(plasmite\\.[A-Za-z.]+(?:-[a-z]+)*(?:\\.[a-z]+)*|newVersion)\\b");
  private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z]+Test)\\.([a-z][A-Za-z0-9]+)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+\\.md)\\)");
  /** Phases of Maven's own lifecycles that commands here may name. */
  private static final Set<String> MAVENS = Set.of("clean", "validate", "compile", "test-compile", "test", "package", "verify", "install");

  private final Set<String> goals = inDescriptor("<mojo>\\s*<goal>([^<]+)</goal>");
  private final Set<String> properties = inDescriptor("\\$\\{([A-Za-z.-]+)\\}");
  private final Set<String> phases = phases();

  @Test
  void theRunbookNamesTheWholeWay() throws Exception {
    String runbook = Files.readString(Path.of("docs/releasing.md"));
    assertThat(runbook)
        .contains("plasmite:bump").contains("plasmite:changelog").contains("verify-delivery").contains("perf-gate")
        .contains("plasmite:tag").contains("publish").contains("plasmite:status");
    assertThat(runbook.lines().count()).as("it is short").isLessThan(50);
  }

  @Test
  void everyGoalOfTheDocumentationIsThere() throws Exception {
    List<String> wrong = new ArrayList<>();
    each((file, text) -> missing(GOAL, text, goals).forEach(goal -> wrong.add(file + ": plasmite:" + goal)));
    assertThat(wrong).isEmpty();
    assertThat(missing(GOAL, "type `mvn plasmite:relaese`", goals)).containsExactly("relaese");
  }

  @Test
  void everyPhaseOfTheDocumentationIsThere() throws Exception {
    List<String> wrong = new ArrayList<>();
    each((file, text) -> words(text).forEach(word -> wrong.add(file + ": mvn " + word)));
    assertThat(wrong).isEmpty();
    assertThat(words("`mvn -Prelease pubish -Dx=y`")).containsExactly("pubish");
  }

  @Test
  void everyParameterOfTheDocumentationIsThere() throws Exception {
    String pom = Files.readString(Path.of("pom.xml"));
    List<String> wrong = new ArrayList<>();
    each(
        (file, text) ->
            missing(PARAMETER, text, properties).stream()
                .filter(property -> !pom.contains("<" + property + ">"))
                .forEach(property -> wrong.add(file + ": -D" + property)));
    assertThat(wrong).isEmpty();
    assertThat(missing(PARAMETER, "-Dplasmite.mood=live", properties)).containsExactly("plasmite.mood");
  }

  @Test
  void everyTestAndPageThatIsNamedIsThere() throws Exception {
    List<String> wrong = new ArrayList<>();
    each(
        (file, text) -> {
          TEST.matcher(text).results().filter(m -> !tests(m.group(1)).contains("void " + m.group(2) + "("))
              .forEach(m -> wrong.add(file + ": " + m.group()));
          LINK.matcher(text).results().filter(m -> !Files.exists(file.resolveSibling(m.group(1))))
              .forEach(m -> wrong.add(file + ": " + m.group(1)));
        });
    assertThat(wrong).isEmpty();
  }

  private static List<String> missing(Pattern pattern, String text, Set<String> known) {
    return pattern.matcher(text).results().map(m -> m.group(1)).filter(name -> !known.contains(name)).distinct().toList();
  }

  /** The phases of the commands in a text that there are none of; goals of other plugins are theirs to know. */
  private List<String> words(String text) {
    List<String> wrong = new ArrayList<>();
    for (Matcher m : COMMAND.matcher(text).results().map(r -> COMMAND.matcher(r.group())).toList()) {
      assertThat(m.find()).isTrue();
      for (String word : m.group(1).split("\\s+")) {
        if (word.matches("[a-z][a-z-]*") && !MAVENS.contains(word) && !phases.contains(word)) {
          wrong.add(word);
        }
      }
    }
    return wrong;
  }

  private static void each(BiConsumer<Path, String> look) throws IOException {
    try (Stream<Path> docs = Files.list(Path.of("docs"));
        Stream<Path> workflows = Files.list(Path.of("src/it/release-train/.github/workflows"))) {
      Stream<Path> pages = docs.filter(f -> f.toString().endsWith(".md"));
      for (Path file : Stream.concat(Stream.of(Path.of("README.md")), Stream.concat(pages, workflows)).sorted().toList()) {
        look.accept(file, Files.readString(file));
      }
    }
  }

  private static String tests(String type) {
    try (Stream<Path> all = Files.walk(Path.of("src/test/java"))) {
      return all.filter(f -> f.getFileName().toString().equals(type + ".java")).map(DocsTest::read).collect(Collectors.joining());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Set<String> inDescriptor(String pattern) {
    // Written by maven-plugin-plugin before the tests run.
    return Pattern.compile(pattern).matcher(read(Path.of("target/classes/META-INF/maven/plugin.xml"))).results()
        .map(m -> m.group(1)).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> phases() {
    return Pattern.compile("<phase>([^<]+)</phase>").matcher(read(Path.of("src/main/resources/META-INF/plexus/components.xml"))).results()
        .map(m -> m.group(1)).collect(Collectors.toCollection(TreeSet::new));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError("cannot read " + file, e);
    }
  }
}
