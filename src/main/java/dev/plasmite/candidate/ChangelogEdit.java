package dev.plasmite.candidate;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import dev.plasmite.version.SemVer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/**
 * The move of [Unreleased] to a dated section, as it would be written.
 *
 * @param file the changelog, absolute; a link is followed
 * @param path the same relative to the repository
 * @param before its bytes
 * @param after its bytes after the move
 * @param findings what was left as it was and may want a look
 */
public record ChangelogEdit(Path file, String path, byte[] before, byte[] after, List<Finding> findings) {

  /**
   * Reads the changelog and works the move out; nothing is written. A changelog that is as it should be stays as it is.
   *
   * @throws Refusal when there is no changelog, nothing to move, or the version has a section already and text stands
   *     under [Unreleased] too
   */
  public static ChangelogEdit plan(Path repository, String path, SemVer version, LocalDate date) {
    try {
      Path file = repository.resolve(path).toRealPath();
      byte[] before = Files.readAllBytes(file);
      if (ReleaseNotes.standing(repository, path, version, date).isEmpty()) {
        return new ChangelogEdit(file, path, before, before, List.of());
      }
      ChangelogRelease.Released released = ChangelogRelease.release(path, before, version, date);
      return new ChangelogEdit(file, path, before, released.bytes(), released.findings());
    } catch (NoSuchFileException e) {
      throw new Refusal(
          Finding.of("there is no " + path).at(Place.file(path)).remedy("write one, or set <changelog> to the changelog's path"));
    } catch (IOException e) {
      throw new OutsideFailure("cannot read " + path, e);
    }
  }

  /** Whether the move was made before: the version has its section, and [Unreleased] is empty. */
  public boolean isDone() {
    return before == after;
  }

  /** The edit as a unified diff. */
  public String diff() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DiffFormatter formatter = new DiffFormatter(out)) {
      RawText from = new RawText(before);
      RawText to = new RawText(after);
      out.writeBytes(("--- a/" + path + "\n+++ b/" + path + "\n").getBytes(StandardCharsets.UTF_8));
      formatter.format(new HistogramDiff().diff(RawTextComparator.DEFAULT, from, to), from, to);
      formatter.flush();
    } catch (IOException e) {
      throw new AssertionError("bytes in memory can be written", e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /**
   * Writes it, whole or not at all, with the permissions that the file has.
   *
   * @throws OutsideFailure when it cannot be written; the file is then as it was
   */
  public void write() {
    Path fresh = file.resolveSibling(file.getFileName() + ".plasmite-new");
    try {
      try {
        Files.write(fresh, after);
        if (Files.getFileAttributeView(file, PosixFileAttributeView.class) != null) {
          Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(file));
        }
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw new OutsideFailure("cannot write " + path, e);
    }
  }
}
