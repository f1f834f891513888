package dev.plasmite.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.json.StrictJson;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the user of twine and pip has set up: where twine sends to (its documentation, "Configuration"; {@code .pypirc} as
 * the packaging guide specifies it) and where pip reads from.
 */
public final class PythonConfiguration {

  /** Prints what twine reads: it knows the addresses that a {@code .pypirc} need not name. */
  private static final String TWINE =
      "import json, sys\n"
          + "from twine import utils\n"
          + "print(json.dumps({'repositories': utils.get_config(sys.argv[1]), 'default': utils.DEFAULT_REPOSITORY}))\n";

  /** Prints where pip reads from when nobody says anything else. */
  private static final String PIP = "from pip._internal.models.index import PyPI\nprint(PyPI.simple_url)\n";

  private static final List<String> PYTHON = List.of("python", "-I", "-c");

  private final Asking asking;

  public PythonConfiguration(Asking asking) {
    this.asking = asking;
  }

  /**
   * A place to send to.
   *
   * @param address as configured
   * @param usual whether it is the one that twine uses by itself
   * @param login the login of that place in {@code .pypirc}, complete
   */
  public record Repository(String address, boolean usual, Optional<Login> login) {}

  /**
   * Where twine sends to.
   *
   * @throws OutsideFailure when twine does not say
   */
  public Repository repository() {
    JsonNode said = twine();
    String usual = said.path("default").asText();
    Optional<String> address = asking.around().variable("TWINE_REPOSITORY_URL");
    if (address.isPresent()) {
      return new Repository(address.get(), address.get().equals(usual), Optional.empty());
    }
    String name = asking.around().variable("TWINE_REPOSITORY").orElse("pypi");
    JsonNode chosen = said.path("repositories").path(name);
    String where = chosen.path("repository").asText("");
    if (where.isBlank()) {
      throw new OutsideFailure("twine knows no repository '" + name + "'; name it in .pypirc");
    }
    return new Repository(where, where.equals(usual), login(chosen));
  }

  /**
   * The login that {@code .pypirc} has for an address, whichever name it gives it.
   *
   * @throws OutsideFailure when twine does not say
   */
  public Optional<Login> login(URI address) {
    for (JsonNode one : twine().path("repositories")) {
      if (one.path("repository").asText().equals(address.toString())) {
        return login(one);
      }
    }
    return Optional.empty();
  }

  /** What twine reads of its user's configuration. */
  private JsonNode twine() {
    Path file = asking.around().home().resolve(".pypirc");
    String given = java.nio.file.Files.exists(file) ? file.toString() : "~/.pypirc";
    Exit exit = asking.with(words(PYTHON, TWINE, given));
    if (!exit.ok()) {
      throw new OutsideFailure("twine does not say its configuration: " + kind(exit));
    }
    try {
      return StrictJson.mapper().readTree(exit.out());
    } catch (JsonProcessingException e) {
      throw new OutsideFailure("twine does not say its configuration as JSON");
    }
  }

  /** Whether the user's Python has twine. */
  public boolean hasTwine() {
    return asking.with(words(PYTHON, "import twine")).ok();
  }

  /** Where twine sends to when nobody says anything else; nothing without twine. */
  public Optional<String> usualRepository() {
    Exit exit = asking.with(words(PYTHON, "from twine import utils; print(utils.DEFAULT_REPOSITORY)"));
    return Optional.of(exit.out().strip()).filter(address -> exit.ok() && !address.isEmpty());
  }

  /** The kind of a failure and no more: the message of a parser quotes the file's lines, which may hold a password. */
  private static String kind(Exit exit) {
    return exit.err().lines()
        .filter(line -> line.matches("[A-Za-z_.]+(Error|Exception)(:.*)?"))
        .reduce((before, last) -> last)
        .map(line -> line.startsWith("ModuleNotFoundError") ? line : line.replaceFirst(":.*", ""))
        .orElse("code " + exit.code())
        + "; look whether its configuration file is well formed";
  }

  private static Optional<Login> login(JsonNode section) {
    String password = section.path("password").asText("");
    String user = section.path("username").isTextual() ? section.path("username").asText() : "__token__";
    return section.path("password").isTextual() && !password.isBlank() ? Optional.of(new Login(user, new Secret(password))) : Optional.empty();
  }

  /**
   * Where pip reads from.
   *
   * @throws OutsideFailure when pip does not say
   */
  public Index index() {
    Exit listed = asking.with(words(List.of("python", "-m", "pip", "config", "list")));
    if (!listed.ok()) {
      throw new OutsideFailure("pip does not say its configuration: " + kind(listed));
    }
    Map<String, String> settings = new TreeMap<>();
    for (String line : listed.out().split("\\R")) {
      int equals = line.indexOf("='");
      if (equals > 0 && line.endsWith("'")) {
        settings.put(line.substring(0, equals), line.substring(equals + 2, line.length() - 1));
      }
    }
    for (String name : List.of(":env:.index-url", "install.index-url", "global.index-url")) {
      if (settings.containsKey(name)) {
        return new Index(settings.get(name), false);
      }
    }
    Exit own = asking.with(words(PYTHON, PIP));
    if (!own.ok()) {
      throw new OutsideFailure("pip does not say where it reads from: " + kind(own));
    }
    return new Index(own.out().strip(), true);
  }

  /**
   * A place to read from.
   *
   * @param address of the simple index
   * @param usual whether it is the one that pip uses by itself
   */
  public record Index(String address, boolean usual) {}

  private static List<String> words(List<String> first, String... then) {
    List<String> all = new java.util.ArrayList<>(first);
    all.addAll(List.of(then));
    return all;
  }
}
