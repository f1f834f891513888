package dev.plasmite.report;

import dev.plasmite.gate.ChannelReport;
import dev.plasmite.gate.ChannelReport.State;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A run in plain words: what has come of it, and what to do now. Claims no more than the evidence holds: a release is
 * called released only when its delivery was verified, every official channel delivers it, and no channel is known to
 * hold other bytes.
 *
 * @param kind what has come of it
 * @param headline one sentence without a full stop
 * @param details what must be known beside it, a sentence each
 * @param advice what to do now: after a stop the remedy of the first thing that stops, which may be a command
 * @param command the one command to type after that
 */
public record Outcome(Kind kind, String headline, List<String> details, String advice, String command) {

  /** What can come of a run. */
  public enum Kind {
    /** Every official channel delivers the release. */
    RELEASED,
    /** Every check against the real services passed, and nothing was sent. */
    REHEARSED,
    /** All that ran passed, and there is more to run. */
    PASSED_SO_FAR,
    /** A gate failed, or the channels contradict the gates. */
    STOPPED,
    /** A gate could not tell, which stops the train as well. */
    INCONCLUSIVE,
    /** Nothing was checked. */
    NOT_RUN;

    /** The word as reports spell it. */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public Outcome {
    details = List.copyOf(details);
  }

  /** Reads it from the evidence. */
  public static Outcome of(Evidence evidence) {
    Optional<StageEvidence> stop = evidence.stages().stream().filter(StageEvidence::blocks).findFirst();
    if (stop.isPresent()) {
      return stopped(evidence, stop.get());
    }
    List<ChannelReport> other = evidence.channels().stream().filter(Bytes::differ).toList();
    if (!other.isEmpty()) {
      return outcome(
          evidence,
          Kind.STOPPED,
          "Not released" + where(evidence) + ": other bytes than were built in " + Standing.names(other),
          "compare the digests; what is published cannot be changed, so release under a new version",
          command(evidence, "plasmite:status"));
    }
    Optional<StageName> last =
        evidence.stages().stream()
            .filter(s -> s.verdict() == Verdict.PASSED)
            .map(StageEvidence::name)
            .reduce((a, b) -> b);
    if (last.isEmpty()) {
      return outcome(
          evidence,
          Kind.NOT_RUN,
          "No stage has run: nothing is known of " + evidence.version(),
          "run the first gate",
          command(evidence, StageName.VERIFY_CANDIDATE.id()));
    }
    return last.get() == StageName.VERIFY_DELIVERY ? atTheEnd(evidence) : soFar(evidence, last.get());
  }

  private static Outcome stopped(Evidence evidence, StageEvidence stage) {
    boolean unsure = stage.verdict() == Verdict.INCONCLUSIVE;
    List<Finding> blockers = stage.blockers();
    String why = blockers.isEmpty() ? "no reason was given" : Words.firstLine(blockers.get(0).what());
    String more = blockers.size() > 1 ? " (and " + (blockers.size() - 1) + " more)" : "";
    String advice =
        blockers.stream()
            .map(Finding::remedy)
            .filter(r -> !r.isBlank())
            .findFirst()
            .orElse(unsure ? "find out what could not be told" : "mend what was found");
    return outcome(
        evidence,
        unsure ? Kind.INCONCLUSIVE : Kind.STOPPED,
        (unsure ? "Cannot tell at " : "Stopped at ") + stage.name().id() + where(evidence) + ": " + why + more,
        advice,
        command(evidence, stage.name().id()));
  }

  private static Outcome soFar(Evidence evidence, StageName last) {
    return outcome(
        evidence,
        Kind.PASSED_SO_FAR,
        "Passed up to " + last.id() + where(evidence) + ": " + evidence.version()
            + (last == StageName.PUBLISH ? " is not verified at its users' end yet" : " is not published yet"),
        "go on with the next stage",
        command(evidence, StageName.values()[last.ordinal() + 1].id()));
  }

  private static Outcome atTheEnd(Evidence evidence) {
    if (evidence.mode() == Mode.REHEARSAL) {
      return outcome(
          evidence,
          Kind.REHEARSED,
          "Rehearsed " + evidence.version() + ": every check against the real services passed",
          "nothing was sent; next comes the release itself",
          evidence.maven().command("verify-delivery", Mode.LIVE));
    }
    List<ChannelReport> missing =
        evidence.channels().stream().filter(c -> c.state() != State.DELIVERED).toList();
    List<ChannelReport> broken = missing.stream().filter(c -> !c.tier().equals("preview")).toList();
    if (!broken.isEmpty() || evidence.channels().isEmpty()) {
      return outcome(
          evidence,
          Kind.STOPPED,
          "Not released" + where(evidence) + ": "
              + (broken.isEmpty() ? "no channel was reported" : "no delivery from " + Standing.names(broken)),
          "the gates passed and the channels say otherwise: verify once more",
          command(evidence, StageName.VERIFY_DELIVERY.id()));
    }
    boolean sandbox = evidence.mode() == Mode.SANDBOX;
    return outcome(
        evidence,
        Kind.RELEASED,
        "Released " + evidence.version() + where(evidence) + ": every "
            + (missing.isEmpty() ? "" : "official ") + "channel delivers the bytes that were built",
        sandbox
            ? "nothing was published outside; next, the gates before the tag against the real services, read only"
            : "nothing; to see at any time where the release stands",
        sandbox
            ? evidence.maven().command(StageName.PERF_GATE.id(), Mode.REHEARSAL)
            : command(evidence, "plasmite:status"));
  }

  private static Outcome outcome(Evidence evidence, Kind kind, String headline, String advice, String command) {
    return new Outcome(kind, headline, Standing.details(evidence), advice, command);
  }

  private static String where(Evidence evidence) {
    return switch (evidence.mode()) {
      case SANDBOX -> " in the sandbox";
      case REHEARSAL -> " in rehearsal";
      case LIVE -> "";
    };
  }

  private static String command(Evidence evidence, String goal) {
    return evidence.maven().command(goal, evidence.mode());
  }
}
