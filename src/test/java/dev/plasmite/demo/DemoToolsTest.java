package dev.plasmite.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.tools.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoToolsTest {

  /** What pip's user may have set, turned so that no package can be found. */
  private static final Map<String, String> NOTHING_TO_FIND =
      Map.of("PIP_NO_INDEX", "1", "PIP_FIND_LINKS", "", "PIP_CONFIG_FILE", "/dev/null");

  @TempDir Path target;

  @Test
  void anEnvironmentThatCannotBeCompletedSaysWhatToLookAtAndIsMadeAnewNextTime() throws IOException {
    Path left = Files.createDirectories(target.resolve("tools/venv/lib")).resolve("half.py");
    Files.writeString(left, "import");

    assertThatThrownBy(() -> DemoTools.venv(target, NOTHING_TO_FIND))
        .isInstanceOf(OutsideFailure.class)
        .hasMessageContaining("-m pip install")
        .hasMessageContaining("it needs the network once; pip config debug shows where")
        .hasMessageContaining("No matching distribution");

    assertThat(left).doesNotExist();
    assertThat(target.resolve("tools/venv/complete.txt")).doesNotExist();
    Folders.delete(target.resolve("tools")); // JUnit warns of links that lead out of its directory
  }
}
