package dev.plasmite.train;

import dev.plasmite.gate.OutsideFailure;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** A directory that only its owner can look into, for the clients of one run; it is gone when the run ends. */
final class OutsideScratch implements AutoCloseable {

  private Path root;

  /** A directory in it; made with the first one asked for. */
  synchronized Path directory(String name) {
    try {
      if (root == null) {
        root = Files.createTempDirectory("plasmite-").toRealPath(); // 0700
      }
      return Files.createDirectories(root.resolve(name));
    } catch (IOException e) {
      throw new OutsideFailure("cannot make a directory for the clients", e);
    }
  }

  @Override
  public synchronized void close() {
    if (root == null) {
      return;
    }
    try {
      Files.walkFileTree(root, new Removal());
    } catch (IOException e) {
      throw new OutsideFailure("cannot remove " + root, e);
    }
  }

  private static final class Removal extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (!file.toFile().setWritable(true) && Files.isWritable(file)) { // git's objects are read-only, which Windows minds
        throw new IOException("cannot make writable: " + file);
      }
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.delete(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
