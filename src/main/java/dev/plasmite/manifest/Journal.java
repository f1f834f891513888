package dev.plasmite.manifest;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plasmite.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a transaction is about to do, kept in git's own directory, so that the next run can end what a killed one left.
 *
 * @param state how far it had come
 * @param files the files it is about
 */
record Journal(State state, List<Entry> files) {

  /** How far a transaction is. */
  enum State {
    /** Files are being laid beside their targets; no target is changed. */
    STAGING,
    /** Targets are being replaced. */
    APPLYING,
    /** All targets are new; only what was laid beside them is left to be removed. */
    DONE
  }

  /**
   * One file.
   *
   * @param path relative to the root
   * @param before hex sha256 of the old bytes
   * @param after hex sha256 of the new bytes
   */
  record Entry(String path, String before, String after) {}

  private static final String NAME = "plasmite-bump.json";

  static Path file(Path gitDirectory) {
    return gitDirectory.resolve(NAME);
  }

  void save(Path gitDirectory, Disk disk) throws IOException {
    ObjectMapper mapper = StrictJson.mapper();
    Path next = gitDirectory.resolve(NAME + ".next");
    disk.write(next, mapper.writeValueAsBytes(this), null);
    disk.replace(next, file(gitDirectory));
    disk.sync(gitDirectory);
  }

  static Optional<Journal> load(Path gitDirectory) throws IOException {
    Path file = file(gitDirectory);
    return Files.exists(file)
        ? Optional.of(StrictJson.mapper().readValue(Files.readAllBytes(file), Journal.class))
        : Optional.empty();
  }
}
