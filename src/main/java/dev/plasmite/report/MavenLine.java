package dev.plasmite.report;

import dev.plasmite.gate.Mode;
import dev.plasmite.gate.StageName;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How Maven is called here, so that what people are told to type works as it is typed.
 *
 * @param command Maven without goals: {@code mvn -Prelease}
 * @param prefix what stands before a goal of this plugin: {@code plasmite}, or its coordinates where no POM names it
 * @param phases whether the phases of the train can be typed: the POM has the plugin as an extension, at once or with a
 *     profile of {@code command}
 */
public record MavenLine(String command, String prefix, boolean phases) {

  /** The prefix that Maven knows of a plugin in the POM. */
  public static final String PREFIX = "plasmite";

  /** The sandbox as it is typed, where something else would be the default. */
  private static final String SANDBOX = " -Dplasmite.mode=" + Mode.SANDBOX.id();

  private static final List<String> STAGES = Stream.of(StageName.values()).map(StageName::id).toList();

  /** A line where goals have their usual prefix, and the phases are known. */
  public static MavenLine withPhases(String command) {
    return new MavenLine(command, PREFIX, true);
  }

  /** The command for a goal or phase in a mode: {@code mvn -Prelease publish -Dplasmite.mode=live}. */
  public String command(String goal, Mode mode) {
    return mode == Mode.SANDBOX ? command + " " + goal(goal) : command.replace(SANDBOX, "") + " " + goal(goal) + " -Dplasmite.mode=" + mode.id();
  }

  /** The command without a goal, in a mode that is typed before it. */
  public String in(Mode mode) {
    return mode == Mode.SANDBOX ? command : command.replace(SANDBOX, "") + " -Dplasmite.mode=" + mode.id();
  }

  /**
   * A goal or a phase, as it can be typed here. Where the phases are not known, one stands for the goals up to it, which
   * are all that a phase is.
   *
   * @param goal a phase such as {@code publish}, or a goal with the usual prefix, such as {@code plasmite:tag}
   */
  public String goal(String goal) {
    if (goal.startsWith(PREFIX + ":")) {
      return prefix + goal.substring(PREFIX.length());
    }
    int stage = STAGES.indexOf(goal);
    return phases || stage < 0
        ? goal
        : STAGES.subList(0, stage + 1).stream().map(name -> prefix + ":" + name).collect(Collectors.joining(" "));
  }
}
