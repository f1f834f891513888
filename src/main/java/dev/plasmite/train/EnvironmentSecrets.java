package dev.plasmite.train;

import dev.plasmite.client.Redactor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What an environment says that nobody is to read: the values of the variables that are named like secrets. */
final class EnvironmentSecrets {

  private static final Pattern SECRET =
      Pattern.compile(".*(TOKEN|SECRET|PASS|CREDENTIAL|KEY|AUTH|PRIVATE).*|(.*_)?PAT", Pattern.CASE_INSENSITIVE);

  private EnvironmentSecrets() {}

  /** Takes them out of text. */
  static Redactor redactor(Map<String, String> environment) {
    List<String> secrets = new ArrayList<>();
    environment.forEach(
        (name, value) -> {
          if (SECRET.matcher(name).matches()) {
            secrets.add(value);
          }
        });
    return new Redactor(secrets);
  }
}
