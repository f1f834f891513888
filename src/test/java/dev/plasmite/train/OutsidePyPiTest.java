package dev.plasmite.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.channel.Endpoint;
import dev.plasmite.client.Asking;
import dev.plasmite.client.Login;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import dev.plasmite.client.Secret;
import dev.plasmite.client.Surroundings;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Refusal;
import dev.plasmite.sandbox.Clients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real Python, twine and pip, which say how they are set up. */
class OutsidePyPiTest {

  private static final String PLACE = "http://127.0.0.1:8080/";
  private static final String OTHER = "http://127.0.0.1:8081/";
  private static final Map<String, String> TWINE =
      Map.of("TWINE_REPOSITORY_URL", PLACE, "TWINE_USERNAME", "ann", "TWINE_PASSWORD", "twines", "PIP_INDEX_URL", PLACE + "simple");
  private static final Map<String, String> UV = Map.of("UV_PUBLISH_URL", OTHER, "UV_PUBLISH_TOKEN", "uvs");

  @TempDir Path directory;

  @Test
  void uvGoesByItsOwnVariablesAndTwineByIts() throws IOException {
    Map<String, String> both = new HashMap<>(TWINE);
    both.putAll(UV);
    assertThat(endpoint("twine", both, Map.of())).satisfies(e -> assertThat(shown(e)).isEqualTo(PLACE + " " + PLACE + "simple/ ann twines"));
    assertThat(endpoint("", both, Map.of())).as("twine is there").satisfies(e -> assertThat(shown(e)).contains("twines"));
    both.put("PIP_INDEX_URL", OTHER + "simple");
    assertThat(endpoint("uv", both, Map.of())).satisfies(e -> assertThat(shown(e)).isEqualTo(OTHER + " " + OTHER + "simple/ __token__ uvs"));
    both.remove("UV_PUBLISH_TOKEN");
    assertThat(endpoint("uv", both, Map.of()).credential().reveal()).as("twine's is not uv's").isEmpty();
    both.putAll(Map.of("UV_PUBLISH_USERNAME", "bea", "UV_PUBLISH_PASSWORD", "uvs password"));
    assertThat(endpoint("uv", both, Map.of())).satisfies(e -> assertThat(shown(e)).endsWith(" bea uvs password"));
  }

  @Test
  void thePomComesFirstAndThenTwinesFileByTheAddress() throws IOException {
    Map<String, String> settings = Map.of("endpoint", PLACE, "index", PLACE + "simple");
    Files.writeString(
        directory.resolve(".pypirc"),
        "[distutils]\nindex-servers =\n    loop\n[loop]\nrepository = " + PLACE + "\nusername = cat\npassword = files\n");
    assertThat(shown(endpoint("twine", Map.of(), settings))).endsWith(" cat files");
    assertThat(shown(endpoint("twine", TWINE, settings))).endsWith(" ann twines");
    assertThat(shown(endpoint("twine", TWINE, Map.of("endpoint", PLACE, "index", PLACE + "simple", "server", "mine")))).endsWith(" dan servers");
    assertThat(endpoint("uv", Map.of(), settings).credential().reveal()).as("uv reads no .pypirc").isEmpty();
    assertThat(shown(endpoint("uv", UV, settings))).isEqualTo(PLACE + " " + PLACE + "simple/ __token__ uvs");
  }

  @Test
  void whatWouldArriveWhereNobodyLooksIsRefused() {
    assertThatThrownBy(() -> endpoint("uv", Map.of("UV_PUBLISH_URL", OTHER, "PIP_INDEX_URL", PLACE + "simple"), Map.of()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("uv sends to 127.0.0.1:8081 and pip reads from 127.0.0.1:8080");
    assertThatThrownBy(() -> endpoint("uv", Map.of("UV_PUBLISH_URL", "https://u:secret@index.example/"), Map.of()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("UV_PUBLISH_URL")
        .message()
        .doesNotContain("secret");
  }

  private Endpoint endpoint(String client, Map<String, String> variables, Map<String, String> settings) throws IOException {
    Map<String, String> environment = new HashMap<>(variables);
    environment.put("PATH", System.getenv("PATH"));
    Surroundings around = new Surroundings(environment, directory, Map.of("mine", new Login("dan", new Secret("servers"))));
    Map<String, String> all = new HashMap<>(settings);
    if (!client.isEmpty()) {
      all.put("client", client);
    }
    Asking asking = new Asking(new Processes(Redactor.NONE), around, Map.of("python", Clients.pythonWithTwine().toString()), directory.resolve("asking"));
    return new OutsidePyPi(asking, new OutsideLogins(around), true).of(new ChannelPlan("pypi", "official", List.of(), Optional.empty(), all));
  }

  private static String shown(Endpoint endpoint) {
    return endpoint.api() + " " + endpoint.index() + " " + endpoint.user() + " " + endpoint.credential().reveal();
  }
}
