package dev.plasmite.client;

import dev.plasmite.gate.OutsideFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The environment of a client that starts from nothing: an empty home, empty caches, no configuration and no credential
 * of the person who runs the train. It is a list of what is let in, not of what is kept out.
 */
public final class EmptyHome {

  /** What is kept of the ambient environment, because without it no program is found or none starts. */
  private static final List<String> KEPT =
      List.of(
          "PATH", "TERM",
          // Shims of tool managers find the real programs by these.
          "PYENV_ROOT", "PYENV_VERSION", "RUSTUP_HOME", "RUSTUP_TOOLCHAIN", "VOLTA_HOME", "ASDF_DIR", "ASDF_DATA_DIR",
          "JAVA_HOME",
          // The macOS linker's.
          "DEVELOPER_DIR", "SDKROOT",
          // Windows cannot start a process or open a socket without these.
          "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "PROGRAMFILES", "PROGRAMFILES(X86)",
          "PROGRAMDATA", "NUMBER_OF_PROCESSORS", "PROCESSOR_ARCHITECTURE");

  private final Map<String, String> ambient;
  private final Path realHome;

  /**
   * Homes beside a real one.
   *
   * @param ambient the environment of this process
   * @param realHome the user's home, where tool managers keep what is installed
   */
  public EmptyHome(Map<String, String> ambient, Path realHome) {
    this.ambient = Map.copyOf(ambient);
    this.realHome = realHome;
  }

  /** Homes beside that of the person who runs the train. */
  public static EmptyHome besideThisOne() {
    return new EmptyHome(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /**
   * All variables of a client whose home is a directory; makes the directories. The same home gives the same environment.
   *
   * @throws OutsideFailure when they cannot be made
   */
  public Map<String, String> at(Path home) {
    Map<String, String> environment = new TreeMap<>();
    ambient.forEach(
        (name, value) -> {
          if (KEPT.contains(name.toUpperCase(Locale.ROOT))) {
            environment.put(name, value);
          }
        });
    toolsOf(environment, "RUSTUP_HOME", ".rustup");
    toolsOf(environment, "PYENV_ROOT", ".pyenv");
    try {
      homes(environment, home);
      clients(environment, home);
    } catch (IOException e) {
      throw new OutsideFailure("cannot make a home for a client in " + home, e);
    }
    environment.put("LANG", "C.UTF-8");
    environment.put("NO_COLOR", "1");
    return environment;
  }

  /**
   * What keeps clients that work below a directory from taking the configuration of the directories above it: cargo reads
   * {@code .cargo/config.toml} and looks for a workspace in each up to the root, the user's home among them, and has no
   * option against it. It is the variable by which cargo's own tests keep it from that (cargo_util, "PathAncestors").
   *
   * @param top the highest directory whose own configuration counts
   * @throws OutsideFailure when it is not there
   */
  public static Map<String, String> below(Path top) {
    try {
      return Map.of("__CARGO_TEST_ROOT", top.toRealPath().toString());
    } catch (IOException e) {
      throw new OutsideFailure("there is no directory " + top, e);
    }
  }

  private static void homes(Map<String, String> environment, Path home) throws IOException {
    environment.put("HOME", directory(home));
    environment.put("USERPROFILE", directory(home));
    environment.put("APPDATA", directory(home.resolve("AppData").resolve("Roaming")));
    environment.put("LOCALAPPDATA", directory(home.resolve("AppData").resolve("Local")));
    environment.put("XDG_CONFIG_HOME", directory(home.resolve(".config")));
    environment.put("XDG_CACHE_HOME", directory(home.resolve(".cache")));
    environment.put("XDG_DATA_HOME", directory(home.resolve(".local").resolve("share")));
    environment.put("XDG_STATE_HOME", directory(home.resolve(".local").resolve("state")));
    for (String temporary : List.of("TMPDIR", "TMP", "TEMP")) {
      environment.put(temporary, directory(home.resolve("tmp")));
    }
  }

  private static void clients(Map<String, String> environment, Path home) throws IOException {
    String nothing = java.io.File.separatorChar == '/' ? "/dev/null" : "NUL";
    environment.put("CARGO_HOME", directory(home.resolve(".cargo")));
    environment.put("RUSTUP_AUTO_INSTALL", "0");
    // A project of its own: npm and pnpm would take the .npmrc of the next one above.
    Path project = home.resolve("package.json");
    if (!Files.exists(project)) {
      Files.writeString(project, "{\"private\": true}\n");
    }
    environment.put("npm_config_cache", directory(home.resolve(".npm")));
    environment.put("npm_config_userconfig", home.resolve(".npmrc").toString());
    environment.put("npm_config_globalconfig", home.resolve("npmrc-global").toString());
    environment.put("npm_config_prefix", directory(home.resolve("npm-prefix")));
    for (String off : List.of("update_notifier", "audit", "fund")) {
      environment.put("npm_config_" + off, "false");
    }
    environment.put("npm_config_fetch_retries", "0");
    environment.put("COREPACK_ENABLE_NETWORK", "0");
    environment.put("PIP_CONFIG_FILE", nothing);
    environment.put("PIP_CACHE_DIR", directory(home.resolve(".cache").resolve("pip")));
    environment.put("PIP_DISABLE_PIP_VERSION_CHECK", "1");
    environment.put("PIP_NO_INPUT", "1");
    environment.put("PYTHONNOUSERSITE", "1");
    environment.put("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring");
    environment.put("UV_NO_CONFIG", "1");
    environment.put("UV_CACHE_DIR", directory(home.resolve(".cache").resolve("uv")));
    environment.put("UV_PYTHON_DOWNLOADS", "never");
    environment.put("GIT_CONFIG_GLOBAL", home.resolve(".gitconfig").toString());
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("GIT_TERMINAL_PROMPT", "0");
    // A proxy does not stop ssh.
    environment.put("GIT_ALLOW_PROTOCOL", "file:http:https");
  }

  /** Where a tool manager keeps its tools when the environment does not say it. */
  private void toolsOf(Map<String, String> environment, String variable, String folder) {
    if (!environment.containsKey(variable) && Files.isDirectory(realHome.resolve(folder))) {
      environment.put(variable, realHome.resolve(folder).toString());
    }
  }

  private static String directory(Path path) throws IOException {
    return Files.createDirectories(path).toString();
  }
}
