package dev.plasmite.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * What cargo's user has set up, in the files of cargo's home and in variables (the Cargo book, "Configuration" and
 * "Registries"). Files of the working directory are not read: cargo would, and with them a stranger's registry.
 */
public final class CargoConfiguration {

  /** The name by which every cargo knows crates.io, wherever it is. */
  public static final String CRATES_IO = "crates-io";

  private final Surroundings around;
  private final TomlParseResult config;
  private final TomlParseResult credentials;

  private CargoConfiguration(Surroundings around, TomlParseResult config, TomlParseResult credentials) {
    this.around = around;
    this.config = config;
    this.credentials = credentials;
  }

  /**
   * Reads it.
   *
   * @throws OutsideFailure when a file of it cannot be read or is no TOML; what it holds is not shown
   */
  public static CargoConfiguration of(Surroundings around) {
    Path home = around.variable("CARGO_HOME").map(Path::of).orElse(around.home().resolve(".cargo"));
    return new CargoConfiguration(around, toml(home, "config"), toml(home, "credentials"));
  }

  /** The name of the registry to which cargo publishes when nobody says another. */
  public String registry() {
    return around
        .variable("CARGO_REGISTRY_DEFAULT")
        .or(() -> Optional.ofNullable(config.getString("registry.default")))
        .orElse(CRATES_IO);
  }

  /** The index of a registry that the configuration names, as cargo writes it: {@code sparse+https://.../}. */
  public Optional<String> index(String registry) {
    return around.variable(variable(registry, "INDEX")).or(() -> text(config, List.of("registries", registry, "index")));
  }

  /** The token of a registry, by its name. */
  public Optional<String> token(String registry) {
    if (registry.equals(CRATES_IO)) {
      return around
          .variable("CARGO_REGISTRY_TOKEN")
          .or(() -> text(credentials, List.of("registry", "token")))
          .or(() -> text(config, List.of("registry", "token")));
    }
    return around
        .variable(variable(registry, "TOKEN"))
        .or(() -> text(credentials, List.of("registries", registry, "token")))
        .or(() -> text(config, List.of("registries", registry, "token")));
  }

  /**
   * The registry that stands in for crates.io when packages are fetched, as cargo writes its index: a mirror (the Cargo book,
   * "Source Replacement"). Publishing goes to crates.io all the same.
   *
   * @throws OutsideFailure when what stands in is no registry, such as a directory of vendored crates, or leads nowhere
   */
  public Optional<String> mirror() {
    Set<String> passed = new LinkedHashSet<>(List.of(CRATES_IO));
    Optional<String> next = text(config, List.of("source", CRATES_IO, "replace-with"));
    String source = "";
    while (next.isPresent()) {
      source = next.get();
      if (!passed.add(source)) {
        throw new OutsideFailure("cargo's configuration replaces crates.io in a circle: " + String.join(" -> ", passed) + " -> " + source);
      }
      next = text(config, List.of("source", source, "replace-with"));
    }
    if (source.isEmpty()) {
      return Optional.empty();
    }
    String last = source;
    Optional<String> index = text(config, List.of("source", last, "registry")).or(() -> index(last));
    return Optional.of(
        index.orElseThrow(
            () ->
                new OutsideFailure(
                    "cargo's configuration takes crates.io's packages from the source '" + last
                        + "', which is no registry, so that the sandbox cannot pass on what it holds; name a mirror with a sparse index there, or leave <downloads> off")));
  }

  /** The name under which the configuration has an index, so that a token can be found for an address. */
  public Optional<String> nameOf(String index) {
    TomlTable registries = config.getTable("registries");
    return (registries == null ? Stream.<String>of() : registries.keySet().stream())
        .filter(name -> index(name).filter(index::equals).isPresent())
        .findFirst();
  }

  /**
   * Where crates.io's index is. No file says it, but cargo knows: asked about a crate, it keeps the index's
   * {@code config.json} in a folder that is named after the index's host.
   *
   * @param crate any crate's name, whether it is there or not
   * @throws OutsideFailure when cargo did not reach it
   */
  public static CratesIo cratesIo(Asking asking, String crate) {
    Path home = asking.fresh();
    Exit exit = asking.without(List.of("cargo", "info", "--registry", CRATES_IO, "--", crate), home);
    Path indexes = home.resolve(".cargo").resolve("registry").resolve("index");
    if (Files.isDirectory(indexes)) {
      try (Stream<Path> folders = Files.list(indexes)) {
        for (Path folder : folders.toList()) {
          Path file = folder.resolve("config.json");
          String name = folder.getFileName().toString();
          if (Files.isRegularFile(file) && name.matches("[A-Za-z0-9.-]+-[0-9a-f]{16}")) {
            JsonNode json = StrictJson.mapper().readTree(Files.readString(file));
            return new CratesIo(name.substring(0, name.length() - 17), json.path("api").asText(), json.path("dl").asText());
          }
        }
      } catch (JsonProcessingException e) {
        throw new OutsideFailure("cargo keeps a config.json of crates.io's index that is no JSON");
      } catch (IOException e) {
        throw new OutsideFailure("cannot read what cargo keeps of crates.io's index", e);
      }
    }
    throw new OutsideFailure("cargo does not reach crates.io's index: " + exit.tail(3));
  }

  /**
   * crates.io as cargo knows it.
   *
   * @param host the index's host
   * @param api where the index says that publishing goes
   * @param dl where the index says that crates come from
   */
  public record CratesIo(String host, String api, String dl) {

    /** The sparse index's address, as cargo writes it. */
    public String index() {
      return "sparse+https://" + host + "/";
    }
  }

  private static String variable(String registry, String what) {
    return "CARGO_REGISTRIES_" + registry.toUpperCase(Locale.ROOT).replace('-', '_') + "_" + what;
  }

  private static Optional<String> text(TomlParseResult toml, List<String> path) {
    return toml.get(path) instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
  }

  /** A file with its ending, or without as it was called of old; nothing of it when there is none. */
  private static TomlParseResult toml(Path home, String name) {
    for (Path file : List.of(home.resolve(name), home.resolve(name + ".toml"))) {
      if (Files.isRegularFile(file)) {
        try {
          TomlParseResult parsed = Toml.parse(file);
          if (parsed.hasErrors()) {
            // The parser's message quotes the line, which may hold a token.
            int line = parsed.errors().get(0).position().line();
            throw new OutsideFailure("cargo's configuration is no TOML: " + new Place(file.toString(), line, 0));
          }
          return parsed;
        } catch (IOException e) {
          throw new OutsideFailure("cannot read cargo's configuration " + file);
        }
      }
    }
    return Toml.parse("");
  }
}
