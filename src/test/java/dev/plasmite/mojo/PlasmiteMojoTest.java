package dev.plasmite.mojo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.InvalidPathException;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.Test;

class PlasmiteMojoTest {

  @Test
  void aFileNameThatTheEnvironmentCannotSpellIsSaidWithTheWayOut() {
    PlasmiteMojo goal =
        new PlasmiteMojo() {
          @Override
          void work() {
            throw new InvalidPathException("docs/gr\u00f6\u00dfe.md", "Malformed input or input contains unmappable characters");
          }
        };
    assertThatThrownBy(goal::execute)
        .isInstanceOf(MojoFailureException.class)
        .hasMessageContaining("cannot spell the file name 'docs/gr??e.md'")
        .hasMessageContaining("export LC_ALL=C.UTF-8");
  }
}
