package dev.plasmite.sandbox;

import dev.plasmite.git.OwnSettings;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.StoredConfig;

/** What a killed process leaves in the sandbox's own repositories, and how they are made so that it leaves little. */
final class Leftovers {

  private Leftovers() {}

  /**
   * Sees to it that there is a repository without stale locks. It is made beside its place and renamed, so that it is
   * whole or absent. Only one process has the sandbox open, so a lock file that is there now belongs to a dead one.
   *
   * @param place its root
   * @param data its data: the root of a bare one, else {@code .git} in it
   */
  static void repositoryAt(Path place, Path data, boolean bare) throws IOException, GitAPIException {
    if (Files.isDirectory(data)) {
      removeLocks(data);
      return;
    }
    Path beside = place.resolveSibling(place.getFileName() + ".unfinished");
    Isolation.empty(beside);
    try (Git git = OwnSettings.only(Git.init().setBare(bare).setDirectory(beside.toFile())::call)) {
      // No collection in the background: its locks would look like those of a dead process, and time runs out of hand.
      StoredConfig config = git.getRepository().getConfig();
      config.setInt("gc", null, "auto", 0);
      config.setBoolean("gc", null, "autoDetach", false);
      config.setBoolean("receive", null, "autogc", false);
      config.save();
    }
    Files.createDirectories(data.getParent());
    Files.move(bare ? beside : beside.resolve(data.getFileName()), data, StandardCopyOption.ATOMIC_MOVE);
    if (!bare) {
      Files.delete(beside);
    }
  }

  private static void removeLocks(Path data) throws IOException {
    Files.walkFileTree(
        data,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            return dir.equals(data.resolve("objects")) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (file.toString().endsWith(".lock")) {
              Files.deleteIfExists(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
