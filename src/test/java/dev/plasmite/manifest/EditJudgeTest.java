package dev.plasmite.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.gate.Finding;
import dev.plasmite.version.Spelling;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The library sees what an edit really does, wherever our positions say it is. */
class EditJudgeTest {

  private static final String CARGO = "[package]\r\nname = \"a\"\r\nversion = \"1.0.0\"\r\n[dependencies]\r\nb = { path = \"b\", version = \"1.0.0\" }\r\n";
  private static final String LOCK = "\uFEFF[[package]]\nname = \"a\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"b\"\nversion = \"1.0.0\"\n";
  private static final String NODE = "{\"name\": \"a\", \"version\": \"1.0.0\", \"dependencies\": {\"b\": \"1.0.0\"}}";
  private static final String POM = "<?xml version=\"1.0\"?><project><version>1.0.0</version><!-- 1.0.0 --><x a='1.0.0'>1.0.0</x></project>";

  @Test
  void anEditOfTheValueThatIsMeantIsTaken() {
    for (String[] file : new String[][] {{"Cargo.toml", CARGO}, {"Cargo.lock", LOCK}, {"package.json", NODE}, {"pom.xml", POM}}) {
      int at = file[1].indexOf("1.0.0", file[1].indexOf("version", file[1].indexOf(file[0].equals("pom.xml") ? "<version" : "version")));
      assertThat(judge(file[0], file[1], at, "1.1.0", replaced(file[1], at, "1.1.0"))).as(file[0]).isEmpty();
    }
  }

  @Test
  void anEditOfAnotherValueIsRefused() {
    for (String[] file : new String[][] {{"Cargo.toml", CARGO}, {"Cargo.lock", LOCK}, {"package.json", NODE}, {"pom.xml", POM}}) {
      int at = file[1].indexOf("1.0.0");
      int other = file[1].lastIndexOf("1.0.0");
      assertThat(judge(file[0], file[1], at, "1.1.0", replaced(file[1], other, "1.1.0")))
          .as(file[0])
          .hasValueSatisfying(f -> assertThat(f.what()).contains("the edit would change", "'1.0.0' -> '1.1.0'"));
    }
  }

  @Test
  void anEditOfMoreThanWasMeantIsRefused() {
    int at = CARGO.indexOf("1.0.0");
    assertThat(judge("Cargo.toml", CARGO, at, "1.1.0", CARGO.replace("1.0.0", "1.1.0"))).isPresent();
    assertThat(judge("pom.xml", POM, POM.indexOf("1.0.0"), "1.1.0", POM.replace(">1.0.0", ">1.1.0"))).isPresent();
  }

  @Test
  void anEditThatBreaksTheFileIsRefused() {
    int at = CARGO.indexOf("1.0.0");
    assertThat(judge("Cargo.toml", CARGO, at, "1.\"1", replaced(CARGO, at, "1.\"1")))
        .hasValueSatisfying(f -> assertThat(f.what()).contains("cannot read this file"));
    int in = POM.indexOf("1.0.0");
    assertThat(judge("pom.xml", POM, in, "1<0", replaced(POM, in, "1<0"))).isPresent();
  }

  @Test
  void aPlaceOutsideOfAllValuesIsRefused() {
    int comment = POM.indexOf("1.0.0", POM.indexOf("<!--"));
    assertThat(judge("pom.xml", POM, comment, "1.1.0", replaced(POM, comment, "1.1.0")))
        .hasValueSatisfying(f -> assertThat(f.what()).contains("stand in no value"));
  }

  @Test
  void whatOnlyOurScannerTakesIsRefusedBeforeItIsChanged() {
    // An undeclared prefix is for a parser that knows namespaces to find.
    String odd = "<project><version>1.0.0</version><x:y/></project>";
    assertThat(judge("pom.xml", odd, odd.indexOf("1.0.0"), "1.1.0", odd.replace("1.0.0", "1.1.0")))
        .hasValueSatisfying(f -> assertThat(f.what()).contains("cannot read this file", "x"));
  }

  private static String replaced(String text, int at, String version) {
    return text.substring(0, at) + version + text.substring(at + 5);
  }

  private static Optional<Finding> judge(String path, String text, int at, String version, String after) {
    TextFile file = TextFile.of(path, text.getBytes(StandardCharsets.UTF_8));
    SortedMap<Site, String> texts = new TreeMap<>();
    texts.put(Site.of(file, at, at + 5, "version", Spelling.SEMVER, Site.Form.VERSION), version);
    return new EditJudge().judge(Formats.KNOWN.of(path).orElseThrow().name(), file, texts, after.getBytes(StandardCharsets.UTF_8));
  }
}
