package dev.plasmite.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares with a recorded text; {@code mvn test -Dgolden.update} records the new one, to be looked at before a commit. */
final class Golden {

  private static final Path HOME = Path.of("src/test/resources/report");

  private Golden() {}

  static void assertMatches(String name, String actual) {
    Path golden = HOME.resolve(name + ".golden");
    try {
      if (System.getProperty("golden.update") != null) {
        Files.createDirectories(HOME);
        Files.writeString(golden, actual);
      }
      assertThat(actual).isEqualTo(Files.readString(golden));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
