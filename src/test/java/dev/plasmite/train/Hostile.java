package dev.plasmite.train;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Configuration of every client that sends it to another server or makes it run a program: in a home, in directories, in
 * variables. The program and the server say when they are used.
 */
final class Hostile implements AutoCloseable {

  private final Path directory;
  private final Path program;
  private final HttpServer server;
  private final List<String> used = new CopyOnWriteArrayList<>();

  Hostile(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          used.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          exchange.sendResponseHeaders(500, -1);
          exchange.close();
        });
    server.start();
    program = executable("evil", "#!/bin/sh\necho \"$0 $*\" >> '" + directory.resolve("ran") + "'\nexit 1\n");
    for (String hook : List.of("pre-commit", "commit-msg", "post-commit", "pre-push", "post-checkout", "reference-transaction", "prepare-commit-msg")) {
      executable("hooks/" + hook, "#!/bin/sh\necho \"hook $0\" >> '" + directory.resolve("ran") + "'\n");
    }
    Files.writeString(directory.resolve("evil.js"), "require('fs').appendFileSync('" + directory.resolve("ran") + "', 'node ' + process.argv + '\\n')\n");
    Files.writeString(
        Files.createDirectories(directory.resolve("python")).resolve("sitecustomize.py"),
        "open('" + directory.resolve("ran") + "', 'a').write('python\\n')\n");
  }

  private Path executable(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /** What was run, and what the server was asked. */
  List<String> used() throws IOException {
    Path ran = directory.resolve("ran");
    List<String> all = new java.util.ArrayList<>(used);
    if (Files.exists(ran)) {
      all.addAll(Files.readAllLines(ran));
    }
    return all;
  }

  /** What goes to another server, for every client. */
  Hostile placesIn(Path home) throws IOException {
    append(home, ".npmrc", "registry=" + url() + "\n@lamp:registry=" + url() + "\nproxy=" + url() + "\n");
    append(home, ".cargo/config.toml", "[source.crates-io]\nreplace-with = \"evil\"\n[source.evil]\nregistry = \"sparse+" + url()
        + "\"\n[registries.release]\nindex = \"sparse+" + url() + "\"\n[registry]\ndefault = \"release\"\nglobal-credential-providers = [\"" + program + "\"]\n");
    for (String file : List.of(".config/pip/pip.conf", ".pip/pip.conf", "pip.conf")) {
      append(home, file, "[global]\nindex-url = " + url() + "simple/\nextra-index-url = " + url() + "more/\n");
    }
    for (String file : List.of(".config/uv/uv.toml", "uv.toml")) {
      append(home, file, "index-url = \"" + url() + "simple/\"\npublish-url = \"" + url() + "\"\n");
    }
    append(home, ".pypirc", "[distutils]\nindex-servers = pypi\n[pypi]\nrepository = " + url() + "legacy/\nusername = evil\npassword = evil-password\n");
    append(home, ".netrc", "machine 127.0.0.1 login evil password evil-password\n");
    return this;
  }

  /** What runs a program, for every client. */
  Hostile programsIn(Path home) throws IOException {
    append(home, ".npmrc", "script-shell=" + program + "\ngit=" + program + "\nnode-options=--require=" + directory.resolve("evil.js") + "\n");
    append(home, ".cargo/config.toml", "[build]\nrustc-wrapper = \"" + program + "\"\nrustc-workspace-wrapper = \"" + program + "\"\n[install]\nroot = \"" + directory.resolve("root") + "\"\n");
    append(home, ".gitconfig",
        "[core]\n\thooksPath = " + directory.resolve("hooks") + "\n\tfsmonitor = " + program + "\n\tsshCommand = " + program
            + "\n[url \"" + url() + "\"]\n\tinsteadOf = file:\n\tinsteadOf = http://127\n[credential]\n\thelper = " + program
            + "\n[remote \"origin\"]\n\tuploadpack = " + program + "\n\treceivepack = " + program
            + "\n[commit]\n\tgpgSign = true\n[tag]\n\tgpgSign = true\n[gpg]\n\tprogram = " + program
            + "\n[http]\n\tproxy = " + url() + "\n[user]\n\tname = M\n\temail = m@example.org\n");
    append(home, "twine.py", "open('" + directory.resolve("ran") + "', 'a').write('twine.py\\n')\n");
    append(home, "pip.py", "open('" + directory.resolve("ran") + "', 'a').write('pip.py\\n')\n");
    return this;
  }

  /** Variables that send clients elsewhere or make them run something. */
  Map<String, String> variables() {
    Map<String, String> all = new HashMap<>();
    for (String registry : List.of("npm_config_registry", "NPM_CONFIG_REGISTRY", "npm_config_@lamp:registry", "npm_config_proxy")) {
      all.put(registry, url());
    }
    for (String index : List.of("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "UV_INDEX_URL", "UV_DEFAULT_INDEX", "UV_EXTRA_INDEX_URL", "UV_PUBLISH_URL", "TWINE_REPOSITORY_URL")) {
      all.put(index, url() + "simple/");
    }
    all.put("CARGO_REGISTRIES_RELEASE_INDEX", "sparse+" + url());
    all.put("CARGO_REGISTRIES_RELEASE_TOKEN", "evil-token");
    all.put("CARGO_REGISTRY_DEFAULT", "release");
    all.putAll(programs());
    return all;
  }

  /** The variables that make clients run something. */
  Map<String, String> programs() {
    Map<String, String> all = new HashMap<>();
    for (String variable :
        List.of(
            "npm_config_script_shell", "npm_config_git", "RUSTC_WRAPPER", "CARGO_BUILD_RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER",
            "CARGO_REGISTRY_GLOBAL_CREDENTIAL_PROVIDERS", "CARGO_REGISTRY_CREDENTIAL_PROVIDER", "GIT_SSH_COMMAND", "GIT_SSH", "GIT_ASKPASS", "SSH_ASKPASS",
            "GIT_EXTERNAL_DIFF", "GIT_PROXY_COMMAND", "BROWSER", "EDITOR")) {
      all.put(variable, program.toString());
    }
    all.put("GIT_CONFIG_COUNT", "1");
    all.put("GIT_CONFIG_KEY_0", "core.hooksPath");
    all.put("GIT_CONFIG_VALUE_0", directory.resolve("hooks").toString());
    all.put("NODE_OPTIONS", "--require=" + directory.resolve("evil.js"));
    all.put("PYTHONPATH", directory.resolve("python").toString());
    all.put("PYTHONSTARTUP", directory.resolve("python/sitecustomize.py").toString());
    return all;
  }

  private static void append(Path home, String file, String text) throws IOException {
    Path path = home.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
