package dev.plasmite.candidate.blocker;

import dev.plasmite.client.Command;
import dev.plasmite.client.Executables;
import dev.plasmite.client.Exit;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import dev.plasmite.tools.Tools;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opentest4j.TestAbortedException;

/**
 * The real ergo: the one of PLASMITE_TEST_ERGO or of the PATH, else installed as a Go module below {@code target/tools}.
 * Where neither is possible the test is skipped, and says so.
 */
final class RealErgo {

  /** The newest release whose module path says its version, as ergo's README names it. */
  private static final String MODULE = "github.com/sandover/ergo/v4/cmd/ergo@v4.3.3";

  private RealErgo() {}

  static String find() throws IOException {
    String path = System.getenv("PATH");
    Path here = Path.of("").toAbsolutePath();
    Optional<Path> present = Executables.find(System.getenv().getOrDefault("PLASMITE_TEST_ERGO", "ergo"), here, path);
    if (present.isPresent()) {
      return present.get().toString();
    }
    Path home = Tools.DIRECTORY.resolve("ergo");
    Tools.made(home, MODULE, () -> installed(home).isPresent(), () -> install(home));
    return installed(home).orElseThrow().toString();
  }

  private static void install(Path home) {
    if (Executables.find("go", home, System.getenv("PATH")).isEmpty()) {
      throw skipped("neither ergo nor Go is installed");
    }
    Exit exit =
        new Processes(Redactor.NONE)
            .run(
                Command.of(home, List.of("go", "install", MODULE))
                    .inheriting()
                    .with(Map.of("GOBIN", home.toString(), "GOFLAGS", ""))
                    .within(Duration.ofMinutes(3)));
    if (installed(home).isEmpty()) {
      throw skipped("Go cannot install " + MODULE + ": " + exit.tail(3));
    }
  }

  private static Optional<Path> installed(Path home) {
    return Executables.find("ergo", home, home.toString());
  }

  private static TestAbortedException skipped(String why) {
    String line = "SKIPPED: no real ergo keeps blockers in this run; " + why.replaceAll("https?://\\S+", "...");
    System.err.println(line);
    return new TestAbortedException(line);
  }
}
