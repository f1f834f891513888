package dev.plasmite.candidate;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import dev.plasmite.version.SemVer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** What a release says of itself: the changelog's section of its version. */
public final class ReleaseNotes {

  private ReleaseNotes() {}

  /**
   * What stands against releasing with the changelog as it is on the disk now; empty when nothing does.
   *
   * @param repository root of the work tree
   * @param changelog path of the changelog in it
   * @param today the latest date that is not in the future
   */
  public static List<Finding> standing(Path repository, String changelog, SemVer version, LocalDate today) {
    try {
      Changelog read = Changelog.read(changelog, Files.readAllBytes(repository.resolve(changelog)));
      return new ChangelogCheck(read, version, today).findings();
    } catch (Refusal e) {
      return e.findings();
    } catch (NoSuchFileException e) {
      return List.of(
          Finding.of("there is no " + changelog).at(Place.file(changelog)).remedy("write one, or set <changelog> to the changelog's path"));
    } catch (IOException e) {
      throw new OutsideFailure("cannot read " + changelog, e);
    }
  }

  /**
   * Reads the section.
   *
   * @param repository root of the work tree
   * @param changelog path of the changelog in it
   * @return Markdown, without the heading; nothing when there is no single section of this version
   */
  public static Optional<String> of(Path repository, String changelog, SemVer version) {
    try {
      Changelog read = Changelog.read(changelog, Files.readAllBytes(repository.resolve(changelog)));
      List<Changelog.Section> sections = read.of(version);
      return sections.size() == 1 ? Optional.of(read.content(sections.get(0))) : Optional.empty();
    } catch (IOException e) {
      throw new OutsideFailure("cannot read " + changelog, e);
    }
  }
}
