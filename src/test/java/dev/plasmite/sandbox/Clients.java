package dev.plasmite.sandbox;

import dev.plasmite.client.Command;
import dev.plasmite.client.Exit;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import dev.plasmite.demo.DemoTools;
import dev.plasmite.tools.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The real clients, each with a fresh home, cut off from everything but this machine. */
public final class Clients {

  private static final Duration LIMIT = Duration.ofMinutes(20);

  private final Path home;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final Processes processes = new Processes(Redactor.NONE);

  /** Clients whose homes are below a directory. */
  public Clients(Path directory) throws IOException {
    this.home = Files.createDirectories(directory.resolve("home"));
    environment.put("PATH", System.getenv("PATH"));
    environment.put("HOME", home.toString());
    environment.put("LANG", "C.UTF-8");
    environment.put("CARGO_HOME", home.resolve(".cargo").toString());
    environment.put("CARGO_TARGET_DIR", directory.resolve("cargo-target").toString());
    environment.put(
        "RUSTUP_HOME",
        System.getenv().getOrDefault("RUSTUP_HOME", Path.of(System.getProperty("user.home"), ".rustup").toString()));
    environment.put("npm_config_cache", home.resolve(".npm").toString());
    environment.put("npm_config_update_notifier", "false");
    environment.put("npm_config_fetch_retries", "0");
    environment.put("PIP_DISABLE_PIP_VERSION_CHECK", "1");
    if (System.getenv("PYENV_ROOT") != null) {
      environment.put("PYENV_ROOT", System.getenv("PYENV_ROOT"));
    }
    for (String proxy : List.of("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")) {
      environment.put(proxy, "http://127.0.0.1:9");
      environment.put(proxy.toLowerCase(java.util.Locale.ROOT), "http://127.0.0.1:9");
    }
    environment.put("NO_PROXY", "127.0.0.1,localhost");
    environment.put("no_proxy", "127.0.0.1,localhost");
  }

  /** The same clients with more variables. */
  public Clients with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Runs a client. */
  public Exit run(Path directory, String... argv) {
    return processes.run(Command.of(directory, List.of(argv)).with(environment).within(LIMIT));
  }

  /** Runs a client that must succeed, and says what it printed. */
  public String succeed(Path directory, String... argv) {
    Exit exit = run(directory, argv);
    if (!exit.ok()) {
      throw new AssertionError(String.join(" ", argv) + " ended with " + exit.code() + "\n" + exit.out() + exit.err());
    }
    return exit.out() + exit.err();
  }

  /** The python of a virtual environment with twine in it: the demo's, made once below {@code target/tools}. */
  public static Path pythonWithTwine() throws IOException {
    return DemoTools.venv(Tools.DIRECTORY.getParent());
  }

  /** uv, from pip, made once below {@code target/tools}. */
  public static Path uv() throws IOException {
    Path venv = Tools.DIRECTORY.resolve("uv");
    return Tools.inVenv(Tools.made(venv, Tools.venvWith(venv, "uv")), "uv");
  }

  /** pnpm, from npm, made once below {@code target/tools}; the newest that runs on Node 20. */
  public static Path pnpm() throws IOException {
    Path pnpm = Tools.made(Tools.DIRECTORY.resolve("pnpm"), List.of(Tools.npmInstall("pnpm@9")));
    return pnpm.resolve("node_modules/.bin/" + (Tools.windows() ? "pnpm.cmd" : "pnpm"));
  }
}
