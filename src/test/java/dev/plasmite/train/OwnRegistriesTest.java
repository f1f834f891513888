package dev.plasmite.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.channel.Endpoint;
import dev.plasmite.client.Login;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OwnRegistriesTest {

  private static final Map<String, Login> SERVERS = Map.of("mine", Login.token("token-of-mine"));

  @Test
  void onlyARegistryOnThisMachineStandsInForTheSandboxs() {
    assertThat(own(npm(Map.of()))).isEmpty();
    assertThat(own(npm(Map.of("endpoint", "https://registry.example/", "server", "mine")))).isEmpty();
    assertThat(own(npm(Map.of("endpoint", "http://127.0.0.1:4873", "server", "mine"))))
        .hasValueSatisfying(endpoint -> {
          assertThat(endpoint.api()).hasToString("http://127.0.0.1:4873/");
          assertThat(endpoint.index()).isEqualTo(endpoint.api());
          assertThat(endpoint.credential().reveal()).isEqualTo("token-of-mine");
        });
  }

  @Test
  void anAddressThatTheSandboxDoesNotGoByIsSaid() {
    ChannelPlan crates = new ChannelPlan("crates.io", "preview", List.of(), Optional.empty(), Map.of("index", "sparse+http://127.0.0.1:8000/index/"));
    List<ChannelPlan> all =
        List.of(npm(Map.of("endpoint", "https://registry.example/")), crates, npm(Map.of("endpoint", "http://127.0.0.1:4873", "server", "mine")), npm(Map.of()));
    assertThat(new OwnRegistries(all, SERVERS).unused()).noneMatch(Finding::blocks).extracting(Finding::toString).satisfiesExactly(
        npm -> assertThat(npm).contains("<endpoint>https://registry.example/</endpoint> of channel npm is not used in the sandbox", "rehearsal and live"),
        index -> assertThat(index).contains("<index>sparse+http://127.0.0.1:8000/index/</index> of channel crates.io is not used in the sandbox"));
  }

  @Test
  void aNameOfThisMachineIsNotIgnoredButRefused() {
    for (String name : List.of("http://localhost:4873/", "http://LOCALHOST/", "http://npm.localhost:4873/")) {
      assertThatThrownBy(() -> own(npm(Map.of("endpoint", name, "server", "mine"))))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("the sandbox goes by addresses only")
          .hasMessageContaining("write 127.0.0.1");
    }
  }

  @Test
  void noCredentialButTheNamedOneIsUsed() {
    for (Map<String, String> settings : List.of(Map.of("endpoint", "http://127.0.0.1:4873/"), Map.of("endpoint", "http://127.0.0.1:4873/", "server", "other"))) {
      assertThatThrownBy(() -> own(npm(settings))).isInstanceOf(Refusal.class).hasMessageContaining("no credential for it");
    }
  }

  @Test
  void aPythonIndexIsNamedBesideItsPlaceToUploadTo() {
    ChannelPlan pypi = new ChannelPlan("pypi", "preview", List.of(), Optional.empty(), Map.of("endpoint", "http://127.0.0.1:8080/", "server", "mine"));
    assertThatThrownBy(() -> own(pypi)).isInstanceOf(Refusal.class).hasMessageContaining("<index>");
  }

  private static ChannelPlan npm(Map<String, String> settings) {
    return new ChannelPlan("npm", "preview", List.of(), Optional.empty(), settings);
  }

  private static Optional<Endpoint> own(ChannelPlan channel) {
    return new OwnRegistries(List.of(channel), SERVERS).of(channel);
  }
}
