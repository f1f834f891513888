package dev.plasmite.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.gate.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.api.Test;

/**
 * The shapes in which formulae say what they download. Each is written with {@code OLD} and {@code NEW} in mind: what is
 * between « and » must change, and every other byte must stay.
 */
class FormulaShapesTest {

  private static final String BASE = "https://example.org/dl";

  static List<String> shapes() {
    return List.of(
        // on_macos/on_linux with if Hardware::CPU.arm?/else, and what is never touched
        """
          version "«0.2.0»"
          livecheck do
            url "https://example.org/dl/v0.2.0/latest"
            regex(/v?(\\d+)/i)
          end
          bottle do
            sha256 cellar: :any, arm64_sonoma: "1111"
          end
          on_macos do
            if Hardware::CPU.arm?
              url "https://example.org/dl/v«0.2.0»/lamp_«0.2.0»_darwin_arm64.tar.gz"
              sha256 "«a»"
            else
              url "https://example.org/dl/v«0.2.0»/lamp_«0.2.0»_darwin_amd64.tar.gz"
              sha256 "«b»"
            end
          end
          resource "font" do
            url "https://example.org/dl/v0.2.0/font-0.2.0.tar.gz"
            sha256 "f"
          end
        """,
        // on_arm/on_intel, single quotes, sha256 before url
        """
          version '«0.2.0»'
          on_linux do
            on_arm do
              sha256 '«a»'
              url 'https://example.org/dl/v«0.2.0»/lamp-linux-arm64.tar.gz'
            end
            on_intel do
              sha256 '«b»'
              url 'https://example.org/dl/v«0.2.0»/lamp-linux-amd64.tar.gz'
            end
          end
        """,
        // flat conditions, #{version} in the url
        """
          version "«0.2.0»"
          if OS.mac? && Hardware::CPU.arm?
            url "https://example.org/dl/v#{version}/lamp_#{version}_darwin_arm64.tar.gz"
            sha256 "«a»"
          elsif OS.linux?
            url "https://example.org/dl/v#{version}/lamp_#{version}_linux_amd64.tar.gz"
            sha256 "«b»"
          end
        """,
        // nested OS.mac? with versionless names, and an install of each branch's own
        """
          version "«0.2.0»"
          if OS.mac?
            if Hardware::CPU.arm?
              url "https://example.org/dl/v«0.2.0»/lamp-macos-arm64.tar.gz"
              sha256 "«a»"

              define_method(:install) do
                bin.install "lamp" if File.exist?("lamp")
                url "https://example.org/dl/v0.2.0/in-a-method"
              end
            end
          end
        """,
        // a variable, a mirror, several lines
        """
          v = "«0.2.0»"
          version v
          url "https://example.org/dl/v#{v}/lamp-#{v}.tar.gz",
              using: :curl
          sha256 "«a»"
          mirror "https://mirror.example.org/v«0.2.0»/lamp-«0.2.0».tar.gz"
          head do
            url "https://example.org/dl/v0.2.0.git"
          end
        """,
        // a top-level url, no version stanza; loops, modifiers, heredocs and comments that look like blocks
        """
          # url "https://example.org/dl/v0.2.0/comment.tar.gz"
          url "https://example.org/dl/v«0.2.0»/lamp-«0.2.0».tar.gz"
          sha256 "«a»"
          depends_on "rust" if build.head?
          def install
            while false do break end
            %w[a b].each do |x| bin.install x end
            puts "do if begin" unless OS.mac?
          end
          def caveats
            <<~EOS
              if you do this, it will
              url "https://example.org/dl/v0.2.0/in-a-text"
              end
            EOS
          end
          def version_of(x) = x
          on_linux do
            url "https://example.org/dl/v«0.2.0»/lamp-«0.2.0»-linux.tar.gz"
            sha256 "«b»"
          end
        """);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void onlyWhatNamesTheReleaseChanges(String shape) {
    String marked = "class Lamp < Formula\n" + shape + "end\n";
    String old = marked.replaceAll("[«»]", "");
    List<Finding> missing = new ArrayList<>();
    Formula formula = new Formula("Formula/lamp.rb", old);
    assertThat(formula.findings()).isEmpty();
    assertThat(formula.version()).contains("0.2.0");
    String rewritten = formula.rewritten("0.3.0", file -> Optional.of("NEW"), missing);
    assertThat(missing).isEmpty();
    assertThat(rewritten).isEqualTo(marked.replace("«0.2.0»", "0.3.0").replaceAll("«[ab]»", "NEW"));
    assertThat(new Formula("Formula/lamp.rb", rewritten).alignment("0.3.0", file -> Optional.of("NEW"))).isEmpty();
    assertThat(formula.alignment("0.3.0", file -> Optional.of("NEW"))).isNotEmpty().allMatch(f -> f.place().line() > 1);
  }

  @Test
  void aUrlOfAnotherReleaseIsFoundThoughItsFileNameFits() {
    Formula formula =
        new Formula("f.rb", "class A < Formula\n  version \"0.2.0\"\n  url \"" + BASE + "/v0.1.0/lamp-macos.tar.gz\"\n  sha256 \"a\"\nend\n");
    assertThat(formula.alignment("0.2.0", file -> Optional.of("a")))
        .singleElement()
        .satisfies(f -> assertThat(f.toString()).contains("f.rb:3", "does not name 0.2.0"));
  }

  @Test
  void aVersionIsNotReplacedInsideAnother() {
    Formula formula =
        new Formula("f.rb", "class A < Formula\n  version \"1.2.0\"\n  url \"" + BASE + "/11.2.0/v1.2.0/x-1.2.0.1.tgz\"\n  sha256 \"a\"\nend\n");
    assertThat(formula.rewritten("1.3.0", file -> Optional.of("a"), new ArrayList<>())).contains("/11.2.0/v1.3.0/x-1.2.0.1.tgz");
  }

  @Test
  void whatOnlyRubyCouldTellIsAFinding() {
    Formula formula =
        new Formula("f.rb", "class A < Formula\n  version \"1.2.0\"\n  url \"" + BASE + "/#{name.upcase}.tgz\"\n  sha256 \"a\"\nend\n");
    assertThat(formula.findings()).singleElement().satisfies(f -> assertThat(f.toString()).contains("f.rb:3", "without running it"));
  }
}
