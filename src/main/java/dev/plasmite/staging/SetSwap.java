package dev.plasmite.staging;

import dev.plasmite.artifact.Unpacker;
import dev.plasmite.gate.OutsideFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Puts a whole new set in place at once; a set is never mixed of two. */
final class SetSwap {

  private SetSwap() {}

  /** An empty directory beside the set's place; what a stopped run left there is removed. */
  static Path fresh(Path place) {
    Path fresh = place.resolveSibling(place.getFileName() + ".new");
    Unpacker.delete(fresh);
    try {
      return Files.createDirectories(fresh);
    } catch (IOException e) {
      throw new OutsideFailure("cannot make " + fresh, e);
    }
  }

  /** Gives a fresh directory its place, which is free or an empty directory. */
  static void publish(Path fresh, Path place) {
    try {
      Files.deleteIfExists(place);
      Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new OutsideFailure("cannot put " + fresh + " in the place of " + place, e);
    }
  }

  /**
   * Moves another release's set aside, whole.
   *
   * @return where it is now
   */
  static Path aside(Path place, String name) {
    Path aside = place.resolveSibling(place.getFileName() + "." + name);
    for (int i = 2; Files.exists(aside, LinkOption.NOFOLLOW_LINKS); i++) {
      aside = place.resolveSibling(place.getFileName() + "." + name + "." + i);
    }
    try {
      return Files.move(place, aside, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new OutsideFailure("cannot move " + place + " aside to " + aside, e);
    }
  }
}
