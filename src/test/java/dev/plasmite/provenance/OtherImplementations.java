package dev.plasmite.provenance;

import dev.plasmite.client.Command;
import dev.plasmite.client.Exit;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import dev.plasmite.tools.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Verifiers that share nothing with ours: Sigstore's own for JavaScript from npm, and in-toto's protobuf types from PyPI. They
 * are fetched once and kept below {@code target/tools}; a fetch that fails is a failure of the test.
 */
final class OtherImplementations {


  /** The last that run on Node 20. */
  private static final String[] SIGSTORE =
      {"@sigstore/verify@2.1.1", "@sigstore/bundle@3.1.0", "@sigstore/protobuf-specs@0.4.3"};

  private static final String IN_TOTO = "in-toto-attestation==0.9.3";

  private OtherImplementations() {}

  /** Runs a script of Node that can require @sigstore/verify. */
  static Exit node(Path script, Path... arguments) throws IOException {
    Path home = Tools.made(Tools.DIRECTORY.resolve("sigstore-js"), List.of(Tools.npmInstall(SIGSTORE)));
    // Packages are looked for beside the script.
    Path there = Files.copy(script, Files.createTempFile(home, "verify", ".js"), StandardCopyOption.REPLACE_EXISTING);
    try {
      return run("node", there, arguments);
    } finally {
      Files.delete(there);
    }
  }

  /** Runs a script of Python that can import in_toto_attestation. */
  static Exit python(Path script, Path... arguments) throws IOException {
    Path venv = Tools.DIRECTORY.resolve("in-toto");
    return run(Tools.inVenv(Tools.made(venv, Tools.venvWith(venv, IN_TOTO)), "python").toString(), script, arguments);
  }

  private static Exit run(String program, Path script, Path... arguments) {
    List<String> argv = new ArrayList<>(List.of(program, script.toString()));
    for (Path argument : arguments) {
      argv.add(argument.toString());
    }
    return new Processes(Redactor.NONE).run(Command.of(Tools.DIRECTORY, argv).inheriting().within(Duration.ofMinutes(10)));
  }
}
