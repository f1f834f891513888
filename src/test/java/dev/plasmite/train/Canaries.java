package dev.plasmite.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Looks for the secrets of an {@link OutsideWorld}, in every spelling, wherever they must not be. */
final class Canaries {

  /** Which command may have which secret in its environment; the others are used by the train alone. */
  private static final Map<String, String> MAY_HAVE = Map.of("crates", "cargo publish", "npm", "npm publish", "pypi", "(twine upload|uv publish)");

  private Canaries() {}

  /**
   * No secret in what was said, in any file that is not where it belongs, in any argument of a process; and few in
   * environments.
   *
   * @param own files and directories that hold them rightly
   */
  static void hidden(OutsideWorld world, String said, ProcessWatch watch, Path... own) throws IOException {
    assertThat(OutsideWorld.files(world.temporary)).as("temporary files that are left").isEmpty();
    for (Map.Entry<String, String> canary : OutsideWorld.CANARIES.entrySet()) {
      for (String spelling : OutsideWorld.spellings(canary.getValue())) {
        assertThat(said).as("what was said, of " + canary.getKey()).doesNotContain(spelling);
        for (Path file : OutsideWorld.files(world.directory)) {
          if (List.of(own).stream().noneMatch(file::startsWith) && !file.startsWith(world.home) && !file.startsWith(world.directory.resolve("services"))) {
            assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)).as(file.toString()).doesNotContain(spelling);
          }
        }
        for (ProcessWatch.Seen process : watch.seen()) {
          assertThat(process.argv()).doesNotContain(spelling);
        }
      }
      for (ProcessWatch.Seen process : watch.seen()) {
        if (!train(process) && process.environment().contains(canary.getValue())) {
          assertThat(watch.lineage(process)).as("who has the secret of " + canary.getKey()).containsPattern(
              MAY_HAVE.getOrDefault(canary.getKey(), "(nobody)").replace(" ", ".*"));
        }
      }
    }
    assertThat(watch.seen()).filteredOn(p -> !train(p)).noneMatch(p -> p.environment().contains("decoySecretOfSomethingElse"));
  }

  /**
   * The JVM starts programs by one of its own, which has the JVM's environment until it becomes the program. JGit asks the
   * shell for its umask, a word of the shell itself, and passes on what it has.
   */
  private static boolean train(ProcessWatch.Seen process) {
    return process.argv().contains(TrainMain.class.getName())
        || process.argv().lines().map(String::strip).allMatch(line -> line.contains("jspawnhelper") || line.equals("sh -c umask"));
  }
}
