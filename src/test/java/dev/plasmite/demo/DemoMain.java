package dev.plasmite.demo;

import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Refusal;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * The demo: makes a world of the sample product and releases it there.
 *
 * <p>Arguments: demo directory, sample folder, plugin version, local repository, Maven's home, and the phase or goal to
 * end with (none or empty for {@value #WHOLE_TRAIN}). Exit code 0 when every step succeeded, 1 when one failed, 2 for
 * wrong arguments.
 */
public final class DemoMain {

  static final String WHOLE_TRAIN = "plasmite:release";

  private static final List<String> PHASES =
      List.of(
          "verify-candidate",
          "verify-alignment",
          "perf-gate",
          "stage-artifacts",
          "provenance",
          "publish",
          "verify-delivery",
          WHOLE_TRAIN);

  private DemoMain() {}

  public static void main(String[] args) {
    System.exit(run(args, System.out));
  }

  static int run(String[] args, PrintStream out) {
    if (args.length < 5 || args.length > 6) {
      out.println("[demo] usage: DIRECTORY SAMPLE PLUGIN_VERSION LOCAL_REPOSITORY MAVEN_HOME [UNTIL]");
      return 2;
    }
    String until = args.length == 5 || args[5].isBlank() ? WHOLE_TRAIN : args[5];
    if (!PHASES.contains(until)) {
      out.println("[demo] there is no phase " + until + " to end with; there are: " + String.join(", ", PHASES));
      return 2;
    }
    Path directory = Path.of(args[0]).toAbsolutePath().normalize();
    try {
      out.println("[demo] tools: " + DemoTools.venv(directory.getParent()));
      DemoWorld world = DemoWorld.create(directory, Path.of(args[1]), args[2]);
      out.println("[demo] repository: " + world.repository());
      Maven maven = new InvokedMaven(Path.of(args[4]), Path.of(args[3]), out);
      return new Demo(maven, out, Clock.systemUTC()).play(world, until) ? 0 : 1;
    } catch (Refusal | OutsideFailure e) {
      out.println("[demo] FAILED: " + e.getMessage());
      return 1;
    }
  }
}
