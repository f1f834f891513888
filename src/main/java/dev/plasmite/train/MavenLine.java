package dev.plasmite.train;

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

  private static final List<String> STAGES = Stream.of(StageName.values()).map(StageName::id).toList();

  /**
   * A goal or a phase, as it can be typed here. Where the phases are not known, one stands for the goals up to it, which
   * are all that a phase is.
   *
   * @param goal a phase such as {@code publish}, or a goal with the usual prefix, such as {@code plasmite:tag}
   */
  String goal(String goal) {
    if (goal.startsWith(PREFIX + ":")) {
      return prefix + goal.substring(PREFIX.length());
    }
    int stage = STAGES.indexOf(goal);
    return phases || stage < 0
        ? goal
        : STAGES.subList(0, stage + 1).stream().map(name -> prefix + ":" + name).collect(Collectors.joining(" "));
  }
}
