package dev.plasmite.train;

import dev.plasmite.channel.Leg;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Effect;
import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.Verdict;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The whole train as it would run here, in words. */
public final class Timetable {

  private final ReleasePlan plan;
  private final Invocation invocation;
  private final Map<String, String> environment;
  private final boolean offline;
  private final Clock clock;

  /**
   * The train of a plan.
   *
   * @param environment where the clients are found, and credentials for origin may be
   * @param offline whether nothing but this machine may be asked
   */
  public Timetable(ReleasePlan plan, Invocation invocation, Map<String, String> environment, boolean offline, Clock clock) {
    this.plan = plan;
    this.invocation = invocation;
    this.environment = Map.copyOf(environment);
    this.offline = offline;
    this.clock = clock;
  }

  /** One line for each stage, with what it does to the outside, and what is missing. */
  public List<String> lines() {
    Status status = Status.of(plan, invocation, environment, offline, clock);
    Missing missing = new Missing(plan, environment);
    List<String> out = new ArrayList<>();
    out.add("release " + plan.tag() + " of commit " + status.evidence().commit() + ", mode " + plan.mode().id());
    int number = 1;
    for (StageName stage : StageName.values()) {
      boolean passed = status.evidence().stage(stage).verdict() == Verdict.PASSED;
      out.add(String.format("%d. %-18s %s%s", number++, stage.id(), purpose(stage), passed ? " (passed for this commit)" : ""));
      out.add("      to the outside: " + outside(stage));
      missing.of(stage).forEach(m -> out.add("      MISSING: " + m));
      if (stage == StageName.PERF_GATE && plan.mode() == Mode.LIVE) {
        out.add("   by hand: tag        pins this commit with " + plan.tag() + ": " + invocation.command("plasmite:tag", plan.mode()) + " -Dplasmite.push");
        out.add("      to the outside: pushes " + plan.tag() + " and the evidence of the gates above to origin, together, for good");
      }
    }
    out.add("order of publishing: " + order());
    status.blockers().forEach(b -> out.add("BLOCKED: " + b));
    status.unseen().forEach(u -> out.add("not seen: " + u));
    out.add("next: " + status.next());
    return out;
  }

  private String purpose(StageName stage) {
    return switch (stage) {
      case VERIFY_CANDIDATE -> "is this commit fit to be released?";
      case VERIFY_ALIGNMENT -> "one version everywhere?";
      case PERF_GATE -> "slower than " + plan.baseTag().orElse("the newest release before it") + "?";
      case STAGE_ARTIFACTS ->
          plan.mode() == Mode.SANDBOX
              ? "build " + count(plan.staging().artifacts().size(), "kind") + " of artifact with " + count(plan.staging().commands().size(), "command")
              : "take the artifacts of the build run of " + plan.tag() + "; in a run of that workflow, build them";
      case PROVENANCE -> "is it what the build run of " + plan.tag() + " built?";
      case PUBLISH -> "the same bytes to " + names();
      case VERIFY_DELIVERY -> "install back from " + names();
    };
  }

  private String outside(StageName stage) {
    EffectGate effects = plan.effects();
    if (!effects.allows(Effect.READ)) {
      return downloads(stage, effects) ? "fetches other people's packages, sends nothing" : "nothing; services are stand-ins on the loopback interface";
    }
    return switch (stage) {
      case VERIFY_CANDIDATE ->
          "reads origin" + (plan.candidate().workflow().isPresent() ? ", the CI runs on GitHub" : "")
              + (plan.candidate().blockers().home().equals("github") ? ", the issues on GitHub" : "");
      case VERIFY_ALIGNMENT -> "nothing";
      case PERF_GATE -> "nothing; where CI is set, reads its evidence from origin instead of measuring";
      case STAGE_ARTIFACTS -> "reads the tag, its runs and their artifacts on GitHub";
      case PROVENANCE -> "reads the attestations on GitHub";
      case PUBLISH ->
          effects.allows(Effect.IRREVERSIBLE)
              ? "PUBLISHES FOR GOOD to " + names() + "; before the first irreversible step, blockers are read again"
              : "asks " + names() + " what they hold and whether they would take it; sends nothing";
      case VERIFY_DELIVERY ->
          effects.allows(Effect.IRREVERSIBLE)
              ? "installs from " + names() + " into empty environments"
              : "reads " + names() + " as far as this version is there";
    };
  }

  /** The stages that build or install, in a sandbox that may. */
  private static boolean downloads(StageName stage, EffectGate effects) {
    return effects.allows(Effect.DOWNLOAD)
        && (stage == StageName.PERF_GATE || stage == StageName.STAGE_ARTIFACTS || stage == StageName.PUBLISH || stage == StageName.VERIFY_DELIVERY);
  }

  private String names() {
    return plan.channels().isEmpty()
        ? "no channel"
        : plan.channels().stream().map(ChannelPlan::name).map(ChannelNames::shown).collect(Collectors.joining(", "));
  }

  private static String count(int number, String word) {
    return number + " " + word + (number == 1 ? "" : "s");
  }

  private static String order() {
    return List.of(Leg.values()).stream().map(l -> l.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(" -> "));
  }
}
