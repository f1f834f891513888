package dev.plasmite.sandbox;

import dev.plasmite.client.Command;
import dev.plasmite.client.Exit;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The real clients, each with a fresh home, cut off from everything but this machine. */
public final class Clients {

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");
  private static final Path TOOLS = Path.of("target", "tools").toAbsolutePath();

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

  /** The python of a virtual environment with twine in it, made once below {@code target/tools}. */
  public static Path pythonWithTwine() throws IOException {
    Files.createDirectories(TOOLS);
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    Path python = TOOLS.resolve(windows ? "venv/Scripts/python.exe" : "venv/bin/python");
    // Two test runs at once must not make it twice.
    try (FileChannel channel =
            FileChannel.open(TOOLS.resolve("venv.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = channel.lock()) {
      if (!lock.isValid()) {
        throw new IOException("cannot lock " + TOOLS);
      }
      Processes processes = new Processes(Redactor.NONE);
      if (!Files.exists(python) || !processes.run(Command.of(TOOLS, List.of(python.toString(), "-m", "twine", "--version")).inheriting()).ok()) {
        for (List<String> step :
            List.of(
                List.of(windows ? "python" : "python3", "-m", "venv", "venv"),
                List.of(python.toString(), "-m", "pip", "install", "--quiet", "twine"))) {
          Exit exit = processes.run(Command.of(TOOLS, step).inheriting().within(Duration.ofMinutes(5)));
          if (!exit.ok()) {
            throw new IOException(step + " failed: " + exit.tail(20));
          }
        }
      }
    }
    return python;
  }

  /** uv, from pip, made once below {@code target/tools}. */
  public static Path uv() throws IOException {
    Path uv = TOOLS.resolve(WINDOWS ? "uv/Scripts/uv.exe" : "uv/bin/uv");
    Path python = uv.resolveSibling(WINDOWS ? "python.exe" : "python");
    return made(uv, List.of(List.of(WINDOWS ? "python" : "python3", "-m", "venv", "uv"), List.of(python.toString(), "-m", "pip", "install", "--quiet", "uv")));
  }

  /** pnpm, from npm, made once below {@code target/tools}; the newest that runs on Node 20. */
  public static Path pnpm() throws IOException {
    Path pnpm = TOOLS.resolve("pnpm/node_modules/.bin/" + (WINDOWS ? "pnpm.cmd" : "pnpm"));
    return made(pnpm, List.of(List.of(WINDOWS ? "npm.cmd" : "npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", "pnpm", "pnpm@9")));
  }

  private static Path made(Path executable, List<List<String>> steps) throws IOException {
    Files.createDirectories(TOOLS);
    try (FileChannel channel =
            FileChannel.open(TOOLS.resolve(executable.getFileName() + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = channel.lock()) {
      Processes processes = new Processes(Redactor.NONE);
      if (!lock.isValid() || !Files.exists(executable) || !processes.run(Command.of(TOOLS, List.of(executable.toString(), "--version")).inheriting()).ok()) {
        for (List<String> step : steps) {
          Exit exit = processes.run(Command.of(TOOLS, step).inheriting().within(Duration.ofMinutes(5)));
          if (!exit.ok()) {
            throw new IOException(step + " failed: " + exit.tail(20));
          }
        }
      }
    }
    return executable;
  }
}
