package dev.plasmite.candidate;

import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.version.SemVer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a release says of itself: the changelog's section of its version. */
public final class ReleaseNotes {

  private ReleaseNotes() {}

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
