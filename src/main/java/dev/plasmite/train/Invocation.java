package dev.plasmite.train;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Mode;
import dev.plasmite.report.MavenLine;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the train was called.
 *
 * @param maven Maven without goals and mode, for the commands that people are told to type
 * @param mavenVersion Maven's version
 * @param toolVersion the plugin's version
 * @param goals the goals and phases as typed
 * @param fileBlockers whether a gate that does not pass is filed as a blocker
 */
public record Invocation(
    MavenLine maven, String mavenVersion, String toolVersion, List<String> goals, boolean fileBlockers) {

  /** A command that a room names without knowing how Maven was called. */
  private static final Pattern NAMED =
      Pattern.compile(
          "\\bmvn (plasmite:[a-z-]+|(?=dev\\.plasmite:plasmite-maven-plugin:)|(?:verify-candidate|verify-alignment|perf-gate|stage-artifacts|provenance|publish|verify-delivery))");

  public Invocation {
    goals = List.copyOf(goals);
  }

  /** An invocation where goals have their usual prefix, and the phases are known. */
  public Invocation(String maven, String mavenVersion, String toolVersion, List<String> goals, boolean fileBlockers) {
    this(MavenLine.withPhases(maven), mavenVersion, toolVersion, goals, fileBlockers);
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

  /** The command for a goal or phase in a mode, as it is to be typed here: {@code mvn -Prelease publish -Dplasmite.mode=live}. */
  String command(String goal, Mode mode) {
    return maven.command(goal, mode);
  }

  /** A text whose commands are as they are to be typed here: with the profiles and the mode. */
  public String spelled(String text, Mode mode) {
    String here = maven.in(mode);
    return NAMED.matcher(text).replaceAll(named -> Matcher.quoteReplacement(here + " " + maven.goal(named.group(1))));
  }

  /** The same for a finding's remedy. */
  Finding spelled(Finding finding, Mode mode) {
    return finding.remedy(spelled(finding.remedy(), mode));
  }
}
