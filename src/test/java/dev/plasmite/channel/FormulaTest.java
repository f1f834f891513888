package dev.plasmite.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.gate.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FormulaTest {

  private static final String FORMULA =
      """
      class Lantern < Formula
        desc "A light"
        version "0.2.0"

        livecheck do
          url "https://example.org/v0.2.0/latest"
        end

        bottle do
          sha256 cellar: :any, arm64_sonoma: "1111"
        end

        on_macos do
          if Hardware::CPU.arm?
            url "https://example.org/download/v0.2.0/lantern_0.2.0_darwin_arm64.tar.gz"
            sha256 "old-arm"
          else
            sha256 "old-intel"
            url "https://example.org/download/v#{version}/lantern_#{version}_darwin_amd64.tar.gz"
          end
        end

        resource "font" do
          url "https://example.org/font-0.2.0.tar.gz"
          sha256 "font"
        end

        test do
          assert_match "0.2.0", shell_output("lantern")
        end
      end
      """;

  private final List<Finding> missing = new ArrayList<>();

  @Test
  void writesVersionUrlsAndChecksumsAndNothingElse() {
    String rewritten = formula().rewritten("0.3.0", file -> Optional.of("new-" + file), missing);
    assertThat(missing).isEmpty();
    assertThat(rewritten)
        .isEqualTo(
            FORMULA
                .replace("version \"0.2.0\"", "version \"0.3.0\"")
                .replace("v0.2.0/lantern_0.2.0_darwin_arm64", "v0.3.0/lantern_0.3.0_darwin_arm64")
                .replace("\"old-arm\"", "\"new-lantern_0.3.0_darwin_arm64.tar.gz\"")
                .replace("\"old-intel\"", "\"new-lantern_0.3.0_darwin_amd64.tar.gz\""));
  }

  @Test
  void writesTheSameTextAgain() {
    String once = formula().rewritten("0.3.0", file -> Optional.of("d"), missing);
    assertThat(new Formula("f.rb", once).rewritten("0.3.0", file -> Optional.of("d"), missing)).isEqualTo(once);
  }

  @Test
  void saysWhatTheReleaseDoesNotHave() {
    formula().rewritten("0.3.0", file -> file.contains("arm64") ? Optional.of("d") : Optional.empty(), missing);
    assertThat(missing).singleElement().satisfies(f -> assertThat(f.toString()).contains("f.rb:19", "lantern_0.3.0_darwin_amd64.tar.gz"));
  }

  @Test
  void saysWhichUrlHasNoChecksum() {
    Formula formula = new Formula("f.rb", "class A < Formula\n  url \"https://example.org/a-1.0.0.tgz\"\nend\n");
    assertThat(formula.findings()).extracting(Finding::toString).anySatisfy(f -> assertThat(f).contains("f.rb:2"));
  }

  private static Formula formula() {
    return new Formula("f.rb", FORMULA);
  }
}
