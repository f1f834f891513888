package dev.plasmite.perf;

import dev.plasmite.gate.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;

/**
 * What gates that were killed left behind, which no shutdown hook could remove: their checkouts, and what they had
 * started, which would disturb the measuring. To be cleared by the gate that holds the machine's lock: then no other
 * gate of this user is measuring, so every other scratch directory belongs to a dead one.
 */
final class Leftovers {

  private static final String MARK = "mark";

  private final Path temporary;
  private final Progress progress;

  /**
   * @param temporary where scratch directories are made
   */
  Leftovers(Path temporary, Progress progress) {
    this.temporary = temporary;
    this.progress = progress;
  }

  /** Notes in a scratch directory what its processes will carry in their environment. */
  static void note(Path scratch, Strays strays) throws IOException {
    Files.writeString(scratch.resolve(MARK), strays.mark());
  }

  /**
   * Removes what is there of this user; what cannot be removed is said, and no reason not to measure.
   *
   * @param own the scratch directory of this gate, which stays
   */
  void clear(Path own) {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(temporary, Scratch.PREFIX + "[0-9]*")) {
      UserPrincipal user = Files.getOwner(own);
      for (Path dead : all) {
        if (Files.isDirectory(dead, LinkOption.NOFOLLOW_LINKS) && !Files.isSameFile(dead, own)
            && Files.getOwner(dead, LinkOption.NOFOLLOW_LINKS).equals(user)) {
          remove(dead);
        }
      }
    } catch (IOException e) {
      progress.line("perf-gate: cannot look for what an earlier gate left behind: " + e.getMessage());
    }
  }

  private void remove(Path dead) {
    try {
      Path mark = dead.resolve(MARK);
      if (Files.isRegularFile(mark, LinkOption.NOFOLLOW_LINKS)) {
        new Strays(new String(Files.readAllBytes(mark), StandardCharsets.UTF_8)).end();
      }
      Scratch.remove(dead);
      progress.line("perf-gate: removed " + dead + ", which a gate that was killed had left behind");
    } catch (IOException e) {
      progress.line("perf-gate: a gate that was killed left " + dead + " behind; it cannot be removed: " + e.getMessage());
    }
  }
}
