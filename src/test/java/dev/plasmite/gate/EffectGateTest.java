package dev.plasmite.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;

class EffectGateTest {

  @Test
  void onlyLiveChangesTheOutside() {
    for (Mode mode : Mode.values()) {
      assertThat(new EffectGate(mode).allows(Effect.IRREVERSIBLE)).isEqualTo(mode == Mode.LIVE);
      assertThat(new EffectGate(mode).allows(Effect.REVERSIBLE)).isEqualTo(mode == Mode.LIVE);
      assertThat(new EffectGate(mode).allows(Effect.READ)).isEqualTo(mode != Mode.SANDBOX);
    }
  }

  @Test
  void theSandboxFetchesPackagesOfOthersOnlyWherePermittedAndReadsNothingElseEvenThen() {
    assertThat(new EffectGate(Mode.SANDBOX).allows(Effect.DOWNLOAD)).isFalse();
    EffectGate permitted = new EffectGate(Mode.SANDBOX, true);
    assertThat(permitted.allows(Effect.DOWNLOAD)).isTrue();
    assertThat(permitted.allows(Effect.READ)).isFalse();
    assertThat(permitted.allows(Effect.REVERSIBLE)).isFalse();
    assertThat(permitted.allows(Effect.IRREVERSIBLE)).isFalse();
    assertThat(Effect.DOWNLOAD.reads()).isTrue();
    assertThat(Effect.REVERSIBLE.reads()).isFalse();
    assertThatThrownBy(() -> new EffectGate(Mode.SANDBOX).demand(Effect.DOWNLOAD, "fetch a package"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("-Dplasmite.downloads");
  }

  @Test
  void theSandboxKnowsLoopbackByItsAddressOnly() {
    EffectGate sandbox = new EffectGate(Mode.SANDBOX);
    assertThatCode(() -> sandbox.demand(Effect.IRREVERSIBLE, URI.create("http://127.0.0.1:80/a"), "publish")).doesNotThrowAnyException();
    for (String outside :
        new String[] {
          "http://localhost/", "http://127.0.0.1.example.org/", "http://127.0.0.1@example.org/", "https://example.org/", "ssh://git@127.0.0.2/"
        }) {
      assertThatThrownBy(() -> sandbox.demand(Effect.IRREVERSIBLE, URI.create(outside), "publish"))
          .as(outside)
          .isInstanceOf(Refusal.class);
    }
  }

  @Test
  void aRehearsalSendsNothingToARealServiceOnLoopbackEither() {
    EffectGate rehearsal = new EffectGate(Mode.REHEARSAL);
    assertThatThrownBy(() -> rehearsal.demand(Effect.REVERSIBLE, URI.create("http://127.0.0.1:1/"), "publish")).isInstanceOf(Refusal.class);
  }

  @Test
  void aWordThatIsNoModeIsNeverTakenForOne() {
    for (String word : new String[] {"", "Live", "LIVE", "live ", "dry-run", "sandbox\n"}) {
      assertThatThrownBy(() -> Mode.parse(word)).as(word).isInstanceOf(Refusal.class).hasMessageContaining("rehearsal");
    }
  }
}
