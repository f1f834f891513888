package dev.plasmite.candidate;

import dev.plasmite.candidate.Changelog.Definition;
import dev.plasmite.candidate.Changelog.Section;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import dev.plasmite.version.SemVer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Moves what stands under [Unreleased] to the dated section of a version: a heading is put in, and the compare links
 * are led on where they follow Keep a Changelog's pattern. Every other byte stays as it is, line ends included.
 */
public final class ChangelogRelease {

  private static final Pattern LINE = Pattern.compile("[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+");
  private static final Pattern COMPARE = Pattern.compile("(.*/compare/)(.+)\\.\\.\\.([^./]+(?:[./][^./]+)*)");

  private ChangelogRelease() {}

  /**
   * The changelog after the move.
   *
   * @param bytes the file
   * @param findings what was left as it was and may want a look; nothing that blocks
   */
  public record Released(byte[] bytes, List<Finding> findings) {}

  /**
   * Moves the section.
   *
   * @param path the changelog's path, for findings
   * @throws Refusal when there is nothing to move, or the version has a section already
   */
  public static Released release(String path, byte[] bytes, SemVer version, LocalDate date) {
    Changelog changelog = Changelog.read(path, bytes);
    Section unreleased = movable(changelog, version);
    String raw = new String(bytes, StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>();
    LINE.matcher(raw).results().forEach(m -> lines.add(m.group()));
    List<Finding> findings = new ArrayList<>();
    // From the end of the file to its start, so that line numbers stay true.
    List<Edit> edits = new ArrayList<>(links(changelog, version, lines, findings));
    int last = unreleased.body() - 2;
    String end = ending(lines.get(last));
    boolean brackets = lines.get(unreleased.line() - 1).contains("[");
    String heading = "## " + (brackets ? "[" + version + "]" : version) + " - " + date;
    edits.add(new Edit(last, lines.get(last) + end + heading + end));
    edits.sort(java.util.Comparator.comparingInt(Edit::line).reversed());
    for (Edit edit : edits) {
      lines.set(edit.line(), edit.text());
    }
    byte[] result = String.join("", lines).getBytes(StandardCharsets.UTF_8);
    List<Finding> wrong = new ChangelogCheck(Changelog.read(path, result), version, date).findings();
    if (!wrong.isEmpty()) {
      throw new Refusal(wrong);
    }
    return new Released(result, List.copyOf(findings));
  }

  /** A line's new text; lines are counted from 0. */
  private record Edit(int line, String text) {}

  private static Section movable(Changelog changelog, SemVer version) {
    List<Finding> findings = new ArrayList<>();
    for (Section section : changelog.of(version)) {
      findings.add(
          Finding.of(changelog.path() + " has a section of " + version + " already")
              .at(new Place(changelog.path(), section.line(), 0))
              .remedy("move the text there by hand, or take the section away"));
    }
    List<Section> unreleased = changelog.sections().stream().filter(Section::unreleased).toList();
    if (unreleased.isEmpty()) {
      findings.add(
          Finding.of(changelog.path() + " has no [Unreleased] section")
              .at(Place.file(changelog.path()))
              .remedy("add ## [Unreleased] above the newest section, with what changed"));
    } else if (unreleased.get(0).isEmpty()) {
      findings.add(
          Finding.of("[Unreleased] says nothing")
              .at(new Place(changelog.path(), unreleased.get(0).line(), 0))
              .remedy("write what changed since the last release"));
    }
    unreleased.stream()
        .skip(1)
        .map(
            again ->
                Finding.of("a second [Unreleased] section")
                    .at(new Place(changelog.path(), again.line(), 0))
                    .remedy("make one section of them"))
        .forEach(findings::add);
    if (!findings.isEmpty()) {
      throw new Refusal(findings);
    }
    return unreleased.get(0);
  }

  private static List<Edit> links(Changelog changelog, SemVer version, List<String> lines, List<Finding> findings) {
    Optional<Definition> found =
        changelog.definitions().stream().filter(d -> d.label().equalsIgnoreCase("unreleased")).findFirst();
    if (found.isEmpty()) {
      return List.of();
    }
    Definition link = found.get();
    Matcher m = COMPARE.matcher(link.destination());
    int at = link.line() - 1;
    String line = lines.get(at);
    boolean there =
        changelog.definitions().stream().anyMatch(d -> d.label().equals(version.toString()));
    if (!m.matches() || link.end() != link.line() + 1 || !line.contains(link.destination()) || there) {
      findings.add(
          Finding.warning("the link of [Unreleased] was left as it is")
              .at(new Place(changelog.path(), link.line(), 0))
              .remedy("let it compare with " + version.tag() + ", and give [" + version + "] a link"));
      return List.of();
    }
    String onward = m.group(1) + version.tag() + "..." + m.group(3);
    String own = m.group(1) + m.group(2) + "..." + version.tag();
    String end = ending(line);
    boolean ended = line.endsWith("\n") || line.endsWith("\r");
    String first = line.replace(link.destination(), onward);
    String second = line.replace("[" + link.label() + "]", "[" + version + "]").replace(link.destination(), own);
    return List.of(new Edit(at, ended ? first + second : first + end + second));
  }

  private static String ending(String line) {
    return line.endsWith("\r\n") ? "\r\n" : line.endsWith("\r") ? "\r" : "\n";
  }
}
