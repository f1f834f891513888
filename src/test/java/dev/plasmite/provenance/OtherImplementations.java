package dev.plasmite.provenance;

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
import java.util.ArrayList;
import java.util.List;

/**
 * Verifiers that share nothing with ours: Sigstore's own for JavaScript from npm, and in-toto's protobuf types from PyPI. They
 * are fetched once and kept below {@code target/tools}; a fetch that fails is a failure of the test.
 */
final class OtherImplementations {

  private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");
  private static final Path TOOLS = Path.of("target", "tools").toAbsolutePath();

  /** The last that run on Node 20. */
  private static final List<String> SIGSTORE =
      List.of("@sigstore/verify@2.1.1", "@sigstore/bundle@3.1.0", "@sigstore/protobuf-specs@0.4.3");

  private static final String IN_TOTO = "in-toto-attestation==0.9.3";

  private OtherImplementations() {}

  /** Runs a script of Node that can require @sigstore/verify. */
  static Exit node(Path script, Path... arguments) throws IOException {
    Path modules = TOOLS.resolve("sigstore-js/node_modules");
    List<String> install =
        new ArrayList<>(List.of(WINDOWS ? "npm.cmd" : "npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", "sigstore-js"));
    install.addAll(SIGSTORE);
    made(modules.resolve("@sigstore/verify/package.json"), "sigstore-js", List.of(install));
    // Packages are looked for beside the script.
    Path there = Files.copy(script, Files.createTempFile(modules.getParent(), "verify", ".js"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    try {
      return run("node", there, arguments);
    } finally {
      Files.delete(there);
    }
  }

  /** Runs a script of Python that can import in_toto_attestation. */
  static Exit python(Path script, Path... arguments) throws IOException {
    Path python = TOOLS.resolve(WINDOWS ? "in-toto/Scripts/python.exe" : "in-toto/bin/python");
    made(
        TOOLS.resolve("in-toto/ready"),
        "in-toto",
        List.of(
            List.of(WINDOWS ? "python" : "python3", "-m", "venv", "in-toto"),
            List.of(python.toString(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", IN_TOTO),
            List.of(python.toString(), "-c", "import pathlib; pathlib.Path('in-toto/ready').touch()")));
    return run(python.toString(), script, arguments);
  }

  private static Exit run(String program, Path script, Path... arguments) {
    List<String> argv = new ArrayList<>(List.of(program, script.toString()));
    for (Path argument : arguments) {
      argv.add(argument.toString());
    }
    return new Processes(Redactor.NONE).run(Command.of(TOOLS, argv).inheriting().within(Duration.ofMinutes(1)));
  }

  private static void made(Path ready, String name, List<List<String>> steps) throws IOException {
    Files.createDirectories(TOOLS);
    // Two test runs at once must not make it twice.
    try (FileChannel channel =
            FileChannel.open(TOOLS.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = channel.lock()) {
      if (lock.isValid() && Files.exists(ready)) {
        return;
      }
      for (List<String> step : steps) {
        Exit exit = new Processes(Redactor.NONE).run(Command.of(TOOLS, step).inheriting().within(Duration.ofMinutes(5)));
        if (!exit.ok()) {
          throw new IOException(step + " failed, which this test needs: " + exit.tail(20));
        }
      }
    }
  }
}
