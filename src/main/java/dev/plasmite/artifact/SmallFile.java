package dev.plasmite.artifact;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Reads the papers that travel with artifacts: regular files of a bounded size. */
public final class SmallFile {

  /** The largest paper, in bytes. */
  public static final int MOST = 16 * 1024 * 1024;

  private SmallFile() {}

  /**
   * All bytes of a file.
   *
   * @throws Refusal when it is not there, no regular file (a link is none), or too large
   * @throws OutsideFailure when it cannot be read
   */
  public static byte[] bytes(Path file) {
    Place place = Place.file(String.valueOf(file.getFileName()));
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new Refusal(
          Finding.of(Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? "no regular file" : "missing")
              .at(place)
              .remedy("it belongs into " + file.toAbsolutePath().getParent()));
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = in.readNBytes(MOST + 1);
      if (bytes.length > MOST) {
        throw new Refusal(Finding.of("larger than " + MOST + " bytes").at(place).remedy("make it again"));
      }
      return bytes;
    } catch (IOException e) {
      throw new OutsideFailure("cannot read " + file, e);
    }
  }
}
