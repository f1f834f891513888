package dev.plasmite.alignment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import org.junit.jupiter.api.Test;

class AnnotationTest {

  @Test
  void aFindingIsShownAtItsLine() {
    Finding drift = Finding.of("expected 1.2.0, found 1.1.0").at(new Place("a/Cargo.toml", 3, 12)).remedy("bump");
    assertThat(Annotation.of(drift)).isEqualTo("::error file=a/Cargo.toml,line=3,col=12::expected 1.2.0, found 1.1.0 -> bump");
  }

  @Test
  void aFileNameCannotForgeACommand() {
    Finding odd = Finding.warning("100%\n::error::x").at(Place.file("a,b:\n::stop"));
    assertThat(Annotation.of(odd)).isEqualTo("::warning file=a%2Cb%3A%0A%3A%3Astop::100%25%0A::error::x");
  }
}
