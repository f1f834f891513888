package dev.plasmite.candidate.blocker;

import dev.plasmite.client.Command;
import dev.plasmite.client.Executables;
import dev.plasmite.client.Exit;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import java.io.IOException;
import java.nio.file.Files;
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
    Path tools = here.resolve("target/tools/ergo");
    Optional<Path> found = present.or(() -> Executables.find("ergo", tools, tools.toString()));
    if (found.isPresent()) {
      return found.get().toString();
    }
    if (Executables.find("go", here, path).isEmpty()) {
      throw skipped("neither ergo nor Go is installed");
    }
    Files.createDirectories(tools);
    Exit exit =
        new Processes(Redactor.NONE)
            .run(
                Command.of(tools, List.of("go", "install", MODULE))
                    .inheriting()
                    .with(Map.of("GOBIN", tools.toString(), "GOFLAGS", ""))
                    .within(Duration.ofMinutes(3)));
    return Executables.find("ergo", tools, tools.toString())
        .map(Path::toString)
        .orElseThrow(() -> skipped("Go cannot install " + MODULE + ": " + exit.tail(3)));
  }

  private static TestAbortedException skipped(String why) {
    String line = "SKIPPED: no real ergo keeps blockers in this run; " + why.replaceAll("https?://\\S+", "...");
    System.err.println(line);
    return new TestAbortedException(line);
  }
}
