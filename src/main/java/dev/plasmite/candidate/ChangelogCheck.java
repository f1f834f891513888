package dev.plasmite.candidate;

import dev.plasmite.candidate.Changelog.Section;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.version.SemVer;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether a changelog is ready for a release: one dated section that says something, and a fresh place above it. */
final class ChangelogCheck {

  private final Changelog changelog;
  private final SemVer version;
  private final LocalDate today;

  /**
   * @param today the latest date that is not in the future
   */
  ChangelogCheck(Changelog changelog, SemVer version, LocalDate today) {
    this.changelog = changelog;
    this.version = version;
    this.today = today;
  }

  /** All that is wrong. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    List<Section> sections = changelog.of(version);
    if (sections.isEmpty()) {
      findings.add(missing());
    }
    for (Section section : sections) {
      date(section).ifPresent(findings::add);
      if (section.yanked()) {
        findings.add(
            at(section, "the section of " + version + " is marked [YANKED]: this release was taken back")
                .remedy("release another version, or take the mark away"));
      }
      if (section.isEmpty()) {
        findings.add(
            at(section, "the section of " + version + " says nothing").remedy("write what changed below the heading"));
      }
    }
    sections.stream()
        .skip(1)
        .map(
            again ->
                at(again, "a second section of " + version + "; the first is in line " + sections.get(0).line())
                    .remedy("make one section of them"))
        .forEach(findings::add);
    unreleased(sections).ifPresent(findings::add);
    return findings;
  }

  private Finding missing() {
    String form = "## [" + version + "] - " + today;
    Optional<Section> near =
        changelog.sections().stream().filter(s -> s.name().equals(version.tag())).findFirst();
    if (near.isPresent()) {
      return at(near.get(), "the section is named " + version.tag() + ", with a v").remedy("write: " + form);
    }
    Optional<Section> other = changelog.sections().stream().filter(s -> names(s.name())).findFirst();
    if (other.isPresent()) {
      return at(other.get(), "the heading '" + other.get().name() + "' names " + version + " in another form")
          .remedy("write: " + form);
    }
    Optional<Section> unreleased = changelog.unreleased();
    String what = changelog.path() + " has no section of " + version;
    return unreleased.isPresent() && !unreleased.get().isEmpty()
        ? at(unreleased.get(), what + "; there is text under [Unreleased]")
            .remedy(
                "mvn plasmite:changelog moves it; or by hand: put this heading above that text: " + form
                    + ", and leave an empty ## [Unreleased] above it")
        : Finding.of(what)
            .at(Place.file(changelog.path()))
            .remedy("add it: " + form + ", with what changed below, under an empty ## [Unreleased]");
  }

  /** Whether the version is one of a heading's words, with or without brackets. */
  private boolean names(String heading) {
    return Stream.of(heading.split("[\\s\\[\\](),:]+")).anyMatch(w -> w.equals(version.toString()) || w.equals(version.tag()));
  }

  private Optional<Finding> date(Section section) {
    if (section.date().isEmpty()) {
      return Optional.of(
          at(section, "the section of " + version + " has no date")
              .remedy("write: ## [" + version + "] - " + today));
    }
    String text = section.date().get();
    LocalDate date;
    try {
      // The pattern keeps other scripts' digits and years beyond 9999 out.
      date = text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}") ? LocalDate.parse(text) : null;
    } catch (DateTimeParseException e) {
      date = null;
    }
    if (date == null) {
      return Optional.of(
          at(section, "the date '" + text + "' of " + version + " is none")
              .remedy("write it as YYYY-MM-DD, such as " + today));
    }
    return date.isAfter(today)
        ? Optional.of(
            at(section, "the date " + date + " of " + version + " is in the future: today is " + today)
                .remedy("write the day of the release"))
        : Optional.empty();
  }

  private Optional<Finding> unreleased(List<Section> sections) {
    Optional<Section> unreleased = changelog.unreleased();
    if (unreleased.isEmpty()) {
      return Optional.of(
          Finding.of(changelog.path() + " has no [Unreleased] section")
              .at(new Place(changelog.path(), sections.isEmpty() ? 0 : sections.get(0).line(), 0))
              .remedy("add an empty one as the first section: ## [Unreleased]"));
    }
    if (sections.isEmpty()) {
      return Optional.empty(); // what stands there is told with the missing section
    }
    if (unreleased.get().line() > sections.get(0).line()) {
      return Optional.of(
          at(unreleased.get(), "[Unreleased] is below the section of " + version).remedy("move it to the top"));
    }
    return unreleased.get().isEmpty()
        ? Optional.empty()
        : Optional.of(
            Finding.of("there is text under [Unreleased], which no release would tell")
                .at(new Place(changelog.path(), unreleased.get().contentLine(), 0))
                .remedy("move it to the section of " + version + ", or commit it after the release"));
  }

  private Finding at(Section section, String what) {
    return Finding.of(what).at(new Place(changelog.path(), section.line(), 0));
  }
}
