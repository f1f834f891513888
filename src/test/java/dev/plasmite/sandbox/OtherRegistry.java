package dev.plasmite.sandbox;

import dev.plasmite.tools.Tools;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/**
 * Registries that others wrote, as processes of their own on 127.0.0.1: Verdaccio for npm, pypiserver for Python. They are
 * installed once below {@code target/tools}; without them there is nothing to compare with, so that is a failure.
 *
 * @param base where it answers
 * @param process ended with the test
 * @param log what it printed
 */
public record OtherRegistry(URI base, Process process, Path log) implements AutoCloseable {

  private static final String VERDACCIO = "6.1.2";
  private static final String PYPISERVER = "2.4.2";
  private static final int ATTEMPTS = 5;
  private static final Pattern IN_USE = Pattern.compile("(?i)EADDRINUSE|address already in use|port .*in use");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Verdaccio with nothing in it and no uplink; only who has logged in may publish. */
  public static OtherRegistry verdaccio(Path directory) throws IOException {
    Path home = Files.createDirectories(directory);
    Files.writeString(
        home.resolve("config.yaml"),
        """
        storage: %1$s/storage
        auth: {htpasswd: {file: %1$s/htpasswd, max_users: 10}}
        packages:
          '@*/*': {access: $all, publish: $authenticated, unpublish: $authenticated}
          '**': {access: $all, publish: $authenticated, unpublish: $authenticated}
        web: {enable: false}
        max_body_size: 100mb
        """.formatted(home));
    String program = verdaccio().toString();
    return start(
        home,
        port -> List.of("node", program, "--config", home.resolve("config.yaml").toString(), "--listen", address(port).toString()));
  }

  /** pypiserver with nothing in it; it states sha256, keeps what it has, and lets in only who has this password. */
  public static OtherRegistry pypiserver(Path directory, String user, String password) throws IOException {
    Path home = Files.createDirectories(directory);
    Files.writeString(home.resolve("htpasswd"), user + ":{SHA}" + sha1(password) + "\n");
    Path packages = Files.createDirectories(home.resolve("packages"));
    String program = pypiserver().toString();
    return start(
        home,
        port ->
            List.of(
                program, "run", "--interface", "127.0.0.1", "--port", String.valueOf(port), "--hash-algo", "sha256",
                "--disable-fallback", "--authenticate", "update", "--passwords", home.resolve("htpasswd").toString(), packages.toString()));
  }

  /** Makes a user of Verdaccio, as {@code npm login} does; gives the token. */
  public String login(String user) throws IOException, InterruptedException {
    String body = "{\"name\": \"" + user + "\", \"password\": \"not-a-secret-" + user + "\"}";
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve("-/user/org.couchdb.user:" + user))
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body))
            .build();
    String answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
    return answer.replaceFirst("(?s).*\"token\": ?\"([^\"]+)\".*", "$1");
  }

  /** All that it printed. */
  public String said() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** Starts it at a free port; where somebody else has taken that one before it did, at another. */
  private static OtherRegistry start(Path home, IntFunction<List<String>> argv) throws IOException {
    for (int attempt = 1; ; attempt++) {
      int port = freePort();
      try {
        return start(home, address(port), argv.apply(port));
      } catch (IOException e) {
        if (attempt == ATTEMPTS || !IN_USE.matcher(String.valueOf(e.getMessage())).find()) {
          throw e;
        }
      }
    }
  }

  private static URI address(int port) {
    return URI.create("http://127.0.0.1:" + port + "/");
  }

  private static OtherRegistry start(Path home, URI base, List<String> argv) throws IOException {
    Path log = home.resolve("log.txt");
    ProcessBuilder builder = new ProcessBuilder(argv).directory(home.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("HOME", home.toString());
    OtherRegistry registry = new OtherRegistry(base, builder.start(), log);
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
    while (!registry.answers() || !registry.process.isAlive()) { // who answers must be this one
      if (!registry.process.isAlive() || System.nanoTime() > end) {
        registry.close();
        throw new IOException(argv + " does not answer: " + registry.said());
      }
    }
    return registry;
  }

  private boolean answers() throws IOException {
    try {
      HttpRequest request = HttpRequest.newBuilder(base).timeout(Duration.ofSeconds(60)).GET().build();
      HTTP.send(request, HttpResponse.BodyHandlers.discarding());
      return true;
    } catch (IOException e) {
      try {
        Thread.sleep(100);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", interrupted);
      }
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static Path verdaccio() throws IOException {
    Path home = Tools.DIRECTORY.resolve("verdaccio");
    // Verdaccio asks for a node-fetch whose dependency prints a warning on Node 20 and fails on some.
    String manifest = "{\"private\": true, \"dependencies\": {\"verdaccio\": \"" + VERDACCIO + "\"}, \"overrides\": {\"node-fetch\": \"2.7.0\"}}\n";
    Tools.made(home, manifest, () -> true, () -> {
      Files.writeString(home.resolve("package.json"), manifest);
      Tools.run(home, Tools.npmInstall());
    });
    return home.resolve("node_modules/verdaccio/bin/verdaccio");
  }

  private static Path pypiserver() throws IOException {
    Path venv = Tools.DIRECTORY.resolve("pypiserver");
    return Tools.inVenv(Tools.made(venv, Tools.venvWith(venv, "pypiserver[passlib]==" + PYPISERVER)), "pypi-server");
  }

  /** Below the ports that systems give out by themselves: nobody else is given it until the registry has it. */
  private static int freePort() throws IOException {
    for (int attempt = 1; ; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
        return socket.getLocalPort();
      } catch (BindException e) {
        if (attempt == 20) {
          throw e;
        }
      }
    }
  }

  /** As htpasswd writes it with -s. */
  private static String sha1(String password) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest(password.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-1", e);
    }
  }
}
