package dev.plasmite.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.sandbox.Clients;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonConfigurationTest {

  @TempDir Path temp;

  @Test
  void aFileThatCannotBeReadIsToldWithoutItsLines() throws Exception {
    Path home = Files.createDirectories(temp.resolve("home"));
    Files.writeString(home.resolve(".pypirc"), "[pypi]\npassword pypi-CanaryWithoutEquals\n");
    Path pip = home.resolve("pip.conf");
    Files.writeString(pip, "index-url = https://me:CanaryOfPip@127.0.0.1:1/simple\n");
    Map<String, String> environment = new TreeMap<>(System.getenv());
    environment.put("PIP_CONFIG_FILE", pip.toString());
    environment.remove("TWINE_REPOSITORY_URL");
    Surroundings around = new Surroundings(environment, home, Map.of());
    PythonConfiguration python =
        new PythonConfiguration(
            new Asking(
                new Processes(Redactor.NONE), around, Map.of("python", Clients.pythonWithTwine().toString()),
                Files.createDirectories(temp.resolve("scratch"))));
    assertThatThrownBy(python::repository)
        .isInstanceOf(OutsideFailure.class).hasMessageContaining("twine does not say its configuration").hasMessageNotContaining("Canary");
    assertThatThrownBy(python::index).isInstanceOf(OutsideFailure.class).hasMessageContaining("pip does not say").hasMessageNotContaining("Canary");
  }
}
