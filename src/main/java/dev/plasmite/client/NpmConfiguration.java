package dev.plasmite.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.json.StrictJson;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What npm's user has set up: the registry, those of scopes, and tokens (npm's documentation, "npmrc" and "config"). */
public final class NpmConfiguration {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]+)}");

  private final Surroundings around;
  private final Map<String, String> settings;

  private NpmConfiguration(Surroundings around, Map<String, String> settings) {
    this.around = around;
    this.settings = settings;
  }

  /**
   * Asks npm.
   *
   * @throws OutsideFailure when npm does not say
   */
  public static NpmConfiguration ask(Asking asking) {
    Exit exit = asking.with(List.of("npm", "config", "list", "--json"));
    if (!exit.ok()) {
      throw new OutsideFailure("npm does not say its configuration: " + exit.tail(3));
    }
    try {
      Map<String, String> settings = new TreeMap<>();
      JsonNode all = StrictJson.mapper().readTree(exit.out());
      all.properties().forEach(entry -> settings.put(entry.getKey(), entry.getValue().asText()));
      return new NpmConfiguration(asking.around(), settings);
    } catch (JsonProcessingException e) {
      throw new OutsideFailure("npm does not say its configuration as JSON");
    }
  }

  /** The registry, as npm says it. */
  public Optional<String> registry() {
    return Optional.ofNullable(settings.get("registry")).filter(r -> !r.isBlank());
  }

  /** The registry of a scope, {@code @scope}, when it has one of its own. */
  public Optional<String> registryOf(String scope) {
    return Optional.ofNullable(settings.get(scope + ":registry"));
  }

  /**
   * The token for a registry in the user's npmrc: of its address, or of the nearest one above it, as npm looks it up.
   * npm itself never prints it.
   */
  public Optional<String> token(URI registry) {
    Path file = Optional.ofNullable(settings.get("userconfig")).map(Path::of).orElse(around.home().resolve(".npmrc"));
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      Map<String, String> lines = new TreeMap<>();
      for (String line : Files.readAllLines(file)) {
        int equals = line.indexOf('=');
        if (equals > 0 && !line.stripLeading().startsWith("#") && !line.stripLeading().startsWith(";")) {
          lines.put(line.substring(0, equals).strip(), unquoted(line.substring(equals + 1).strip()));
        }
      }
      String path = registry.getPath() == null || registry.getPath().isEmpty() ? "/" : registry.getPath();
      while (true) {
        String value = lines.get("//" + registry.getAuthority() + path + ":_authToken");
        if (value != null) {
          return expanded(value);
        }
        String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (bare.isEmpty()) {
          return Optional.empty();
        }
        path = path.endsWith("/") ? bare : bare.substring(0, bare.lastIndexOf('/') + 1);
      }
    } catch (IOException e) {
      throw new OutsideFailure("cannot read npm's configuration " + file);
    }
  }

  /** npm replaces variables; one that is not there leaves no token. */
  private Optional<String> expanded(String value) {
    Matcher matcher = VARIABLE.matcher(value);
    StringBuilder out = new StringBuilder();
    while (matcher.find()) {
      Optional<String> variable = around.variable(matcher.group(1));
      if (variable.isEmpty()) {
        return Optional.empty();
      }
      matcher.appendReplacement(out, Matcher.quoteReplacement(variable.get()));
    }
    return Optional.of(matcher.appendTail(out).toString()).filter(v -> !v.isBlank());
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() > 1 && (value.startsWith("\"") && value.endsWith("\"") || value.startsWith("'") && value.endsWith("'"));
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
