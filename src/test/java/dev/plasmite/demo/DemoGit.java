package dev.plasmite.demo;

import dev.plasmite.client.Command;
import dev.plasmite.client.Exit;
import dev.plasmite.client.Processes;
import dev.plasmite.gate.OutsideFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The real git, deaf to the configuration of the machine and its user, so that every demo world is the same. */
final class DemoGit {

  static final String NAME = "Lantern Maintainers";
  static final String EMAIL = "maintainers@lantern.example";

  private static final Map<String, String> OWN_CONFIGURATION_ONLY =
      Map.of("GIT_CONFIG_NOSYSTEM", "1", "GIT_CONFIG_GLOBAL", "/dev/null", "GIT_TERMINAL_PROMPT", "0", "LC_ALL", "C");

  private final Processes processes;
  private final Path directory;
  private final Map<String, String> dates;

  private DemoGit(Processes processes, Path directory, Map<String, String> dates) {
    this.processes = processes;
    this.directory = directory;
    this.dates = dates;
  }

  /** Git, run in a directory. */
  static DemoGit in(Path directory, Processes processes) {
    return new DemoGit(processes, directory, Map.of());
  }

  /** The same, with commits and tags of this date, in a form that git reads. */
  DemoGit at(String date) {
    return new DemoGit(processes, directory, Map.of("GIT_AUTHOR_DATE", date, "GIT_COMMITTER_DATE", date));
  }

  /**
   * Runs git.
   *
   * @return what it printed, without white space around it
   * @throws OutsideFailure when it fails
   */
  String run(String... args) {
    // Newer gits tidy up in the background, after a command has ended, which would be in the way of who removes a world.
    List<String> argv = new ArrayList<>(List.of("git", "-c", "maintenance.auto=false", "-c", "gc.auto=0"));
    argv.addAll(List.of(args));
    Command command = Command.of(directory, argv).with(inherited()).with(OWN_CONFIGURATION_ONLY).with(dates);
    Exit exit = processes.run(command);
    if (!exit.ok()) {
      throw new OutsideFailure("git " + String.join(" ", args) + " failed in " + directory + ": " + exit.tail(10));
    }
    return exit.out().strip();
  }

  /** Without what a git hook, or its user, says of another repository. */
  private static Map<String, String> inherited() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.keySet().removeIf(name -> name.startsWith("GIT_"));
    return environment;
  }

  /** A new repository with the branch {@code main}, whose commits are the maintainers' whoever makes them. */
  void init() {
    run("init", "--quiet", "--initial-branch=main");
    run("config", "user.name", NAME);
    run("config", "user.email", EMAIL);
    run("config", "core.autocrlf", "false");
    run("config", "commit.gpgSign", "false");
    run("config", "tag.gpgSign", "false");
  }
}
