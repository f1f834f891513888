package dev.plasmite.demo;

import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * One whole release of the sample product, typed as a maintainer types it: bump, changelog, commit, push, and the train
 * in its sandbox.
 *
 * @param maven what runs the goals
 * @param out where the story goes
 * @param clock what day it is
 */
record Demo(Maven maven, PrintStream out, Clock clock) {

  /** The version that the demo releases. */
  static final String VERSION = "0.3.0";

  /**
   * Plays the demo in a fresh world.
   *
   * @param until the phase or goal to end with
   * @return whether every step succeeded
   */
  boolean play(DemoWorld world, String until) {
    return step(world, List.of("plasmite:bump", "-DnewVersion=" + VERSION))
        && step(world, List.of("plasmite:changelog"))
        && commit(world)
        && step(world, List.of("-Prelease", until))
        && end(world);
  }

  private boolean step(DemoWorld world, List<String> args) {
    out.println();
    out.println("[demo] mvn -B " + String.join(" ", args));
    long start = clock.millis();
    int code = maven.run(world.repository(), args);
    out.printf("[demo] %s after %.1f s%n", code == 0 ? "done" : "FAILED, exit code " + code, seconds(start));
    return code == 0;
  }

  private boolean commit(DemoWorld world) {
    DemoGit git = DemoGit.in(world.repository(), new Processes(Redactor.NONE));
    out.println();
    out.println("[demo] commit and push:");
    git.run("add", "--update");
    out.println(git.run("commit", "--message=Lantern " + VERSION));
    git.run("push", "--quiet");
    return true;
  }

  private boolean end(DemoWorld world) {
    out.println();
    out.println("[demo] The product is yours to play with: cd " + world.repository() + " && mvn plasmite:status");
    Path report = world.directory().resolve("report.html");
    if (Files.exists(report)) {
      out.println("[demo] Report: " + report.toUri());
    }
    return true;
  }

  private double seconds(long start) {
    return Duration.ofMillis(clock.millis() - start).toMillis() / 1000.0;
  }
}
