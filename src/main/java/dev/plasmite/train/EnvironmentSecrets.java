package dev.plasmite.train;

import dev.plasmite.client.Redactor;
import dev.plasmite.gate.SecretNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What an environment says that nobody is to read: the values of the variables that are named like secrets. */
final class EnvironmentSecrets {

  private EnvironmentSecrets() {}

  /** Takes them out of text. */
  static Redactor redactor(Map<String, String> environment) {
    List<String> secrets = new ArrayList<>();
    environment.forEach(
        (name, value) -> {
          if (SecretNames.matches(name)) {
            secrets.add(value);
          }
        });
    return new Redactor(secrets);
  }
}
