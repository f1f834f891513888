package dev.plasmite.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.channel.Endpoint;
import dev.plasmite.client.Login;
import dev.plasmite.gate.ChannelPlan;
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
