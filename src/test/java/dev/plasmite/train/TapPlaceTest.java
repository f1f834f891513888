package dev.plasmite.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.gate.Refusal;
import dev.plasmite.git.RealGit;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TapPlaceTest {

  @TempDir Path temp;
  private Path product;

  @BeforeEach
  void aProductBesideWhichTheTapIs() throws IOException {
    product = Files.createDirectories(temp.resolve("product"));
  }

  @Test
  void aCloneOfTheTapIsCopiedByTheSandboxAndStandsForItsOriginElsewhere() throws IOException {
    RealGit clone = RealGit.init(temp.resolve("homebrew-tap"));
    clone.commit("first");
    clone.run("remote", "add", "origin", "git@github.com:you/homebrew-tap.git");
    TapPlace place = new TapPlace(product, "../homebrew-tap");
    assertThat(place.copied()).isEqualTo(clone.directory());
    assertThat(place.published()).isEqualTo(URI.create("ssh://git@github.com/you/homebrew-tap.git"));

    clone.run("config", "remote.origin.pushurl", "https://git.example/you/homebrew-tap.git");
    assertThat(place.published()).isEqualTo(URI.create("https://git.example/you/homebrew-tap.git"));

    clone.run("config", "remote.origin.pushurl", "https://you:t0ken@git.example/you/homebrew-tap.git");
    assertThatThrownBy(place::published)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("the origin of <tap>")
        .hasMessageNotContaining("t0ken");
  }

  @Test
  void aCloneWithoutAnOriginWouldReachNobodyAndIsRefused() throws IOException {
    RealGit.init(temp.resolve("homebrew-tap")).commit("first");
    assertThatThrownBy(() -> new TapPlace(product, "../homebrew-tap").published())
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("without a remote origin");
  }

  @Test
  void aBareRepositoryIsTheTapItself() {
    new RealGit(temp).run("init", "-q", "--bare", "tap.git");
    URI bare = temp.resolve("tap.git").toUri();
    assertThat(new TapPlace(product, "../tap.git").published()).isEqualTo(bare);
    assertThat(new TapPlace(product, bare.toString()).published()).isEqualTo(bare);
    assertThat(new TapPlace(product, "../tap.git").copied()).isEqualTo(temp.resolve("tap.git"));
  }

  @Test
  void anAddressIsTakenAsGitUsersWriteItAndTheSandboxSaysWhatItNeedsInstead() {
    assertThat(new TapPlace(product, "git@host.example:you/homebrew tap.git").published()).isEqualTo(URI.create("ssh://git@host.example/you/homebrew%20tap.git"));
    TapPlace https = new TapPlace(product, "https://host.example/you/homebrew-tap");
    assertThat(https.published()).isEqualTo(URI.create("https://host.example/you/homebrew-tap"));
    assertThatThrownBy(https::copied).isInstanceOf(Refusal.class).hasMessageContaining("../homebrew-tap");
    assertThatThrownBy(() -> new TapPlace(product, "http://host.example/tap").published()).isInstanceOf(Refusal.class).hasMessageContaining("not https");
  }

  @Test
  void nothingThereIsSaidWithThePathThatWasLookedAt() {
    for (String given : new String[] {"../homebrew-tap", "../no such place"}) {
      TapPlace place = new TapPlace(product, given);
      assertThatThrownBy(place::copied).isInstanceOf(Refusal.class).hasMessageContaining(temp.resolve(given.substring(3)).toString());
      assertThatThrownBy(place::published).isInstanceOf(Refusal.class).hasMessageContaining(given);
    }
  }
}
