package dev.plasmite.train;

import java.util.List;

/**
 * How the train was called.
 *
 * @param maven the command without goals, for the commands that people are told to type: {@code mvn -Prelease}
 * @param mavenVersion Maven's version
 * @param toolVersion the plugin's version
 * @param goals the goals and phases as typed
 * @param fileBlockers whether a gate that does not pass is filed as a blocker
 */
public record Invocation(
    String maven, String mavenVersion, String toolVersion, List<String> goals, boolean fileBlockers) {

  public Invocation {
    goals = List.copyOf(goals);
  }

  /** Whether a goal or phase was typed by itself, as {@code perf-gate} or {@code plasmite:perf-gate}. */
  boolean asked(String goal) {
    return goals.stream().anyMatch(typed -> typed.equals(goal) || typed.endsWith(":" + goal));
  }

  /** A goal as it was typed, for "run it again": {@code plasmite:perf-gate} where the goal was typed and not the phase. */
  public String typed(String goal) {
    return goals.stream().filter(typed -> typed.endsWith(":" + goal)).findFirst().orElse(goal);
  }

  /** Whether a goal or phase is the last one typed, so that nothing of the train comes after it. */
  boolean endsWith(String goal) {
    return !goals.isEmpty() && asked(goal) && goals.get(goals.size() - 1).endsWith(goal);
  }
}
