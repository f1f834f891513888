package dev.plasmite.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.Stage;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WithoutDownloadsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "warning: spurious network error: Failed to connect to 127.0.0.1 port 9 after 0 ms",
        "npm error connect ECONNREFUSED 127.0.0.1:9",
        "HTTPSConnectionPool: Max retries exceeded (Caused by ProxyError('Cannot connect to proxy.'))",
        "proxyconnect tcp: dial tcp 127.0.0.1:9: connect: connection refused"
      })
  void aBuildThatWantedTheNetworkIsToldWhatLetsItHaveIt(String said) {
    assertThat(findings(Set.of(), Finding.of("the build failed: " + said)))
        .hasSize(2)
        .last()
        .satisfies(f -> {
          assertThat(f.blocks()).isFalse();
          assertThat(f.remedy()).startsWith("-Dplasmite.downloads");
        });
  }

  @Test
  void packagesThatARegistryWasAskedForInVainAreNamed() {
    Set<String> wanted = new TreeSet<>(Set.of("axum", "clap", "h2", "http", "hyper", "rand", "serde", "time", "tokio", "url"));
    assertThat(findings(wanted, Finding.of("no matching package named `axum` found"))).last().asString()
        .contains("axum, clap, h2, http, hyper, rand, serde, time and 2 more");
  }

  @Test
  void aStageThatPassesOrFailsForAnotherReasonIsLeftAsItIs() {
    assertThat(findings(Set.of("axum"), Finding.warning("slow"))).hasSize(1);
    assertThat(findings(Set.of(), Finding.of("error[E0308]: mismatched types at 127.0.0.1:9000"))).hasSize(1);
  }

  @Test
  void aRefusalStaysOne() {
    Stage refusing = stage(() -> {
      throw new Refusal(Finding.of("connect ECONNREFUSED 127.0.0.1:9"));
    });
    assertThatThrownBy(() -> new WithoutDownloads(refusing, Set::<String>of).run(null))
        .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.findings()).hasSize(2));
  }

  private static List<Finding> findings(Set<String> wanted, Finding finding) {
    return new WithoutDownloads(stage(() -> StageResult.of(List.of(finding), Map.of())), () -> wanted).run(null).findings();
  }

  private static Stage stage(Supplier<StageResult> run) {
    return new Stage() {
      @Override
      public StageName name() {
        return StageName.STAGE_ARTIFACTS;
      }

      @Override
      public String purpose() {
        return "";
      }

      @Override
      public StageResult run(Receipts earlier) {
        return run.get();
      }
    };
  }
}
