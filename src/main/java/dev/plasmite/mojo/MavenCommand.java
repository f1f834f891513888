package dev.plasmite.mojo;

import dev.plasmite.gate.Mode;
import java.util.List;
import org.apache.maven.execution.MavenSession;

/** The command that Maven was called with, without its goals, for the commands that people are told to type next. */
final class MavenCommand {

  /** What says which release is meant: typed once, it has to be typed in the next command too. */
  private static final List<String> TYPED =
      List.of(
          "plasmite.mode", "plasmite.version", "plasmite.releaseTag", "plasmite.baseTag", "plasmite.releaseBranch",
          "plasmite.changelog", "plasmite.workflow", "plasmite.githubRepository", "plasmite.buildRun", "plasmite.artifacts",
          "plasmite.evidence", "plasmite.sandbox", "plasmite.downloads");

  private MavenCommand() {}

  /** Reads it from the session: {@code mvn -Prelease}. Another mode than the sandbox is added to each command by itself. */
  static String of(MavenSession session) {
    List<String> profiles = session.getRequest().getActiveProfiles();
    StringBuilder command = new StringBuilder("mvn" + (profiles.isEmpty() ? "" : " -P" + String.join(",", profiles)));
    for (String name : TYPED) {
      String typed = session.getUserProperties().getProperty(name);
      if (typed != null && (!name.equals("plasmite.mode") || typed.equals(Mode.SANDBOX.id()))) {
        command.append(" -D").append(name).append('=').append(typed.matches("[A-Za-z0-9_./:@+-]+") ? typed : "\"" + typed + "\"");
      }
    }
    return command.toString();
  }
}
