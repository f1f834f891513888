package dev.plasmite.train;

import dev.plasmite.channel.Leg;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Effect;
import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The whole train as it would run here, in words. */
public final class Timetable {

  private final ReleasePlan plan;
  private final Invocation invocation;

  public Timetable(ReleasePlan plan, Invocation invocation) {
    this.plan = plan;
    this.invocation = invocation;
  }

  /** One line for each stage, with what it does to the outside, and what is missing. */
  public List<String> lines() {
    Status status = Status.of(plan, invocation);
    List<String> out = new ArrayList<>();
    out.add("release " + plan.tag() + " of commit " + status.evidence().commit() + ", mode " + plan.mode().id());
    int number = 1;
    for (StageName stage : StageName.values()) {
      boolean passed = status.evidence().stage(stage).verdict() == Verdict.PASSED;
      out.add(String.format("%d. %-18s %s%s", number++, stage.id(), purpose(stage), passed ? " (passed for this commit)" : ""));
      out.add("      to the outside: " + outside(stage));
      missing(stage).forEach(m -> out.add("      MISSING: " + m));
    }
    out.add("order of publishing: " + order());
    out.add("next: " + status.next());
    return out;
  }

  private String purpose(StageName stage) {
    return switch (stage) {
      case VERIFY_CANDIDATE -> "is this commit fit to be released?";
      case VERIFY_ALIGNMENT -> "one version everywhere?";
      case PERF_GATE -> "slower than " + plan.baseTag().orElse("the newest release before it") + "?";
      case STAGE_ARTIFACTS -> "build " + plan.staging().artifacts().size() + " kinds of artifact with " + plan.staging().commands().size() + " commands";
      case PROVENANCE -> "is it what the build run of " + plan.tag() + " built?";
      case PUBLISH -> "the same bytes to " + names();
      case VERIFY_DELIVERY -> "install back from " + names();
    };
  }

  private String outside(StageName stage) {
    EffectGate effects = new EffectGate(plan.mode());
    if (!effects.allows(Effect.READ)) {
      return "nothing; services are stand-ins on the loopback interface";
    }
    return switch (stage) {
      case VERIFY_CANDIDATE -> "reads origin and CI runs";
      case VERIFY_ALIGNMENT, PERF_GATE -> "nothing";
      default -> "nothing: mode " + plan.mode().id() + " is not supported yet for this stage, and stops here";
    };
  }

  private List<String> missing(StageName stage) {
    List<String> missing = new ArrayList<>();
    if (stage == StageName.PERF_GATE && plan.perf().run().isEmpty()) {
      missing.add("<perfGate><run>, the command that measures");
    }
    if (stage == StageName.STAGE_ARTIFACTS && plan.staging().artifacts().isEmpty()) {
      missing.add("<staging><artifacts>, what to ship");
    }
    if (stage == StageName.PUBLISH && plan.channels().isEmpty()) {
      missing.add("<channels>, where to publish");
    }
    return missing;
  }

  private String names() {
    return plan.channels().isEmpty()
        ? "no channel"
        : plan.channels().stream().map(ChannelPlan::name).map(ChannelNames::shown).collect(Collectors.joining(", "));
  }

  private static String order() {
    return List.of(Leg.values()).stream().map(l -> l.name().toLowerCase(java.util.Locale.ROOT)).collect(Collectors.joining(" -> "));
  }
}
