package dev.plasmite.gate;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The names of variables that hold secrets. By them a value is kept out of what people read, and away from programs that
 * have no use for it.
 */
public final class SecretNames {

  private static final Pattern SECRET =
      Pattern.compile(".*(TOKEN|SECRET|PASS|CREDENTIAL|KEY|AUTH|PRIVATE).*|(.*_)?PAT", Pattern.CASE_INSENSITIVE);

  /** Sounds like one and is none: a path, a name, a program. */
  private static final Pattern NONE =
      Pattern.compile("SSH_AUTH_SOCK|XAUTHORITY|(SSH|GIT)_ASKPASS|GIT_AUTHOR_.*", Pattern.CASE_INSENSITIVE);

  /** The credentials of the channels' own clients, by the names that these read. */
  private static final Set<String> CREDENTIALS =
      Set.of(
          "CARGO_REGISTRY_TOKEN", "NODE_AUTH_TOKEN", "NPM_TOKEN", "TWINE_PASSWORD", "UV_PUBLISH_TOKEN", "UV_PUBLISH_PASSWORD",
          "GITHUB_TOKEN", "GH_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_TOKEN");

  private SecretNames() {}

  /** Whether a variable of this name holds a secret, as far as its name tells. */
  public static boolean matches(String variable) {
    return SECRET.matcher(variable).matches() && !NONE.matcher(variable).matches();
  }

  /** Whether a variable of this name is a credential of one of the channels. */
  public static boolean credential(String variable) {
    return CREDENTIALS.contains(variable) || variable.matches("CARGO_REGISTRIES_.*_TOKEN");
  }

  /** An environment without the variables that hold secrets. */
  public static Map<String, String> without(Map<String, String> environment) {
    Map<String, String> kept = new TreeMap<>(environment);
    kept.keySet().removeIf(SecretNames::matches);
    return kept;
  }
}
